"""Templates of Twilio's Content API over real HTTP: listed, made and submitted, deleted, read and filled."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from samvad.channels.adapters.registry import adapters
from samvad.channels.adapters.twilio import contents
from samvad.channels.adapters.twilio.adapter import TwilioAdapter
from samvad.channels.adapters.twilio.template_limits import draft_faults, message_faults
from samvad.channels.errors import CredentialsRejected, OutcomeUnknown, Rejected, TemplateRejected, Transient
from samvad.channels.rules.templates import slots
from samvad.channels.types import (
    ButtonAct,
    ChannelCredentials,
    HeaderFormat,
    Provider,
    SlotKind,
    TemplateButton,
    TemplateCategory,
    TemplateDraft,
    TemplateHeader,
    TemplateLayout,
    TemplateMessage,
    TemplateStatus,
)
from samvad.kernel.clock import SystemClock
from samvad.kernel.ids import ChannelId, TenantId
from samvad.platform.http import HostPolicy, HttpClient
from tests.support import twilio
from tests.support.kit import kit
from tests.support.twilio import Peer, content, twilio_peer

LAYOUT = TemplateLayout(
    header=TemplateHeader(format=HeaderFormat.TEXT, text="Order {{1}}", example="17"),
    body="Dear {{1}}, your order of {{2}} is ready.",
    footer="Shubhra Dairy",
    buttons=(
        TemplateButton(act=ButtonAct.QUICK_REPLY, text="Thanks"),
        TemplateButton(act=ButtonAct.URL, text="Track", url="https://dairy.example/o/{{1}}", example="17"),
        TemplateButton(act=ButtonAct.PHONE, text="Call", phone="+15550100"),
    ),
    examples={"1": "Asha", "2": "milk"},
)
SITE = "https://dairy.example/"


def picture(**more: str) -> TemplateHeader:
    return TemplateHeader(format=HeaderFormat.IMAGE, **more)


DRAFT = TemplateDraft("order_ready", "en", TemplateCategory.UTILITY, LAYOUT)


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    async with twilio_peer() as running:
        yield running


@pytest.fixture
async def adapter(peer: Peer) -> AsyncIterator[TwilioAdapter]:
    async with HttpClient() as http:
        port = int(peer.url.rpartition(":")[2])
        speak = adapters(kit(http, SystemClock(), allow=HostPolicy().including("127.0.0.1", port)))
        found = speak[Provider("twilio")]
        assert isinstance(found, TwilioAdapter)
        yield found


@pytest.fixture
def via(peer: Peer) -> ChannelCredentials:
    return ChannelCredentials(
        channel=ChannelId(UUID(int=1)),
        tenant=TenantId(UUID(int=2)),
        provider=Provider("twilio"),
        address=f"AC1/{twilio.SENDER}",
        account="AC1",
        base_url=peer.url,
        webhook_url="https://crm.example/webhooks/twilio/key",
        secrets={"auth_token": twilio.TOKEN},
    )


async def test_all_pages_are_listed_without_what_was_never_submitted(
    adapter: TwilioAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    peer.contents = [
        content("order_ready", {"twilio/text": {"body": "Dear {{1}}"}}, variables={"1": "Asha"}),
        content("draft", {"twilio/text": {"body": "x"}}, status="unsubmitted"),
        content("offer", {"twilio/text": {"body": "x"}}, status="received", category="MARKETING"),
        content("bad", {"twilio/text": {"body": "x"}}, status="rejected", rejection_reason="ABUSIVE"),
        content("strange", {"twilio/text": {"body": "x"}}, status="in_orbit", category="NEW"),
    ]
    found, after = [], ""
    for _ in range(9):
        page = await adapter.list_templates(via, after=after)
        found += page.items
        if page.after is None:
            break
        after = page.after
    assert [(one.name, one.status, one.category, one.reason) for one in found] == [
        ("order_ready", TemplateStatus.APPROVED, TemplateCategory.UTILITY, ""),
        ("offer", TemplateStatus.PENDING, TemplateCategory.MARKETING, ""),
        ("bad", TemplateStatus.REJECTED, TemplateCategory.UTILITY, "ABUSIVE"),
        ("strange", TemplateStatus.UNKNOWN, TemplateCategory.MARKETING, ""),
    ]
    assert found[0].external_id == peer.contents[0]["sid"]
    assert len(peer.asked) == 3


async def test_a_list_that_is_none_empties_nothing(
    adapter: TwilioAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    peer.refusals = [(200, {"code": "nothing"}), (401, {"code": 20003}), (200, {"contents": [], "meta": {
        "next_page_url": "https://evil.example/v1/Other?PageToken=1"}})]  # fmt: skip
    with pytest.raises(Transient):
        await adapter.list_templates(via, after="")
    with pytest.raises(CredentialsRejected):
        await adapter.list_templates(via, after="")
    with pytest.raises(Transient):
        await adapter.list_templates(via, after="")


async def test_it_is_made_and_submitted_and_reads_as_it_was_written(
    adapter: TwilioAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    assert draft_faults(DRAFT) == []
    made = await adapter.create_template(via, DRAFT)
    assert (made.status, made.category) == (TemplateStatus.PENDING, TemplateCategory.UTILITY)
    (kept,) = peer.contents
    assert kept["variables"] == {"1": "Asha", "2": "milk", "3": "17", "4": "17"}
    assert kept["types"] == {
        "whatsapp/card": {
            "body": LAYOUT.body,
            "header_text": "Order {{3}}",
            "footer": "Shubhra Dairy",
            "actions": [
                {"type": "QUICK_REPLY", "title": "Thanks", "id": "Thanks"},
                {"type": "URL", "title": "Track", "url": "https://dairy.example/o/{{4}}"},
                {"type": "PHONE_NUMBER", "title": "Call", "phone": "+15550100"},
            ],
        }
    }
    (listed,) = (await adapter.list_templates(via, after="")).items
    header = replace(LAYOUT.header or TemplateHeader(format=HeaderFormat.TEXT), text="Order {{3}}")
    track = replace(LAYOUT.buttons[1], url="https://dairy.example/o/{{4}}")
    buttons = (LAYOUT.buttons[0], track, LAYOUT.buttons[2])
    assert listed.layout == replace(LAYOUT, header=header, buttons=buttons)
    assert listed.external_id == made.external_id


async def test_names_stay_names_and_the_file_is_a_variable_of_its_own(
    adapter: TwilioAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    layout = TemplateLayout(
        header=picture(example=f"{SITE}cow.png"),
        body="Dear {{first_name}}, this is {{cow}} today.",
        buttons=(TemplateButton(act=ButtonAct.URL, text="Her", url=f"{SITE}{{{{1}}}}", example="gauri"),),
        examples={"first_name": "Asha", "cow": "Gauri"},
    )
    draft = replace(DRAFT, layout=layout)
    assert draft_faults(draft) == []
    await adapter.create_template(via, draft)
    (kept,) = peer.contents
    card = kept["types"]["whatsapp/card"]
    assert (card["media"], card["actions"][0]["url"]) == (["{{1}}"], f"{SITE}{{{{2}}}}")
    assert kept["variables"] == {
        "first_name": "Asha", "cow": "Gauri", "1": f"{SITE}cow.png", "2": "gauri",
    }  # fmt: skip
    (listed,) = (await adapter.list_templates(via, after="")).items
    assert listed.layout.header == picture(link="{{1}}", example=f"{SITE}cow.png")
    assert [slot.name for slot in slots(listed.layout)] == [
        "header.link", "body.first_name", "body.cow", "button.0",
    ]  # fmt: skip
    values = {"header.link": f"{SITE}gauri.png", "body.first_name": "Asha", "body.cow": "Gauri",
              "button.0": "gauri"}  # fmt: skip
    sent = replace(message(listed.layout), values=values)
    assert list(message_faults(sent)) == []
    assert {name: given for name, (given,) in contents.filled(sent).items()} == {
        "first_name": "Asha", "cow": "Gauri", "1": f"{SITE}gauri.png", "2": "gauri",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "media"),
    [
        (picture(link=f"{SITE}cow.png"), [f"{SITE}cow.png"]),
        (picture(link=f"{SITE}{{{{1}}}}", example="cow.png"), [f"{SITE}{{{{3}}}}"]),
    ],
)
def test_a_file_may_stand_at_an_address_of_its_own(header: TemplateHeader, media: list[str]) -> None:
    draft = replace(DRAFT, layout=replace(LAYOUT, header=header, buttons=()))
    assert draft_faults(draft) == []
    types, variables = contents.written(draft.layout)
    card: Any = types["whatsapp/card"]
    assert card["media"] == media
    assert variables.get("3", "cow.png") == "cow.png"


def test_a_file_of_ours_stands_only_where_the_whole_address_is_free() -> None:
    part = TemplateLayout(body="See", header=picture(link=f"{SITE}{{{{1}}}}", example="cow.png"))
    (fault,) = [one for one in message_faults(replace(message(part), file="cow.png")) if one.field == "file"]
    assert f"takes its file from {SITE} alone" in fault.detail
    whole = replace(part, header=picture(link="{{1}}"))
    assert list(message_faults(replace(message(whole), file="cow.png"))) == []


@pytest.mark.parametrize(
    ("refusals", "failure", "left"),
    [
        ([(400, {"code": 21656, "message": "wrong"})], TemplateRejected, 0),
        ([None, (400, {"code": 20422, "message": "name taken"})], Rejected, 0),  # what was made goes again
        ([None, "hang up"], OutcomeUnknown, 1),  # it may have been submitted: the list will tell
    ],
)
async def test_what_is_refused_leaves_nothing_behind(
    adapter: TwilioAdapter, via: ChannelCredentials, peer: Peer, refusals: Any, failure: Any, left: int
) -> None:
    peer.refusals = refusals
    with pytest.raises(failure):
        await adapter.create_template(via, DRAFT)
    assert len(peer.contents) == left


async def test_it_is_deleted_once_and_never_edited(
    adapter: TwilioAdapter, via: ChannelCredentials, peer: Peer
) -> None:
    peer.contents = [content("order_ready", {"twilio/text": {"body": "x"}})]
    sid = peer.contents[0]["sid"]
    with pytest.raises(Rejected, match="under another name"):
        await adapter.edit_template(via, sid, DRAFT)
    for _ in range(2):  # one that is not there is no failure
        await adapter.delete_template(via, external_id=sid, name="order_ready")
    assert peer.contents == []


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"header": TemplateHeader(format=HeaderFormat.LOCATION)}, "header.format", "console"),
        ({"header": picture(example="4::a")}, "header.example", "no https address"),
        (
            {"header": picture(example=f"{SITE}cow.pdf")},
            "header.example",
            "no ending of a file that is image",
        ),
        ({"header": picture(link=f"{SITE}cow")}, "header.link", "no ending of a file"),
        ({"header": picture(link=f"{SITE}{{{{1}}}}.png", example="cow")}, "header.link", "at its end"),
        ({"body": "Dear {{a_name_of_17_signs}}, hello."}, "body", "at most 16 characters"),
        ({"buttons": (TemplateButton(act=ButtonAct.COPY_CODE, example="A"),)}, "buttons.0.act", "marketing"),
        ({"buttons": (TemplateButton(act=ButtonAct.FLOW, text="A"),)}, "buttons.0.act", "flow"),
        ({"body": "{{1}} is here"}, "body", "begins or ends"),
        ({"body": ""}, "body", "is empty"),
    ],
)
def test_what_cannot_be_written_is_said_first(change: dict[str, Any], field: str, said: str) -> None:
    faults = draft_faults(replace(DRAFT, layout=replace(LAYOUT, **change)))
    assert [one for one in faults if one.field == field and said in one.detail], faults


@pytest.mark.parametrize(
    ("types", "layout"),
    [
        (
            {"twilio/quick-reply": {"body": "Yes?", "actions": [{"title": "Yes", "id": "y"}]}},
            TemplateLayout(body="Yes?", buttons=(TemplateButton(act=ButtonAct.QUICK_REPLY, text="Yes"),)),
        ),
        (
            {"twilio/text": {"body": "poor"}, "twilio/card": {"title": "rich", "subtitle": "foot"}},
            TemplateLayout(body="rich", footer="foot"),
        ),
        (
            {"twilio/media": {"body": "See", "media": ["https://dairy.example/cow.png"]}},
            TemplateLayout(
                body="See",
                header=TemplateHeader(format=HeaderFormat.IMAGE, link="https://dairy.example/cow.png"),
            ),
        ),
        (
            {"twilio/carousel": {"body": "Look", "cards": []}},
            TemplateLayout(body="Look", lacking="twilio/carousel"),
        ),
        (
            {"twilio/call-to-action": {"body": "Buy", "actions": [{"type": "COPY_CODE", "code": "{{1}}"}]}},
            TemplateLayout(body="Buy", buttons=(TemplateButton(act=ButtonAct.COPY_CODE, code="{{1}}"),)),
        ),
        (
            {"twilio/card": {"title": "Pay", "actions": [{"type": "PIX", "title": "Pay"}]}},
            TemplateLayout(body="Pay", lacking="button pix"),
        ),
        (
            {
                "whatsapp/authentication": {
                    "add_security_recommendation": True,
                    "code_expiration_minutes": 5,
                    "actions": [{"type": "COPY_CODE", "copy_code_text": "Copy it"}],
                }
            },
            TemplateLayout(
                body="{{1}} is your verification code. For your security, do not share this code.",
                footer="This code expires in 5 minutes.",
                buttons=(TemplateButton(act=ButtonAct.COPY_CODE, text="Copy it", code="{{1}}"),),
            ),
        ),
        (
            {"twilio/card": {"title": "Offer", "subtitle": "until {{2}}", "actions": []}},
            TemplateLayout(body="Offer", footer="until {{2}}", lacking="variable 2"),
        ),
        (
            {"twilio/media": {"body": "See", "media": ["https://dairy.example/{{1}}/{{2}}"]}},
            TemplateLayout(
                body="See",
                header=TemplateHeader(format=HeaderFormat.DOCUMENT, link="https://dairy.example/{{1}}/{{2}}"),
                lacking="variable 2",
            ),
        ),
        ({}, TemplateLayout(body="", lacking="content")),
    ],
)
def test_every_type_is_read_or_said_to_be_lacking(types: Any, layout: TemplateLayout) -> None:
    found = contents.listed(content("x", types, content_type=""))
    assert found is not None
    assert found.layout == layout


def message(layout: TemplateLayout, **values: str) -> TemplateMessage:
    named = {name.replace("_", "."): value for name, value in values.items()}
    return TemplateMessage(
        name="x", language="en", category=TemplateCategory.UTILITY, layout=layout, values=named,
        external_id="HX1",
    )  # fmt: skip


def test_a_file_with_a_place_in_its_address_is_asked_for() -> None:
    part = TemplateHeader(format=HeaderFormat.IMAGE, link="https://dairy.example/{{2}}", example="cow.png")
    whole = replace(part, link="{{2}}")
    kinds = {SlotKind.TEXT: part, SlotKind.LINK: whole}
    for kind, header in kinds.items():
        (slot,) = slots(TemplateLayout(body="See", header=header))
        assert (slot.name, slot.kind, slot.example) == ("header.link", kind, "cow.png")
    sent = message(TemplateLayout(body="See", header=part), header_link="cow.png")
    assert list(message_faults(sent)) == []
    assert contents.filled(sent) == {"2": ["cow.png"]}
    assert slots(TemplateLayout(body="See", header=replace(part, link="https://dairy.example/cow.png"))) == ()


def test_one_variable_in_two_parts_has_one_value() -> None:
    button = TemplateButton(act=ButtonAct.URL, text="See", url="https://dairy.example/{{1}}")
    layout = TemplateLayout(body="Order {{1}} is ready", buttons=(button,))
    assert list(message_faults(message(layout, body_1="17", button_0="17"))) == []
    (fault,) = message_faults(message(layout, body_1="17", button_0="18"))
    assert "one variable in several parts" in fault.detail


def test_a_code_is_asked_for_once() -> None:
    """A one-time password stands in the body, a coupon in its button alone, a fixed one nowhere."""

    def copying(code: str) -> TemplateLayout:
        button = TemplateButton(act=ButtonAct.COPY_CODE, code=code, example="SPRING")
        return TemplateLayout(body="{{1}} is your code.", buttons=(button,))

    password = message(copying("{{1}}"), body_1="123456")
    assert [slot.name for slot in slots(password.layout)] == ["body.1"]
    assert list(message_faults(password)) == []
    assert contents.filled(password) == {"1": ["123456", "123456"]}
    long = message(copying("{{1}}"), body_1="1234567890123456")
    assert [fault.field for fault in message_faults(long)] == ["values.body.1"]
    coupon = message(copying("{{2}}"), body_1="SPRING", button_0="SPRING")
    assert [slot.name for slot in slots(coupon.layout)] == ["body.1", "button.0"]
    assert contents.filled(coupon) == {"1": ["SPRING"], "2": ["SPRING"]}
    assert [slot.name for slot in slots(copying("SPRING"))] == ["body.1"]
    draft = replace(DRAFT.layout, buttons=(TemplateButton(act=ButtonAct.COPY_CODE, example="SPRING"),))
    types, variables = contents.written(draft)
    card: Any = types["whatsapp/card"]
    assert card["actions"] == [{"type": "COPY_CODE", "title": "Copy code", "code": "{{4}}"}]
    assert variables["4"] == "SPRING"
    assert draft_faults(replace(DRAFT, category=TemplateCategory.MARKETING, layout=draft)) == []
