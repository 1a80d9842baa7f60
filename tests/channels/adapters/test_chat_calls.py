"""What a program is pushed, how it is signed, and whom nobody is pushed for."""

import hashlib
import hmac
from dataclasses import replace

import orjson
import pytest

from samvad.channels.adapters.chat.adapter import ChatAdapter
from samvad.channels.errors import OutcomeUnknown, RecipientUnreachable
from samvad.channels.testing import Answer
from samvad.channels.testing.example import NOW, OUR_ID, Stage, built, filled, play
from samvad.channels.types import Identity, IdentityKind
from samvad.kernel.errors import Invalid
from tests.channels.adapters.examples import CHAT

ANNA = Identity(IdentityKind.VISITOR, "anna")


def test_a_reply_is_posted_signed_over_time_and_body() -> None:
    async def act(on: Stage) -> None:
        receipt = await on.adapter.send(replace(CHAT.text, to=(ANNA,), reply_to="anna:c-1"), via=on.via)
        assert receipt.external_id == str(OUR_ID)

    (asked,) = play(CHAT, act).asked
    at = int(NOW.timestamp())
    mac = hmac.new(CHAT.values["signing_secret"].encode(), f"{at}.".encode() + asked.body, hashlib.sha256)
    assert asked.headers["x-samvad-signature"] == f"t={at},v1={mac.hexdigest()}"
    said = orjson.loads(asked.body)
    assert said["visitor"] == "anna"
    assert said["message"] == {
        "id": str(OUR_ID), "kind": "text", "text": "Namaste 🙏", "reply_to": "c-1",
    }  # fmt: skip


def test_nobody_is_called_for_a_visitor_of_the_widget_or_without_a_callback() -> None:
    async def act(on: Stage) -> None:
        web = Identity(IdentityKind.VISITOR, "web-1")
        for message, via in (
            (replace(CHAT.text, to=(web,)), on.via),
            (CHAT.text, replace(on.via, base_url="")),
        ):
            assert (await on.adapter.send(message, via=via)).external_id == str(OUR_ID)

    assert play(CHAT, act).asked == []


def test_a_yes_that_names_another_message_is_none() -> None:
    async def act(on: Stage) -> None:
        with pytest.raises(OutcomeUnknown, match="received"):
            await on.adapter.send(CHAT.text, via=on.via)

    play(CHAT, act, lambda _: Answer(200, b'{"received":"another"}'))


def test_somebody_known_by_their_number_alone_is_not_reached() -> None:
    async def act(on: Stage) -> None:
        with pytest.raises(RecipientUnreachable):
            await on.adapter.send(
                replace(CHAT.text, to=(Identity(IdentityKind.PHONE, "+919876543210"),)), via=on.via
            )

    assert play(CHAT, act).asked == []


def test_the_public_key_stays_when_secrets_are_changed() -> None:
    adapter = built(CHAT)
    first = adapter.complete(filled(CHAT))
    again = adapter.complete({**first, "visitor_secret": "another-secret-of-visitors"})
    assert len(first["public_key"]) == 24
    assert again["public_key"] == first["public_key"] == again["visitors"]
    other = adapter.complete(filled(CHAT) | {"visitor_secret": "another-secret-of-visitors"})
    assert other["public_key"] != first["public_key"]


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("allowed_origins", "shop.example"),
        ("allowed_origins", "https://shop.example/path"),
        ("allowed_origins", "http://shop.example"),
        ("allowed_origins", "*"),
        ("allowed_origins", " ".join(f"https://a{n}.example" for n in range(21))),
        ("quick_replies", "|".join("abcdefg")),
        ("quick_replies", "x" * 65),
    ],
)
def test_what_no_widget_can_have_is_refused_with_its_field(field: str, word: str) -> None:
    adapter = built(CHAT)
    with pytest.raises(Invalid) as wrong:
        adapter.complete(filled(CHAT) | {field: word})
    assert [fault.field for fault in wrong.value.errors] == [field]
    assert isinstance(adapter, ChatAdapter)
