"""The golden table of Evolution API, and what is no call of it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samvad.channels.adapters.evolution.adapter import EvolutionAdapter
from samvad.channels.adapters.evolution.api import Gateway
from samvad.channels.adapters.evolution.settings import HEADER
from samvad.channels.errors import MalformedBody
from samvad.channels.types import Item, MessageReceived, RawRequest
from samvad.kernel.clock import FrozenClock
from tests.channels.adapters.golden import PAYLOADS, cases, check

LATEST = datetime(2027, 1, 1, tzinfo=UTC)
CASES = cases("evolution")
ADAPTER = EvolutionAdapter(cast(Gateway, None), FrozenClock(LATEST))


def body(name: str) -> bytes:
    return (PAYLOADS / "evolution" / f"{name}.json").read_bytes()


def items(name: str) -> list[Item]:
    return [*ADAPTER.parse(RawRequest({}, body(name)))]


def test_the_table_is_large() -> None:
    assert len(CASES) >= 80


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_payload(case: Path) -> None:
    check(case, ADAPTER.parse(RawRequest({}, case.read_bytes())))


def test_a_repeated_call_has_the_same_id_told_or_listed_by_number_or_hidden_name() -> None:
    names = ("text", "duplicate", "text_in_capitals")
    assert {items(name)[0].external_id for name in names} == {
        "919876543210@s.whatsapp.net_3EB0C767D097B7C70001"
    }
    hidden = {
        items(name)[0].external_id for name in ("text_by_hidden_name_with_number", "text_with_sender_pn")
    }
    assert hidden == {"919876543210@s.whatsapp.net_3EB0C767D097B7C70001"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("edit_by_update", "edit_within_upsert"), ("deleted", "deleted_by_update"),
     ("deleted", "revoke_within_upsert"), ("edit_by_update", "edit_by_event_with_its_chat")],
)  # fmt: skip
def test_a_change_that_is_told_twice_is_one(one: str, other: str) -> None:
    (first,), (second,) = items(one), items(other)
    assert isinstance(first.event, MessageReceived)
    assert first.external_id == second.external_id


@pytest.mark.parametrize("given", [b"", b"null", b"[]", b"{}", b'{"event":1}', b'{"data":{}}', b"\xff"])
def test_what_is_no_event_is_malformed(given: bytes) -> None:
    with pytest.raises(MalformedBody):
        ADAPTER.parse(RawRequest({}, given))


@pytest.mark.parametrize(
    ("given", "believed"), [("secret-of-a-test", True), ("secret-of-a-tes", False), ("", False), ("Ü", False)]
)
def test_the_secret_of_a_call(given: str, believed: bool) -> None:
    call = RawRequest({HEADER: given}, b"{}")
    assert ADAPTER.verify(call, secret="secret-of-a-test") is believed
    assert not ADAPTER.verify(call, secret="")
    assert not ADAPTER.verify(RawRequest({}, b"{}"), secret="secret-of-a-test")


def test_keys_and_codes_are_not_kept_and_the_rest_reads_the_same() -> None:
    for case in CASES:
        raw = case.read_bytes()
        kept = ADAPTER.redacted(raw)
        assert ADAPTER.parse(RawRequest({}, kept)) == ADAPTER.parse(RawRequest({}, raw)), case.stem
        assert b"INSTANCE-TOKEN" not in kept
        assert b"key-of-a-channel" not in kept
    for word in (b"2@y8eK", b"WZYEH1YY", b"iVBOR"):
        assert word not in ADAPTER.redacted(body("qr_code"))
    assert ADAPTER.redacted(b"no json") == b"no json"


WORDS = st.sampled_from(
    ["event", "data", "messages.upsert", "messages.update", "key", "remoteJid", "1234567@lid", "message",
     "id", "fromMe", "editedMessage", "protocolMessage", "keyId", "status", "samvad.listed", "MessageUpdate"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=20,
)


@settings(max_examples=40, deadline=None)
@given(JSON, st.sampled_from(["messages.upsert", "messages.update", "messages.edited", "connection.update"]))
def test_whatever_stands_in_a_call_is_read(data: object, event: str) -> None:
    raw = orjson.dumps({"event": event, "data": data}, option=orjson.OPT_NON_STR_KEYS, default=str) \
        if _fits(data) else b"{}"  # fmt: skip
    for call in (raw, ADAPTER.redacted(raw)):
        try:
            ADAPTER.parse(RawRequest({}, call))
        except MalformedBody:
            assert call == b"{}"


def _fits(data: object) -> bool:
    try:
        orjson.dumps(data)
    except TypeError:
        return False
    return True
