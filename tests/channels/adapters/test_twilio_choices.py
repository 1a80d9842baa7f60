"""Buttons and lists by Twilio: the content of their shape, made once, and the message that fills it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from samvad.channels import errors
from samvad.channels.adapters.registry import adapters, installed
from samvad.channels.codec import content_from_json
from samvad.channels.types import (
    ChannelAdapter,
    ChannelCredentials,
    Identity,
    IdentityKind,
    Kind,
    Outbound,
    Provider,
)
from samvad.kernel.clock import SystemClock
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.http import HostPolicy, HttpClient
from tests.support import twilio
from tests.support.kit import kit

TWILIO = Provider("twilio")
ACCOUNT = "AC0f3a8c1e5d7b49268a0c4e2d6f8b1a35"
ASHA = (Identity(IdentityKind.PHONE, "+919876543210"),)

YES_NO: dict[str, Any] = {
    "body": "Shall we deliver\ntomorrow?",
    "buttons": [{"id": "order:yes", "title": "Yes 🙏"}, {"id": "order:no", "title": "No, {{1}}"}],
}
MILK: dict[str, Any] = {
    "body": "What shall we bring?",
    "button": "Choose",
    "sections": [{"rows": [
        {"id": "cow", "title": "Cow", "description": "60 rupees"}, {"id": "buffalo", "title": "Buffalo"},
    ]}],
}  # fmt: skip
CALLS: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, str]]] = [
    (
        "buttons",
        YES_NO,
        {"twilio/quick-reply": {"body": "{{1}}", "actions": [
            {"type": "QUICK_REPLY", "title": "{{2}}", "id": "{{3}}"},
            {"type": "QUICK_REPLY", "title": "{{4}}", "id": "{{5}}"},
        ]}},
        {
            "1": "Shall we deliver\ntomorrow?",
            "2": "Yes 🙏", "3": "order:yes", "4": "No, {{1}}", "5": "order:no",
        },
    ),
    (
        "list",
        MILK,
        {"twilio/list-picker": {"body": "{{1}}", "button": "{{2}}", "items": [
            {"item": "{{3}}", "id": "{{4}}", "description": "{{5}}"}, {"item": "{{6}}", "id": "{{7}}"},
        ]}},
        {
            "1": "What shall we bring?", "2": "Choose",
            "3": "Cow", "4": "cow", "5": "60 rupees", "6": "Buffalo", "7": "buffalo",
        },
    ),
]  # fmt: skip


def outbound(kind: str, content: dict[str, Any]) -> Outbound:
    return Outbound(UUID(int=9), to=ASHA, kind=Kind(kind), text="", content=content)


ASKED = outbound("buttons", YES_NO)


@pytest.fixture
async def peer() -> AsyncIterator[twilio.Peer]:
    async with twilio.twilio_peer() as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    async with HttpClient() as client:
        yield client


def process(http: HttpClient, peer: twilio.Peer) -> ChannelAdapter:
    """What another process, or the same one started anew, sends with."""
    allow = HostPolicy().including("127.0.0.1", int(peer.url.rpartition(":")[2]))
    return adapters(kit(http, SystemClock(), allow=allow))[TWILIO]


@pytest.fixture
def adapter(http: HttpClient, peer: twilio.Peer) -> ChannelAdapter:
    return process(http, peer)


@pytest.fixture
def via(peer: twilio.Peer) -> ChannelCredentials:
    return ChannelCredentials(
        channel=ChannelId(UUID(int=1)),
        tenant=TenantId(UUID(int=2)),
        provider=TWILIO,
        address=f"{ACCOUNT}/{twilio.SENDER}",
        account=ACCOUNT,
        base_url=peer.url,
        webhook_url="http://127.0.0.1:8400/webhooks/twilio/key",
        secrets={"auth_token": "the-token"},
    )


@pytest.mark.parametrize(("kind", "content", "types", "values"), CALLS, ids=lambda row: str(row)[:8])
async def test_the_calls(
    adapter: ChannelAdapter,
    via: ChannelCredentials,
    peer: twilio.Peer,
    kind: str,
    content: dict[str, Any],
    types: dict[str, Any],
    values: dict[str, str],
) -> None:
    peer.answers = [(201, {"sid": "SM01"})]
    assert (await adapter.send(outbound(kind, content), via=via)).external_id == "SM01"
    (made,), (sent,) = peer.contents, peer.sends
    assert (made["types"], made["language"]) == (types, "en")
    assert made["friendly_name"].startswith(f"samvad_{kind}_")
    assert made["variables"].keys() == values.keys()
    assert all(made["variables"].values())
    assert peer.asked[0] == f"/v2/Content?ContentName={made['friendly_name']}&PageSize=50"
    assert sent["ContentSid"] == made["sid"]
    assert json.loads(sent["ContentVariables"]) == values
    assert sent.keys() == {"To", "From", "ContentSid", "ContentVariables", "StatusCallback"}


async def test_messages_of_one_shape_share_a_content_over_processes(
    http: HttpClient, via: ChannelCredentials, peer: twilio.Peer
) -> None:
    other = outbound("buttons", {"body": "Paneer?", "buttons": [
        {"id": "1", "title": "Now"}, {"id": "2", "title": "Later"},
    ]})  # fmt: skip
    one, another = process(http, peer), process(http, peer)
    await asyncio.gather(*(one.send(message, via=via) for message in (ASKED, other, ASKED)))
    assert len(peer.contents) == 1
    before = len(peer.asked)
    await one.send(other, via=via)
    assert len(peer.asked) == before  # it is known
    await another.send(ASKED, via=via)
    assert (len(peer.contents), len(peer.asked)) == (1, before + 1)
    more = [*YES_NO["buttons"], {"id": "3", "title": "Maybe"}]
    await another.send(outbound("buttons", YES_NO | {"buttons": more}), via=via)
    assert len(peer.contents) == 2
    assert {sent["ContentSid"] for sent in peer.sends[:-1]} == {peer.contents[0]["sid"]}


async def test_a_crash_after_the_content_was_made_sends_once(
    http: HttpClient, via: ChannelCredentials, peer: twilio.Peer
) -> None:
    """The first process dies when it has the content and has not begun to send."""
    dying = asyncio.create_task(process(http, peer).send(ASKED, via=via))
    while not peer.contents:  # noqa: ASYNC110 - the peer tells nobody
        await asyncio.sleep(0)
    dying.cancel()
    with suppress(asyncio.CancelledError):
        await dying
    assert peer.sends == []
    await process(http, peer).send(ASKED, via=via)
    assert (len(peer.contents), len(peer.sends)) == (1, 1)


GONE = (400, {"code": 21655, "message": "The ContentSid is invalid", "status": 400})


async def test_one_that_was_deleted_at_twilio_is_made_anew(
    adapter: ChannelAdapter, via: ChannelCredentials, peer: twilio.Peer
) -> None:
    await adapter.send(ASKED, via=via)
    (old,) = peer.contents  # which Twilio's index still lists
    peer.answers = [GONE]
    await adapter.send(ASKED, via=via)
    assert [sent["ContentSid"] for sent in peer.sends] == [old["sid"], old["sid"], peer.contents[1]["sid"]]
    peer.answers = [GONE, GONE]
    with pytest.raises(errors.TemplateMissing):
        await adapter.send(ASKED, via=via)
    assert len(peer.sends) == 5


@pytest.mark.parametrize(
    ("refusal", "failure", "code"),
    [
        ((400, {"code": 63005, "message": "not accepted"}), errors.Rejected, 63005),
        ((400, {"code": 20001, "message": "Bad Request"}), errors.Rejected, 20001),
        ((401, {"code": 20003, "message": "Authenticate"}), errors.CredentialsRejected, 20003),
        ((429, {"code": 20429, "message": "Too Many"}), errors.NumberThrottled, 20429),
        ((500, {"code": 20500, "message": "oops"}), errors.Transient, 20500),
        ((504, {}), errors.Transient, None),  # whether it was made or not, nothing was sent
        ((201, {}), errors.Transient, None),
        ("hang up", errors.Transient, None),
    ],
)
async def test_a_content_that_is_refused_is_a_send_that_failed(
    adapter: ChannelAdapter,
    via: ChannelCredentials,
    peer: twilio.Peer,
    refusal: Any,
    failure: type[errors.SendError],
    code: int | None,
) -> None:
    """The next message asks anew."""
    peer.refusals = [None, refusal]
    with pytest.raises(errors.SendError) as raised:
        await adapter.send(ASKED, via=via)
    assert (type(raised.value), raised.value.provider_code) == (failure, code)
    assert "the-token" not in repr(raised.value)
    assert (peer.sends, len(peer.asked)) == ([], 2)
    await adapter.send(ASKED, via=via)
    assert (len(peer.sends), len(peer.contents)) == (1, 1)


async def test_where_nothing_can_be_looked_up_one_is_made(
    adapter: ChannelAdapter, via: ChannelCredentials, peer: twilio.Peer
) -> None:
    peer.refusals = [(404, {"code": 20404, "message": "not found"})]
    await adapter.send(ASKED, via=via)
    assert (len(peer.sends), len(peer.contents)) == (1, 1)


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ((400, {"code": 21656, "message": "ContentVariables are invalid"}), errors.TemplateRejected),
        ((400, {"code": 63016, "message": "outside the allowed window"}), errors.WindowClosed),
        ((201, {"sid": "SM1", "status": "failed", "error_code": 63005}), errors.Rejected),
        (None, errors.OutcomeUnknown),
    ],
)  # fmt: skip
async def test_a_message_that_is_refused_is_not_sent_again(
    adapter: ChannelAdapter,
    via: ChannelCredentials,
    peer: twilio.Peer,
    answer: tuple[int, dict[str, Any]] | None,
    failure: type[errors.SendError],
) -> None:
    peer.answers = [answer]
    with pytest.raises(failure):
        await adapter.send(ASKED, via=via)
    assert len(peer.sends) == 1


async def test_what_can_never_be_sent_makes_no_content(
    adapter: ChannelAdapter, via: ChannelCredentials, peer: twilio.Peer
) -> None:
    for message, failure in (
        (replace(ASKED, to=()), errors.RecipientUnreachable),
        (replace(ASKED, content=YES_NO | {"body": " "}), errors.Rejected),
        (replace(ASKED, content=YES_NO | {"footer": "Before nine"}), errors.Rejected),
    ):
        with pytest.raises(failure):
            await adapter.send(message, via=via)
    assert peer.asked == []


def buttons(*titles: str, **more: Any) -> tuple[str, dict[str, Any]]:
    given = [{"id": str(at), "title": title} for at, title in enumerate(titles)]
    return "buttons", YES_NO | {"buttons": given} | more


def rows(*given: dict[str, str], title: str = "", **more: Any) -> tuple[str, dict[str, Any]]:
    return "list", MILK | {"sections": [{"rows": list(given), "title": title}]} | more


def numbered(most: int) -> list[dict[str, str]]:
    return [{"id": str(at), "title": f"Row {at}"} for at in range(most)]


LONG_IDS = [{"id": "1" * 201, "title": "x"}, {"id": "1" * 257, "title": "y"}]
TWO = [{"rows": [{"id": str(at), "title": "x"}]} for at in range(2)]
ROW = "sections.0.rows.0"


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (buttons("x" * 20, "2", "3"), []),
        (buttons("1", body="x" * 1025), ["body"]),
        (buttons("1", header="Milk", footer="Before nine"), ["header", "footer"]),
        (buttons("1", "2", "3", "4"), ["buttons"]),
        (buttons(), ["buttons"]),
        (buttons("x" * 21), ["buttons.0.title"]),
        (buttons("1", buttons=LONG_IDS), ["buttons.0.id", "buttons.1.id"]),
        (rows(*numbered(10)), []),
        (rows(*numbered(11)), ["sections.0.rows"]),
        (rows(*numbered(1), header="Milk", button="x" * 21), ["header", "button"]),
        (rows({"id": "1" * 201, "title": "x" * 25}), [f"{ROW}.id", f"{ROW}.title"]),
        (rows({"id": "1", "title": "x" * 24, "description": "x" * 73}), [f"{ROW}.description"]),
        (rows(*numbered(1), title="Cow"), ["sections.0.title"]),
        (rows(sections=TWO), ["sections"]),
    ],
)
def test_limits_are_told(content: tuple[str, dict[str, Any]], fields: list[str]) -> None:
    kind, given = content
    told = installed()[TWILIO].faults(content_from_json(Kind(kind), given))
    assert [fault.field for fault in told] == fields
