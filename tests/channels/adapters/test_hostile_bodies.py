"""Whatever arrives, parsing gives items or says MalformedBody; no item harms another."""

import gzip
import json
from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samvad.channels.adapters.meta import envelope
from samvad.channels.errors import MalformedBody
from samvad.channels.types import Ignored, Item, JsonValue, Kind, MessageReceived, Unparsable

LATEST = datetime(2027, 1, 1, tzinfo=UTC)
WORDS = st.sampled_from(
    [
        *(
            "object",
            "whatsapp_business_account",
            "entry",
            "changes",
            "field",
            "value",
            "messages",
            "statuses",
        ),
        *(
            "contacts",
            "errors",
            "metadata",
            "phone_number_id",
            "id",
            "from",
            "from_user_id",
            "timestamp",
            "type",
        ),
        *("text", "body", "image", "interactive", "nfm_reply", "response_json", "button", "system", "edit"),
        *("message", "reaction", "emoji", "context", "profile", "name", "wa_id", "user_id", "status", "read"),
        *("smb_message_echoes", "message_echoes", "user_preferences", "to", "group_id", "code", "revoke"),
    ]
)
JSON: st.SearchStrategy[JsonValue] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters())
    | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(WORDS | st.text(max_size=3), inner, max_size=6)
    ),
    max_leaves=25,
)


def parse(body: bytes) -> list[Item]:
    return list(envelope.parse(body, latest=LATEST))


def body_of(*messages: object, **value: object) -> bytes:
    content = {"metadata": {"phone_number_id": "77"}, "messages": list(messages), **value}
    change = {"field": "messages", "value": content}
    return json.dumps(
        {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    ).encode()


def text(body: object = "hello", **more: object) -> dict[str, object]:
    return {
        "from": "919800000001",
        "id": "wamid.1",
        "timestamp": "1760000000",
        "type": "text",
        "text": {"body": body},
    } | more


def only(body: bytes) -> MessageReceived:
    (item,) = parse(body)
    assert isinstance(item.event, MessageReceived)
    return item.event


class TestAnything:
    @settings(max_examples=100)
    @given(st.binary(max_size=200))
    def test_bytes(self, body: bytes) -> None:
        try:
            parse(body)
        except MalformedBody:
            return

    @settings(max_examples=150)
    @given(JSON)
    def test_json(self, value: JsonValue) -> None:
        body = json.dumps(value).encode()
        try:
            parse(body)
        except MalformedBody:
            return

    @settings(max_examples=100)
    @given(st.lists(JSON, max_size=3), JSON)
    def test_every_entry_of_a_list_is_one_item_in_order(
        self, messages: list[JsonValue], contacts: JsonValue
    ) -> None:
        marked = [{**m, "text": {"body": "x"}} if isinstance(m, dict) else m for m in messages]
        items = parse(body_of(*marked, text(id="wamid.last"), contacts=contacts))
        assert len(items) == len(messages) + 1
        assert items[-1].external_id == "wamid.last"
        assert all(item.address == "77" for item in items)
        orjson.dumps([item.event for item in items])  # storable: no lone surrogate, nothing too deep

    @settings(max_examples=100)
    @given(st.lists(st.sampled_from(["text", "image", "statuses", "null", "deep", "list"]), max_size=8))
    def test_order_holds_with_broken_neighbours(self, kinds: list[str]) -> None:
        broken: dict[str, object] = {
            "null": None,
            "deep": nested(100),
            "list": [1],
            "image": {"type": "image"},
        }
        messages = [broken.get(kind, text(id=f"wamid.{n}")) for n, kind in enumerate(kinds)]
        got = [item.external_id for item in parse(body_of(*messages))]
        assert got[: len(kinds)] == [None if kind in broken else f"wamid.{n}" for n, kind in enumerate(kinds)]

    @settings(max_examples=100)
    @given(st.sampled_from([text(), text(context={"id": "wamid.0"})]), st.data())
    def test_a_body_cut_anywhere(self, message: dict[str, object], data: st.DataObject) -> None:
        whole = body_of(message)
        cut = data.draw(st.integers(0, len(whole) - 1))
        with pytest.raises(MalformedBody):
            parse(whole[:cut])


def nested(depth: int) -> object:
    value: object = "core"
    for _ in range(depth):
        value = {"text": value}
    return value


class TestNotTheProvidersJson:
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"\x00",
            b"null",
            b"[]",
            b'"text"',
            b"{}",
            b'{"object":"page","entry":[]}',
            b'{"object":"whatsapp_business_account"}',
            b'{"object":"whatsapp_business_account","entry":{}}',
            b"\xef\xbb\xbf{}",
            b"\xff\xfe{\x00}\x00",
            b'{"object":NaN}',
            gzip.compress(body_of(text())),
            b"[" * 100_000,
            b'{"a":' * 2000 + b"1" + b"}" * 2000,
            b"object=whatsapp_business_account&entry=1",
        ],
    )
    def test_is_malformed(self, body: bytes) -> None:
        with pytest.raises(MalformedBody):
            parse(body)
        with pytest.raises(MalformedBody):
            envelope.addresses(body)

    def test_an_empty_envelope_has_no_items(self) -> None:
        assert parse(b'{"object":"whatsapp_business_account","entry":[]}') == []


class TestTexts:
    def test_nul_and_lone_surrogates_become_storable(self) -> None:
        body = body_of(text()).replace(b"hello", rb"a\u0000b\ud83dc\ude00d\ud83d\ude00")
        assert only(body).text == "ab\ufffdc\ufffdd\U0001f600"

    def test_raw_surrogate_bytes_too(self) -> None:
        assert only(body_of(text()).replace(b"hello", b"a\xed\xa0\xbdb")).text == "a\ufffdb"

    def test_a_nul_in_ids_and_keys_goes(self) -> None:
        body = body_of(text(referral={"k": "v"})).replace(b"wamid.1", rb"wa\u0000mid.1")
        event = only(body.replace(b'"k"', rb'"k\u0000"'))
        assert event.external_id == "wamid.1"
        assert event.content == {"referral": {"k": "v"}}

    def test_names_lose_bidi_and_zero_width_characters(self) -> None:
        contact = {"wa_id": "919800000001", "profile": {"name": "\u202eAsha\u200b\u0000 \n Rao\u2066"}}
        assert only(body_of(text(), contacts=[contact])).sender.name == "Asha Rao"

    def test_a_name_of_nothing_visible_is_no_name(self) -> None:
        contact = {"wa_id": "919800000001", "profile": {"name": "\u200b\u202e"}}
        assert only(body_of(text(), contacts=[contact])).sender.name is None

    def test_so_do_names_of_files(self) -> None:
        document = {"id": "1", "mime_type": "application/pdf", "filename": "bill\u202efdp.exe"}
        media = only(body_of(text(type="document", document=document))).media
        assert media is not None
        assert media.filename == "billfdp.exe"

    def test_of_a_repeated_key_the_last_counts(self) -> None:
        assert only(body_of(text()).replace(b'"hello"', b'"first", "body": "last"')).text == "last"

    def test_huge_texts_are_cut_and_huge_ids_are_none(self) -> None:
        assert len(only(body_of(text("x" * 3_000_000))).text) == 65_536
        (item,) = parse(body_of(text(id="w" * 513)))
        assert isinstance(item.event, Unparsable)

    @pytest.mark.parametrize(("body", "expected"), [(7, "7"), ("", ""), ("\u0000", "")])
    def test_a_number_or_nothing_as_text(self, body: object, expected: str) -> None:
        event = only(body_of(text(body)))
        assert (event.kind, event.text) == (Kind.TEXT, expected)

    @pytest.mark.parametrize("body", [None, True, [], {}, 1.5])
    def test_anything_else_as_text_is_for_a_person(self, body: object) -> None:
        assert only(body_of(text(body))).kind is Kind.UNSUPPORTED


class TestTimes:
    @pytest.mark.parametrize(
        "stamp",
        ["0", 0, "-1", -5, "1", "now", "", None, True, 1.5, [], {}, "1e9", "٣", "9999999999999", "9" * 400,
         "1798761601"],  # a second after LATEST
    )  # fmt: skip
    def test_that_cannot_be_right_are_none(self, stamp: object) -> None:
        assert only(body_of(text(timestamp=stamp))).sent_at is None

    @pytest.mark.parametrize("stamp", ["1760000000", 1760000000])
    def test_seconds_as_text_or_number(self, stamp: object) -> None:
        assert only(body_of(text(timestamp=stamp))).sent_at == datetime(2025, 10, 9, 8, 53, 20, tzinfo=UTC)


class TestDepth:
    def test_a_deep_item_is_kept_apart(self) -> None:
        deep, fine = parse(body_of(text(referral=nested(40)), text(id="wamid.2")))
        assert deep.event == Unparsable("nested too deeply")
        assert fine.external_id == "wamid.2"

    def test_deep_contacts_cost_only_the_names(self) -> None:
        contacts = [{"wa_id": "919800000001", "profile": {"name": "A"}, "more": nested(40)}]
        assert only(body_of(text(), contacts=contacts)).sender.name is None

    def test_a_deep_form_answer_stays_text(self) -> None:
        answer = json.dumps(nested(40))
        reply = {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": answer}}
        assert only(body_of(text(type="interactive", interactive=reply))).content["response"] == answer


class TestShapes:
    @pytest.mark.parametrize("value", [None, [], 1, "x", True])
    def test_a_change_without_a_value(self, value: object) -> None:
        change = {"field": "messages", "value": value}
        body = json.dumps(
            {"object": "whatsapp_business_account", "entry": [{"id": 5, "changes": [change, "x"]}, None]}
        )
        items = parse(body.encode())
        assert [type(item.event) for item in items] == [Unparsable] * 3
        assert [item.account for item in items] == ["5", "5", ""]

    def test_an_object_where_a_list_belongs(self) -> None:
        (item,) = parse(
            body_of().replace(b"[], ", b"{}, ").replace(b'"messages": []', b'"messages": {"id": 1}')
        )
        assert item.event == Unparsable("not a list of items", {"id": 1})

    def test_nothing_in_it(self) -> None:
        (item,) = parse(body_of())
        assert item.event == Ignored("no items in messages")

    @pytest.mark.parametrize("entry", [None, 1, "x", [], True])
    def test_an_entry_that_is_no_message(self, entry: object) -> None:
        broken, fine = parse(body_of(entry, text()))
        assert broken.event == Unparsable("the message is not an object", entry)  # type: ignore[arg-type]
        assert fine.external_id == "wamid.1"

    def test_numbers_where_ids_are_expected(self) -> None:
        event = only(body_of(text(id=12, **{"from": 919800000001})))
        assert (event.external_id, event.sender.lane) == ("12", "919800000001")

    def test_addresses_come_from_every_change(self) -> None:
        changes = [{"value": {"metadata": {"phone_number_id": n}}} for n in (1, "2", "", None, [], "9" * 600)]
        body = json.dumps({"object": "whatsapp_business_account", "entry": [{"changes": changes}, 1]})
        assert envelope.addresses(body.encode()) == {"1", "2"}

    @pytest.mark.parametrize("list_name", ["messages", "contacts", "statuses"])
    def test_more_items_than_any_provider_sends(self, list_name: str) -> None:
        with pytest.raises(MalformedBody, match="more than 10000 items"):
            parse(body_of(**{list_name: [{}] * 10_001}))

    def test_more_changes_too(self) -> None:
        body = {"object": "whatsapp_business_account", "entry": [{"changes": [{}] * 6000}] * 2}
        with pytest.raises(MalformedBody, match="more than 10000 items"):
            parse(json.dumps(body).encode())

    def test_a_thousand_messages_of_a_thousand_people(self) -> None:
        ids = [f"9198{n:08}" for n in range(1000)]
        contacts = [{"wa_id": wa_id, "profile": {"name": f"N{wa_id}"}} for wa_id in reversed(ids)]
        items = parse(body_of(*(text(id=f"w{i}", **{"from": i}) for i in ids), contacts=contacts))
        names = [item.event.sender.name for item in items if isinstance(item.event, MessageReceived)]
        assert names == [f"N{wa_id}" for wa_id in ids]
