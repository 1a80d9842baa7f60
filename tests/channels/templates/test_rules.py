"""Templates as texts with places: which there are, how they read, what Meta would refuse. No network."""

from dataclasses import replace
from typing import Any

import pytest

from samvad.channels.adapters.meta import sent_templates
from samvad.channels.adapters.meta.adapter import MetaAdapter
from samvad.channels.adapters.meta.layouts import components, layout
from samvad.channels.codec import content_from_json
from samvad.channels.rules import templates as rules
from samvad.channels.types import (
    Kind,
    SlotKind,
    TemplateCategory,
    TemplateDraft,
    TemplateLayout,
    TemplateMessage,
)
from tests.support.contents import TEMPLATE

CODE = {"act": "copy_code", "example": "SPRING"}


def message(values: dict[str, str] | None = None, **parts: Any) -> TemplateMessage:
    given = {**TEMPLATE, "layout": {**TEMPLATE["layout"], **parts}}
    found = content_from_json(Kind.TEMPLATE, given | ({} if values is None else {"values": values}))
    assert isinstance(found, TemplateMessage)
    return found


def draft(category: TemplateCategory = TemplateCategory.UTILITY, **parts: Any) -> TemplateDraft:
    return TemplateDraft("order_ready", "en", category, message(**parts).layout)


def test_every_place_is_a_slot() -> None:
    found = rules.slots(message(buttons=[*TEMPLATE["layout"]["buttons"], CODE]).layout)
    assert [slot.name for slot in found] == ["header.1", "body.1", "body.2", "button.1", "button.2"]
    assert [slot.example for slot in found] == ["17", "Asha", "milk", "17", "SPRING"]


@pytest.mark.parametrize(
    ("format_", "names"),
    [
        ("image", ["header.link"]),
        ("document", ["header.link", "header.filename"]),
        ("location", ["header.latitude", "header.longitude", "header.name", "header.address"]),
    ],
)
def test_headers_other_than_text(format_: str, names: list[str]) -> None:
    found = rules.slots(message(header={"format": format_}, body="Hello", buttons=[]).layout)
    assert [slot.name for slot in found] == names
    assert found[0].kind is (SlotKind.NUMBER if format_ == "location" else SlotKind.LINK)


def test_the_body_reads_as_the_customer_reads_it() -> None:
    plain = TemplateLayout(body="{{ first_name }}, {{2}} and {{2}}: {{missing}}")
    values = {"body.first_name": "Asha", "body.2": "{{first_name}}"}
    assert rules.read(plain, values) == "Asha, {{first_name}} and {{first_name}}: {{missing}}"


def test_what_the_contact_is_called_is_put_into_values() -> None:
    given = {"body.1": "Ms {{contact.name}}", "body.2": "{{ contact.phone }}", "body.3": "{{reply}}"}
    facts = {rules.NAME: "{{reply}}", rules.TELEPHONE: "+911"}
    filled, lacking = rules.personal(given, facts)
    assert (filled, list(lacking)) == (given | {"body.1": "Ms {{reply}}", "body.2": "+911"}, [])
    filled, _ = rules.personal(given, facts | {rules.REPLY: "Yes, {{contact.name}}."})
    assert filled["body.3"] == "Yes, {{contact.name}}.", "what was put in is not read again"
    _, lacking = rules.personal(given, {rules.NAME: " ", rules.TELEPHONE: ""})
    assert {fault.field for fault in lacking} == {"values.body.1", "values.body.2"}


GOOD = TEMPLATE["values"]
WRONG: list[tuple[dict[str, str], dict[str, Any], str, str]] = [
    ({"body.1": ""}, {}, "values.body.1", "is missing"),
    ({"body.3": "x"}, {}, "values.body.3", "is no place of this template"),
    ({"body.1": "a\nb"}, {}, "values.body.1", "holds a line break, a tab or more than four spaces"),
    ({"body.1": "a\tb"}, {}, "values.body.1", "holds a line break"),
    ({"body.1": "a     b"}, {}, "values.body.1", "holds a line break"),
    ({"body.2": "x" * 1000}, {}, "values.body.2", "makes the body 1035 characters long, at most 1024"),
    ({"header.1": "x" * 55}, {}, "values.header.1", "makes the header 61 characters long, at most 60"),
    ({"button.1": "x" * 2000}, {}, "values.button.1", "has 2024 characters, at most 2000"),
    ({"button.1": "C" * 16}, {"buttons": [{"act": "quick_reply", "text": "a"}, CODE]}, "values.button.1",
     "has 16 characters, at most 15"),
]  # fmt: skip


@pytest.mark.parametrize(("values", "parts", "field", "detail"), WRONG)
def test_values_that_do_not_fit_are_named(
    values: dict[str, str], parts: dict[str, Any], field: str, detail: str
) -> None:
    assert MetaAdapter.faults(message()) == []
    (fault,) = MetaAdapter.faults(message(GOOD | values, **parts))
    assert fault.field == field
    assert fault.detail.startswith(detail)


def test_four_spaces_and_a_long_body_with_nothing_beside_it_are_fine() -> None:
    alone = {"header": None, "footer": "", "buttons": []}
    assert MetaAdapter.faults(message({"body.1": "a    b", "body.2": "x" * 5000}, **alone)) == []


@pytest.mark.parametrize("link", ["", "http://x.example/a.jpg", "cow.jpg"])
def test_a_file_in_the_header_needs_a_link(link: str) -> None:
    given = message({"header.link": link}, header={"format": "image"}, body="Hello", buttons=[])
    assert {fault.field for fault in MetaAdapter.faults(given)} == {"values.header.link"}


def test_a_place_in_the_header_is_a_place() -> None:
    parts = {"header": {"format": "location"}, "body": "Here", "buttons": []}
    place = {"header.latitude": "28.6", "header.longitude": "77.2", "header.name": "a", "header.address": "b"}
    assert MetaAdapter.faults(message(place, **parts)) == []
    (fault,) = MetaAdapter.faults(message(place | {"header.latitude": "north"}, **parts))
    assert (fault.field, fault.detail[:11]) == ("values.header.latitude", "is 'north':")


QUICK = {"act": "quick_reply", "text": "Yes"}
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"body": ""}, "body", "is empty"),
    ({"body": "x" * 1025}, "body", "has 1025 characters, at most 1024"),
    ({"body": "{{1}}, hello"}, "body", "begins or ends with a placeholder"),
    ({"body": "Hello {{1}} {{2}} you"}, "body", "has two placeholders side by side"),
    ({"body": "Hello {{2}} you"}, "body", "counts 2"),
    ({"body": "Hello {{1}} and {{name}} you"}, "body", "has numbers and names"),
    ({"body": "Hello {{Name}} you"}, "body", "holds {{Name}}"),
    ({"body": "Hello {{1} you"}, "body", "holds {{ or }}"),
    ({"examples": {"1": "Asha"}}, "examples.2", "is empty"),
    ({"footer": "f" * 61}, "footer", "has 61 characters"),
    ({"footer": "Hi {{1}}"}, "footer", "holds 1 placeholders, none"),
    ({"header": {"format": "text", "text": ""}}, "header.text", "is empty"),
    ({"header": {"format": "text", "text": "{{1}} {{2}}", "example": "x"}}, "header.text", "holds 2"),
    ({"header": {"format": "text", "text": "Hi {{name}}", "example": "x"}}, "header.text", "has numbers and"),
    ({"header": {"format": "text", "text": "Hi {{1}}"}}, "header.example", "is empty"),
    ({"header": {"format": "image"}}, "header.example", "is empty: Meta wants the handle"),
    ({"header": {"format": "location", "text": "x"}}, "header.text", "is given"),
    ({"buttons": [{"act": "quick_reply", "text": str(at)} for at in range(11)]}, "buttons", "holds 11"),
    ({"buttons": [QUICK, {"act": "phone", "text": "a", "phone": "1"}, {**QUICK, "text": "b"}]}, "buttons",
     "mix quick replies"),
    ({"buttons": [QUICK, QUICK]}, "buttons.1.text", "is the same as buttons.0.text"),
    ({"buttons": [{"act": "url", "text": "a", "url": "https://x.example/{{1}}/b", "example": "1"}]},
     "buttons.0.url", "may hold {{1}} once, at its end"),
    ({"buttons": [{"act": "url", "text": "a", "url": "x"}]}, "buttons.0.url", "is no https"),
    ({"buttons": [{"act": "phone", "text": "a" * 26, "phone": "1"}]}, "buttons.0.text", "has 26"),
    ({"buttons": [{"act": "phone", "text": "a"}]}, "buttons.0.phone", "is empty"),
    ({"buttons": [CODE]}, "buttons.0.act", "is copy_code, which only marketing"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "field", "detail"), REFUSED)
def test_a_draft_that_meta_would_refuse_is_named(parts: dict[str, Any], field: str, detail: str) -> None:
    assert MetaAdapter.draft_faults(draft()) == []
    found = MetaAdapter.draft_faults(draft(**parts))
    assert [fault for fault in found if fault.field == field and fault.detail.startswith(detail)], found


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "Order ready"}, "name"),
        ({"language": "english"}, "language"),
        ({"category": TemplateCategory.AUTHENTICATION}, "category"),
    ],
)
def test_name_language_and_category(change: dict[str, Any], field: str) -> None:
    assert field in {fault.field for fault in MetaAdapter.draft_faults(replace(draft(), **change))}


def test_what_is_written_for_review_is_read_back_the_same() -> None:
    for given in (
        draft(),
        draft(header={"format": "text", "text": "Hi {{who}}", "example": "Asha"},
              body="Dear {{who}}, hello", examples={"who": "Asha"}),
        draft(TemplateCategory.MARKETING, buttons=[CODE], header={"format": "image", "example": "4::aW"}),
        draft(header={"format": "location"}, buttons=[{"act": "phone", "text": "Call", "phone": "+911"}]),
    ):  # fmt: skip
        read = layout(components(given))
        url = next((b for b in read.buttons if b.url), None)
        assert url is None or url.example == "https://dairy.example/o/17"  # Meta wants the whole address
        assert replace(read, buttons=()) == replace(given.layout, buttons=())
        assert [b.act for b in read.buttons] == [b.act for b in given.layout.buttons]


def test_what_we_cannot_fill_is_named() -> None:
    parts = [
        {"type": "BODY", "text": "*{{1}}* is your code."},
        {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy"}]},
        {"type": "CAROUSEL", "cards": []},
    ]
    assert layout(parts).lacking == "carousel"


@pytest.mark.parametrize("button", [
    {"type": "OTP", "otp_type": "COPY_CODE", "text": "Copy"},
    {"type": "URL", "text": "Copy", "url": "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}"},
])  # fmt: skip
def test_a_one_time_password_is_one_value_in_two_parts(button: dict[str, str]) -> None:
    parts = layout(
        [{"type": "BODY", "text": "*{{1}}* is your code."}, {"type": "BUTTONS", "buttons": [button]}]
    )
    assert (parts.lacking, [slot.name for slot in rules.slots(parts)]) == ("", ["body.1"])
    sent = TemplateMessage(
        name="otp", language="en", category=TemplateCategory.AUTHENTICATION, layout=parts,
        values={"body.1": "123456"},
    )  # fmt: skip
    assert MetaAdapter.faults(sent) == []
    code = [{"type": "text", "text": "123456"}]
    assert sent_templates.body(sent, token="")["components"] == [
        {"type": "body", "parameters": code},
        {"type": "button", "sub_type": "url", "index": "0", "parameters": code},
    ]
