"""Templates at the Graph API: what is asked, how pages follow each other, what each refusal amounts to."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson
import pytest

from samvad.channels import errors
from samvad.channels.adapters.registry import adapters
from samvad.channels.types import (
    ChannelCredentials,
    HasTemplates,
    OutgoingFile,
    Provider,
    TakesExamples,
    TemplateCategory,
    TemplateDraft,
    TemplateLayout,
    TemplateQuality,
    TemplateStatus,
)
from samvad.kernel.clock import SystemClock
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.http import HostPolicy, HttpClient
from tests.channels.adapters.peer import Answer, Peer, graph_error, running_peer
from tests.support.kit import kit

DRAFT = TemplateDraft(
    "hello",
    "en",
    TemplateCategory.UTILITY,
    TemplateLayout(body="Hi {{who}}, hello", examples={"who": "Asha"}),
)
WRITTEN = {
    "category": "UTILITY",
    "parameter_format": "NAMED",
    "components": [
        {"type": "BODY", "text": "Hi {{who}}, hello",
         "example": {"body_text_named_params": [{"param_name": "who", "example": "Asha"}]}}
    ],
}  # fmt: skip


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    async with running_peer() as running:
        yield running


@pytest.fixture
async def meta(peer: Peer) -> AsyncIterator[HasTemplates]:
    async with HttpClient() as http:
        allow = HostPolicy().including("127.0.0.1", peer.port)
        found = adapters(kit(http, SystemClock(), allow=allow))[Provider("meta")]
        assert isinstance(found, HasTemplates)
        yield found


@pytest.fixture
def via(peer: Peer) -> ChannelCredentials:
    return ChannelCredentials(
        channel=ChannelId(UUID(int=1)),
        tenant=TenantId(UUID(int=2)),
        provider=Provider("meta"),
        address="106540352242922",
        account="1022/9",
        base_url=peer.base_url,
        webhook_url="",
        options={"graph_version": "v23.0"},
        secrets={"access_token": "EAAG"},
    )


def entry(name: str, **more: Any) -> dict[str, Any]:
    body = {"type": "BODY", "text": "Hello"}
    return {"id": "1", "name": name, "language": "en", "status": "APPROVED", "category": "UTILITY",
            "components": [body], **more}  # fmt: skip


def listing(*items: Any, after: str | None = None) -> Answer:
    paging = {"cursors": {"before": "a", "after": after or "z"}} | ({"next": "https://x"} if after else {})
    return Answer(body=orjson.dumps({"data": items, "paging": paging}))


async def test_a_list_page_by_page(meta: HasTemplates, via: ChannelCredentials, peer: Peer) -> None:
    peer.answers = [
        listing(entry("a", quality_score={"score": "RED"}), entry("gone", status="PENDING_DELETION"), 7,
                after="NEXT="),
        listing(entry("b", status="REJECTED", rejected_reason="ABUSIVE", category="NEW"),
                entry("c", status="ODD", rejected_reason="NONE")),
    ]  # fmt: skip
    first = await meta.list_templates(via, after="")
    assert [(t.name, t.quality, t.status) for t in first.items] == [
        ("a", TemplateQuality.LOW, TemplateStatus.APPROVED)
    ]
    assert first.after == "NEXT="
    last = await meta.list_templates(via, after=first.after)
    assert [(t.status.value, t.reason, t.category.value) for t in last.items] == [
        ("rejected", "ABUSIVE", "marketing"),
        ("unknown", "", "utility"),
    ]
    assert last.after is None
    paths = [asked.path for asked in peer.asked]
    assert paths[0].startswith("/v23.0/1022%2F9/message_templates?fields=id,name")
    assert "after" not in paths[0]
    assert paths[1].endswith("&after=NEXT%3D")


async def test_a_page_that_leads_to_itself_is_the_last(
    meta: HasTemplates, via: ChannelCredentials, peer: Peer
) -> None:
    peer.answers = [listing(after="SAME")]
    assert (await meta.list_templates(via, after="SAME")).after is None


async def test_create_edit_and_delete(meta: HasTemplates, via: ChannelCredentials, peer: Peer) -> None:
    peer.answers = [
        Answer(body=b'{"id":"77","status":"PENDING","category":"MARKETING"}'),
        Answer(body=b'{"success":true}'),
        Answer(body=b'{"success":true}'),
        graph_error(400, 100, subcode=2593002),
    ]
    made = await meta.create_template(via, DRAFT)
    assert (made.external_id, made.status, made.category) == (
        "77", TemplateStatus.PENDING, TemplateCategory.MARKETING,
    )  # fmt: skip
    await meta.edit_template(via, "77", DRAFT)
    await meta.delete_template(via, external_id="77", name="hello")
    await meta.delete_template(via, external_id="77", name="hello")
    assert [(asked.method, asked.path) for asked in peer.asked] == [
        ("POST", "/v23.0/1022%2F9/message_templates"),
        ("POST", "/v23.0/77"),
        *[("DELETE", "/v23.0/1022%2F9/message_templates?hsm_id=77&name=hello")] * 2,
    ]
    assert orjson.loads(peer.asked[0].body) == {"name": "hello", "language": "en", **WRITTEN}
    assert orjson.loads(peer.asked[1].body) == WRITTEN


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (graph_error(400, 100, subcode=2388024, error_user_msg="There is already such content"),
         errors.Rejected, "There is already such content"),
        (graph_error(403, 200), errors.CredentialsRejected, "refused"),
        (graph_error(429, 80007), errors.NumberThrottled, "refused"),
        (graph_error(500, 2), errors.Transient, "refused"),
        (Answer(200, b"{}"), errors.OutcomeUnknown, ""),
        (Answer(hang_up=True), errors.OutcomeUnknown, ""),
    ],
)  # fmt: skip
async def test_a_refusal_is_told_in_meta_words(
    meta: HasTemplates, via: ChannelCredentials, peer: Peer, answer: Answer, kind: type, said: str
) -> None:
    peer.answers = [answer]
    with pytest.raises(kind) as caught:
        await meta.create_template(via, DRAFT)
    assert said in str(caught.value)


async def test_without_an_account_there_is_nothing_to_ask(
    meta: HasTemplates, via: ChannelCredentials, peer: Peer
) -> None:
    with pytest.raises(errors.AccountMissing):
        await meta.list_templates(replace(via, account=""), after="")
    assert peer.asked == []


FILE = OutgoingFile("a cow.png", "image/png", b"a picture")
SESSION = "upload:MTphd=?sig=ARZ_x-1"


def said(**body: Any) -> Answer:
    return Answer(body=orjson.dumps(body))


async def test_an_example_goes_to_the_apps_uploads_and_comes_back_as_a_handle(
    meta: TakesExamples, via: ChannelCredentials, peer: Peer
) -> None:
    peer.answers = [said(data={"app_id": "77"}), said(id=SESSION), said(h="4::aW1h")]
    assert await meta.upload_example(via, FILE) == "4::aW1h"
    token, begin, fill = peer.asked
    assert token.path.startswith("/v23.0/debug_token?")
    assert begin.path == "/v23.0/77/uploads?file_name=a+cow.png&file_length=9&file_type=image/png"
    assert (fill.path, fill.body) == (f"/v23.0/{SESSION}", b"a picture")
    assert (fill.headers["authorization"], fill.headers["file_offset"]) == ("OAuth EAAG", "0")


@pytest.mark.parametrize(
    ("answers", "failure"),
    [
        ([said(data={})], errors.Rejected),
        ([said(data={"app_id": "77"}), said(id="upload:../../me?x")], errors.Transient),
        ([said(data={"app_id": "77"}), said(id=SESSION), said(ok=True)], errors.Transient),
        ([graph_error(401, 190)], errors.CredentialsRejected),
    ],
)
async def test_an_upload_that_goes_wrong(
    meta: TakesExamples, via: ChannelCredentials, peer: Peer, answers: list[Answer], failure: type[Exception]
) -> None:
    peer.answers = answers
    with pytest.raises(failure):
        await meta.upload_example(via, FILE)
