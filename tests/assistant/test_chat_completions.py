"""The chat-completions protocol against a local peer: what is sent, and every way in which it can end."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from samvad.assistant.adapters.chat_completions import ChatCompletions, Endpoint
from samvad.assistant.errors import ModelFailed
from samvad.assistant.types import Prompt
from samvad.platform.http import HostPolicy, HttpClient
from tests.support.model import ModelPeer, completion, model_peer

PROMPT = Prompt("Answer from the passages.", '{"customer": "how much?"}', "answer", {"type": "object"})
KEY = "key-of-the-test"


@pytest.fixture
async def peer() -> AsyncIterator[ModelPeer]:
    async with model_peer() as built:
        yield built


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    async with HttpClient() as client:
        yield client


def at(peer: ModelPeer, **more: Any) -> Endpoint:
    usual = Endpoint(peer.url, KEY, "small", timeout=5, max_tokens=300, temperature=0.2)
    return replace(usual, **more)


async def test_it_asks_in_the_words_of_the_protocol(peer: ModelPeer, http: HttpClient) -> None:
    peer.says = '{"action": "person"}'
    said = await ChatCompletions(http, at(peer), allow=HostPolicy()).complete(PROMPT)
    assert (said.text, said.model, said.tokens_in, said.tokens_out) == (
        '{"action": "person"}',
        "small",
        210,
        21,
    )
    assert peer.keys == [f"Bearer {KEY}"]
    (heard,) = peer.heard
    assert heard["messages"] == [
        {"role": "system", "content": PROMPT.instructions},
        {"role": "user", "content": PROMPT.data},
    ]
    assert heard["response_format"]["json_schema"] == {
        "name": "answer",
        "strict": True,
        "schema": PROMPT.schema,
    }
    assert (heard["model"], heard["max_tokens"], heard["temperature"]) == ("small", 300, 0.2)


async def test_a_server_without_schemas_is_asked_once_more_and_then_known(
    peer: ModelPeer, http: HttpClient
) -> None:
    peer.knows_schemas = False
    model = ChatCompletions(http, at(peer), allow=HostPolicy())
    await model.complete(PROMPT)
    await model.complete(PROMPT)
    kinds = [heard["response_format"]["type"] for heard in peer.heard]
    assert kinds == ["json_schema", "json_object", "json_object"]


async def test_a_local_server_needs_no_key(peer: ModelPeer, http: HttpClient) -> None:
    await ChatCompletions(http, at(peer, key=""), allow=HostPolicy()).complete(PROMPT)
    assert peer.keys == [""]


@pytest.mark.parametrize(
    ("status", "answer", "why"),
    [
        (429, {"error": {"message": "slow down"}}, "throttled"),
        (401, {"error": {"message": "bad key"}}, "rejected"),
        (500, b"oops", "rejected"),
        (200, b"not json", "unreadable"),
        (200, {"choices": "none"}, "unreadable"),
        (200, {"choices": []}, "cut"),
        (200, completion('{"action": "ans', finish="length"), "cut"),
        (200, completion(None, refusal="I cannot help with that"), "refused"),
        (200, completion("", finish="content_filter"), "refused"),
    ],
)
async def test_every_bad_end_has_its_name(
    peer: ModelPeer, http: HttpClient, status: int, answer: Any, why: str
) -> None:
    peer.answers.append((status, answer))
    with pytest.raises(ModelFailed) as failed:
        await ChatCompletions(http, at(peer), allow=HostPolicy()).complete(PROMPT)
    assert failed.value.why == why
    assert KEY not in str(failed.value)


async def test_whoever_is_late_or_away_is_unreachable(peer: ModelPeer, http: HttpClient) -> None:
    peer.delay = 30
    with pytest.raises(ModelFailed) as late:
        await ChatCompletions(http, at(peer, timeout=0.2), allow=HostPolicy()).complete(PROMPT)
    assert late.value.why == "unreachable"
    gone = at(peer, base_url="http://127.0.0.1:9/v1")
    with pytest.raises(ModelFailed) as away:
        await ChatCompletions(http, gone, allow=HostPolicy()).complete(PROMPT)
    assert away.value.why == "unreachable"
