"""The golden table of Green API, and what is no notification of it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samvad.channels.adapters.green_api import kinds, notifications
from samvad.channels.adapters.green_api.adapter import GreenAdapter
from samvad.channels.adapters.green_api.api import Green
from samvad.channels.errors import MalformedBody
from samvad.channels.types import RawRequest
from samvad.kernel.clock import FrozenClock
from tests.channels.adapters.golden import PAYLOADS, cases, check

LATEST = datetime(2027, 1, 1, tzinfo=UTC)
CASES = cases("green-api")
ADAPTER = GreenAdapter(cast(Green, None), FrozenClock(LATEST))


def test_the_table_is_large() -> None:
    assert len(CASES) >= 70


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_payload(case: Path) -> None:
    check(case, ADAPTER.parse(RawRequest({}, case.read_bytes())))


def test_a_repeated_notification_has_the_same_id_fetched_or_called() -> None:
    ids = {
        ADAPTER.parse(RawRequest({}, (PAYLOADS / "green-api" / f"{name}.json").read_bytes()))[0].external_id
        for name in ("text", "duplicate", "text_fetched")
    }
    assert ids == {"919876543210@c.us_3EB0C767D097B7C70001"}


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"{}", b'{"typeWebhook":1}', b'{"receiptId":1,"body":null}', b"\xff"],
)
def test_what_is_no_notification_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedBody):
        ADAPTER.parse(RawRequest({}, body))


@pytest.mark.parametrize(
    ("header", "believed"),
    [
        ("token-of-a-test", True),
        ("Bearer token-of-a-test", True),
        ("Basic token-of-a-test", True),
        ("bearer  token-of-a-test", True),
        ("token-of-a-tes", False),
        ("Bearer", False),
        ("", False),
        ("Ünïcode", False),
    ],
)
def test_the_token_of_a_call(header: str, believed: bool) -> None:
    call = RawRequest({"authorization": header}, b"{}")
    assert ADAPTER.verify(call, secret="token-of-a-test") is believed
    assert not ADAPTER.verify(call, secret="")


WORDS = st.sampled_from(
    ["typeWebhook", "incomingMessageReceived", "outgoingMessageStatus", "senderData", "chatId", "1@c.us",
     "messageData", "typeMessage", "idMessage", "quotedMessage", "stanzaId", "pollMessageData", "votes"]
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=20,
)


NOTIFICATIONS, TYPES = sorted(notifications._READERS), sorted(kinds._READERS)


@settings(max_examples=100, deadline=None)
@given(JSON, st.sampled_from(NOTIFICATIONS), st.sampled_from(TYPES))
def test_whatever_comes_is_one_item_that_can_be_stored(data: object, word: str, kind: str) -> None:
    given_ = data if isinstance(data, dict) else {}
    parts = {"fileMessageData": data, "extendedTextMessageData": data, "pollMessageData": data}
    body = {
        "idMessage": "A",
        "senderData": {"chatId": "919800000001@c.us"},
        "from": "1@c.us",
        **given_,
        "typeWebhook": word,
        "messageData": {**parts, **given_, "typeMessage": kind},
    }
    (item,) = ADAPTER.parse(RawRequest({}, json.dumps(body, allow_nan=False).encode()))
    orjson.dumps(item.event)
