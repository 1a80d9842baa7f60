"""What is sent beside text: its body on the wire, what is refused before, what the emulator takes."""

from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samvad.channels import types
from samvad.channels.adapters.meta import limits, payloads
from samvad.channels.adapters.meta.adapter import MetaAdapter
from samvad.channels.codec import content_from_json, outbound_from_json
from samvad.channels.errors import KindNotSent, Rejected
from samvad.channels.service.contents import judge
from samvad.channels.types import Capabilities, Content, Identity, IdentityKind, Kind, Outbound
from samvad.kernel.errors import Invalid
from samvad.sandbox.jsonio import parse_strict
from samvad.sandbox.outbound import Outbound as Asked
from samvad.sandbox.outbound import parse_request
from tests.support.contents import STORED, TEXTS, WIRE

OUR_ID = UUID("0199c9b0-0000-7000-8000-000000000001")
ASHA = (Identity(IdentityKind.WA_ID, "919876543210"),)


def outbound(content: Content, **more: Any) -> Outbound:
    target = "wamid.ASKED" if content.kind is Kind.REACTION else None
    return Outbound(
        OUR_ID,
        to=ASHA,
        kind=content.kind,
        text=content.text,
        content=content.as_json(),
        target=target,
        **more,
    )


def example(kind: str) -> Content:
    return content_from_json(Kind(kind), STORED[kind])


@pytest.mark.parametrize("kind", STORED)
def test_the_body_on_the_wire(kind: str) -> None:
    sent = orjson.loads(payloads.message(outbound(example(kind))))
    assert sent == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "919876543210",
        "biz_opaque_callback_data": str(OUR_ID),
        **WIRE[kind],
    }


def test_a_flow_without_a_screen_is_begun_by_its_own_endpoint() -> None:
    content = content_from_json(Kind.FLOW, {"body": "x", "cta": "Go", "flow_name": "order", "mode": "draft"})
    said = orjson.loads(payloads.message(outbound(content)))["interactive"]["action"]["parameters"]
    assert said == {
        "flow_message_version": "3", "flow_token": str(OUR_ID), "flow_cta": "Go", "mode": "draft",
        "flow_action": "data_exchange", "flow_name": "order",
    }  # fmt: skip


@pytest.mark.parametrize("kind", STORED)
def test_it_is_stored_as_it_was_given_and_comes_back_the_same(kind: str) -> None:
    content = example(kind)
    assert content.as_json() == STORED[kind]
    assert content.text == TEXTS[kind]
    queued = replace(outbound(content), reply_to="wamid.IN")
    assert outbound_from_json(orjson.loads(orjson.dumps(queued))) == queued


def test_a_reaction_is_taken_back_with_an_empty_emoji() -> None:
    content = content_from_json(Kind.REACTION, {"message_id": str(OUR_ID)})
    assert orjson.loads(payloads.message(outbound(content)))["reaction"] == {
        "message_id": "wamid.ASKED",
        "emoji": "",
    }


def test_a_quote_stands_beside_the_content() -> None:
    sent = orjson.loads(payloads.message(outbound(example("buttons"), reply_to="wamid.IN")))
    assert sent["context"] == {"message_id": "wamid.IN"}


def buttons(*given: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"body": "x", "buttons": [{"id": id_, "title": title} for id_, title in given], **more}


def rows(*counts: int, **more: Any) -> dict[str, Any]:
    """A list with so many rows in each section."""
    sections = [
        {"title": f"s{at}", "rows": [{"id": f"{at}.{n}", "title": "row"} for n in range(count)]}
        for at, count in enumerate(counts)
    ]
    return {"body": "x", "button": "Choose", "sections": sections, **more}


def row(**more: Any) -> dict[str, Any]:
    return {"body": "x", "button": "b", "sections": [{"rows": [{"id": "1", "title": "t", **more}]}]}


def card(**more: Any) -> dict[str, Any]:
    return {"contacts": [{"name": {"formatted_name": "Ravi K", "first_name": "Ravi"}, **more}]}


def link(url: str, **more: Any) -> dict[str, Any]:
    return {"link": url, **more}


def place(latitude: float = 1, longitude: float = 1, **more: Any) -> dict[str, Any]:
    return {"latitude": latitude, "longitude": longitude, **more}


def flow(**more: Any) -> dict[str, Any]:
    return {"body": "x", "cta": "Go", "flow_id": "1", **more}


def cta(url: str = "https://x.example", text: str = "Open", **more: Any) -> dict[str, Any]:
    return {"body": "x", "display_text": text, "url": url, **more}


YES, NO = ("yes", "Yes"), ("no", "No")
REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("location", place(90.1), "latitude", "is 90.1, from -90 to 90"),
    ("location", place(float("nan")), "latitude", "is nan"),
    ("location", place(longitude=-181), "longitude", "is -181, from -180 to 180"),
    ("location", place(name="n" * 1001), "name", "has 1001 characters, at most 1000"),
    ("location", place(address="4 Market Road"), "name", "is empty"),
    ("buttons", buttons(), "buttons", "holds 0, from 1 to 3"),
    ("buttons", buttons(YES, NO, ("a", "A"), ("b", "B")), "buttons", "holds 4, from 1 to 3"),
    ("buttons", buttons(("a", "x" * 21)), "buttons.0.title", "has 21 characters, at most 20"),
    ("buttons", buttons(YES, ("a", " ")), "buttons.1.title", "is empty: 1 to 20"),
    ("buttons", buttons(("i" * 257, "A")), "buttons.0.id", "has 257 characters, at most 256"),
    ("buttons", buttons((" a", "A")), "buttons.0.id", "may not begin or end with a space"),
    ("buttons", buttons(YES, ("yes", "Other")), "buttons.1.id", "is the same as buttons.0.id"),
    ("buttons", buttons(YES, NO, ("c", "Yes")), "buttons.2.title", "is the same as buttons.0.title"),
    ("buttons", buttons(YES, body="b" * 1025), "body", "has 1025 characters, at most 1024"),
    ("buttons", buttons(YES, body=""), "body", "is empty"),
    ("buttons", buttons(YES, header="h" * 61), "header", "has 61 characters, at most 60"),
    ("buttons", buttons(YES, footer="f" * 61), "footer", "has 61 characters, at most 60"),
    ("list", rows(), "sections", "holds 0, from 1 to 10"),
    ("list", rows(*[1] * 11), "sections", "holds 11, from 1 to 10"),
    ("list", rows(0), "sections.0.rows", "holds 0, from 1 to 10"),
    ("list", rows(11), "sections.0.rows", "holds 11, from 1 to 10"),
    ("list", rows(6, 5), "sections", "hold 11 rows, at most 10 in all"),
    ("list", rows(1, button=""), "button", "is empty"),
    ("list", rows(1, button="b" * 21), "button", "has 21 characters, at most 20"),
    ("list", row(title="t" * 25), "sections.0.rows.0.title", "has 25 characters, at most 24"),
    ("list", row(description="d" * 73), "sections.0.rows.0.description", "has 73 characters, at most 72"),
    ("list", row(id="i" * 201), "sections.0.rows.0.id", "has 201 characters, at most 200"),
    ("list", {"body": "x", "button": "b", "sections": [
        {"title": "s", "rows": [{"id": "1", "title": "t"}]},
        {"title": "t", "rows": [{"id": "1", "title": "u"}]},
    ]}, "sections.1.rows.0.id", "is the same as sections.0.rows.0.id"),
    ("list", {"body": "x", "button": "b", "sections": [
        {"rows": [{"id": "1", "title": "t"}]}, {"title": "t", "rows": [{"id": "2", "title": "u"}]},
    ]}, "sections.0.title", "is empty"),
    ("list", {"body": "x", "button": "b", "sections": [
        {"title": "s" * 25, "rows": [{"id": "1", "title": "t"}]},
    ]}, "sections.0.title", "has 25 characters, at most 24"),
    ("cta_url", cta("ftp://x.example"), "url", "is no https or http address: it begins with 'ftp://x.example'"),
    ("cta_url", cta("javascript:alert(1)"), "url", "is no https or http address"),
    ("cta_url", cta("https:///path"), "url", "is no https or http address"),
    ("cta_url", cta("https://x.example/a b"), "url", "is no https or http address"),
    ("cta_url", cta("https://[x"), "url", "is no https or http address"),
    ("cta_url", cta(text="x" * 21), "display_text", "has 21 characters, at most 20"),
    ("flow", flow(cta="x" * 21), "cta", "has 21 characters, at most 20"),
    ("flow", flow(cta="Go 👍"), "cta", "holds an emoji"),
    ("flow", flow(flow_id=""), "flow_id", "or flow_name says which flow: exactly one"),
    ("flow", flow(flow_name="order"), "flow_id", "or flow_name says which flow: exactly one"),
    ("flow", flow(flow_id="order"), "flow_id", "is 'order': the digits"),
    ("flow", flow(flow_id="", flow_name="n" * 201), "flow_name", "has 201 characters, at most 200"),
    ("flow", flow(screen="s" * 201), "screen", "has 201 characters, at most 200"),
    ("flow", flow(data={"a": "x" * 50_000}, screen="S"), "data", "has 50008 characters as JSON"),
    ("flow", flow(data={"a": 10**20}, screen="S"), "data", "holds a number or a text that cannot be written"),
    ("location_request", {"body": "x" * 1025}, "body", "has 1025 characters, at most 1024"),
    ("location_request", {"body": "\n"}, "body", "is empty"),
    ("contacts", {"contacts": []}, "contacts", "holds 0, from 1 to 257"),
    ("contacts", {"contacts": card()["contacts"] * 258}, "contacts", "holds 258, from 1 to 257"),
    ("contacts", {"contacts": [{"name": {"formatted_name": "Ravi"}}]}, "contacts.0.name",
     "holds formatted_name alone"),
    ("contacts", card(phones=[{"phone": ""}]), "contacts.0.phones.0.phone", "is empty"),
    ("contacts", card(phones=[{"phone": "1", "wa_id": "+12"}]), "contacts.0.phones.0.wa_id", "is '+12'"),
    ("contacts", card(birthday="1990-2-30"), "contacts.0.birthday", "is '1990-2-30': YYYY-MM-DD"),
    ("contacts", card(urls=[{"url": ""}]), "contacts.0.urls.0.url", "is empty"),
    ("contacts", card(emails=[{"email": ""}]), "contacts.0.emails.0.email", "is empty"),
    ("reaction", {"message_id": str(OUR_ID), "emoji": "ok"}, "emoji", "is 'ok': one emoji"),
    ("reaction", {"message_id": str(OUR_ID), "emoji": "👍👍"}, "emoji", "one emoji"),
    ("image", link("http://x.example/a.jpg"), "link", "is no https address: it begins with 'http://x.example/a.j'"),
    ("image", link("cow.jpg"), "link", "is no https address"),
    ("image", link("https://x.example/" + "a" * 2000), "link", "has 2018 characters, at most 2000"),
    ("image", link("https://x.example/a", caption="c" * 1025), "caption", "has 1025 characters"),
    ("document", link("https://x.example/a", filename="f" * 1001), "filename", "has 1001 characters"),
    ("sticker", link(""), "link", "is empty"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "given_", "field", "detail"), REFUSED)
def test_what_the_provider_would_refuse_is_named(
    kind: str, given_: dict[str, Any], field: str, detail: str
) -> None:
    content = content_from_json(Kind(kind), given_)
    assert [f for f in limits.faults(content) if f.field == field and detail in f.detail]
    with pytest.raises(Invalid) as caught:
        judge(MetaAdapter, content)
    assert f"content.{field}" in {error.field for error in caught.value.errors}
    with pytest.raises(Rejected):
        payloads.message(outbound(content))


@pytest.mark.parametrize("emoji", ["👍", "❤️", "👍🏽", "🇮🇳", "👨‍👩‍👧‍👦", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "™️", "☺", "🏳️‍🌈"])
def test_every_form_of_one_emoji_is_a_reaction(emoji: str) -> None:
    content = content_from_json(Kind.REACTION, {"message_id": str(OUR_ID), "emoji": emoji})
    assert not limits.faults(content)


def test_a_kind_that_the_channel_does_not_have_is_refused_before_its_limits() -> None:
    class Plain(MetaAdapter):
        capabilities: ClassVar[Capabilities] = replace(MetaAdapter.capabilities, kinds=frozenset({Kind.TEXT}))

    with pytest.raises(KindNotSent, match="has no messages of kind buttons"):
        judge(Plain, content_from_json(Kind.BUTTONS, buttons()))


def _words(most: int) -> st.SearchStrategy[str]:
    """Mostly short, often exactly as long as allowed, now and then longer; any character that JSON holds."""
    return st.one_of(
        st.text(st.characters(codec="utf-8"), max_size=12),
        st.sampled_from(["x" * most, "ß" * most, "🙏" * most, "x" * (most + 1)]),
    )


_ID = st.one_of(st.uuids().map(str), st.text(max_size=4))
_LINK = st.sampled_from(
    ["https://x.example/a", "HTTPS://x.example", "https://ü.example/ü?a=b#c", "http://x.example"]
)
_FRAME = {"body": _words(1024), "header": _words(60), "footer": _words(60)}
_ROW = st.builds(types.ListRow, id=_ID, title=_words(24), description=_words(72))
_NAME = st.builds(types.CardName, formatted_name=_words(1000), first_name=_words(20), suffix=_words(20))
_CARD = st.builds(
    types.ContactCard,
    name=_NAME,
    phones=st.lists(st.builds(types.CardPhone, phone=_words(20)), max_size=2).map(tuple),
    birthday=st.dates().map(str) | st.text(max_size=10),
)
_SECTION = st.builds(types.ListSection, title=_words(24), rows=st.lists(_ROW, max_size=6).map(tuple))
_BUTTON = st.builds(types.ReplyButton, id=_ID, title=_words(20))
_CONTENT: st.SearchStrategy[Content] = st.one_of(
    st.builds(types.Location, latitude=st.floats(-91, 91), longitude=st.floats(-181, 181), name=_words(1000),
              address=_words(1000)),
    st.builds(types.Buttons, **_FRAME, buttons=st.lists(_BUTTON, max_size=4).map(tuple)),
    st.builds(types.ListMessage, **_FRAME, button=_words(20),
              sections=st.lists(_SECTION, max_size=3).map(tuple)),
    st.builds(types.CtaUrl, **_FRAME, display_text=_words(20), url=_LINK),
    st.builds(types.LocationRequest, body=_words(1024)),
    st.builds(types.Contacts, contacts=st.lists(_CARD, max_size=3).map(tuple)),
    st.builds(types.Reaction, message_id=st.uuids(), emoji=st.sampled_from(["", "👍", "x"])),
    *(st.builds(record, link=_LINK, caption=_words(1024)) for record in (types.Image, types.Video)),
    st.builds(types.Document, link=_LINK, caption=_words(1024), filename=_words(1000)),
    *(st.builds(record, link=_LINK) for record in (types.Audio, types.Sticker)),
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(_CONTENT)
def test_what_passes_the_limits_the_emulator_takes(content: Content) -> None:
    if limits.faults(content):
        return
    stored = orjson.loads(orjson.dumps(content.as_json()))
    assert content_from_json(content.kind, stored) == content
    asked = parse_request(parse_strict(payloads.message(outbound(content))))
    assert isinstance(asked, Asked)
    assert asked.client_id == str(OUR_ID)
