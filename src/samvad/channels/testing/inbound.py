"""What comes in: believed only with its proof, read the same each time, and never a cause to fall over."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import parse_qsl

import orjson

from samvad.channels.codec import event_from_json, event_to_json
from samvad.channels.errors import MalformedBody
from samvad.channels.testing.example import BODY, Example, Stage, built, credentials
from samvad.channels.testing.hostile import JUNK, Spoiler
from samvad.channels.testing.peer import Peer
from samvad.channels.types import (
    TARGET,
    Acknowledges,
    ChannelAdapter,
    EchoReceived,
    IdentityChanged,
    Ignored,
    Item,
    MessageReceived,
    RawRequest,
    StatusReceived,
)

_MAX_ID = 512
_STRANGE = ("", " ", "x", "é", "\udc80", "=" * 10_000, "sha256=" + "0" * 64, "Basic Og==")


class InboundChecks:
    example: ClassVar[Example]

    def stage(self) -> Stage:
        """Without a peer: nothing is called."""
        adapter = built(self.example)
        via = credentials(self.example, adapter, base_url="https://provider.example.org")
        return Stage(adapter, via, Peer(self.example.accepts), self.example)

    def test_its_own_event_is_believed(self) -> None:
        """Where several secrets prove, each does: one may just be changed for another."""
        on = self.stage()
        signed, *more = on.proof.split("\n")
        older = (signed, f"{signed}\nan-older-word", f"an-older-word\n{signed}") if more else ()
        for secret in (on.proof, *older):
            assert on.adapter.verify(on.event(), secret=secret)

    def test_another_secret_is_not_believed(self) -> None:
        on = self.stage()
        words = on.proof.split("\n")
        for other in (str.swapcase, lambda word: word[:-1], lambda word: word + "x", lambda word: " " + word):
            changed = [one for one in map(other, words) if one not in words]
            assert not on.adapter.verify(on.event(), secret="\n".join(changed))

    def test_an_empty_secret_proves_nothing(self) -> None:
        on = self.stage()
        empty = replace(on, via=replace(on.via, secrets=dict.fromkeys(on.via.secrets, "")))
        for event in (on.event(), empty.event(), RawRequest({}, b""), RawRequest({}, b"{}")):
            assert not on.adapter.verify(event, secret="")

    def test_one_changed_byte_is_noticed(self) -> None:
        on = self.stage()
        assert self.example.proven, "say where a change must be noticed"
        for place in self.example.proven:
            changed = list(_changed(on.event(), place))
            assert changed, f"the test event has no {place}"
            assert [one for one in changed if on.adapter.verify(one, secret=on.proof)] == []

    def test_no_call_breaks_the_check(self) -> None:
        on = self.stage()
        names = {*on.event().headers, *on.adapter.kept} - {TARGET}
        for word in _STRANGE:
            for body in (b"", b"\xff", *JUNK[:4]):
                call = RawRequest(dict.fromkeys(names, word), body, query=word, path="/" + word)
                assert not on.adapter.verify(call, secret=on.proof)
                assert not on.adapter.verify(call, secret="another-word")

    def test_its_own_event_has_no_effect(self) -> None:
        on = self.stage()
        items = on.adapter.parse(on.event())
        assert items, "the test event is not seen"
        assert {type(item.event) for item in items} == {Ignored}
        assert {item.address for item in items} <= {"", on.via.address}

    def test_the_handshake_takes_its_own_word_alone(self) -> None:
        on = self.stage()
        adapter, word = on.adapter, on.via.secret(on.adapter.handshake_word)
        asked = adapter.test_handshake(on.via, nonce="n1")
        assert (asked is None) == (not adapter.handshake_word)
        query = dict(parse_qsl(asked or ""))
        assert adapter.challenge(query, verify_token="") is None
        assert adapter.challenge(query, verify_token="another-word") is None
        assert adapter.challenge({}, verify_token=word or "x") is None
        if asked is not None:
            assert adapter.offered(query) == word
            assert adapter.challenge(query, verify_token=word) == "n1"

    def test_a_call_says_the_same_each_time(self) -> None:
        """Providers send twice, and the journal asks again years later."""
        one, other = built(self.example), built(self.example)
        assert self.example.calls, "give it calls to read"
        for name, call in self.example.calls.items():
            items = one.parse(call)
            assert items, name
            assert one.parse(call) == items, name
            again = RawRequest.again(call.kept(one.kept), call.body)
            assert other.parse(again) == items, f"{name}: parsing needs more than `kept` keeps"

    def test_every_item_is_whole(self) -> None:
        on = self.stage()
        for name, call in self.example.calls.items():
            for item in on.adapter.parse(call):
                _whole(item, name)

    def test_addresses_are_those_of_the_items(self) -> None:
        on = self.stage()
        for name, call in self.example.calls.items():
            named = {item.address for item in on.adapter.parse(call) if item.address}
            assert on.adapter.addresses(call) == named, name

    def test_no_secret_is_kept_with_a_call(self) -> None:
        """The journal keeps these in the clear."""
        on = self.stage()
        kept = on.event().kept(on.adapter.kept)
        assert [name for name, value in kept.items() if any(word in value for word in on.secrets)] == []

    def test_whatever_comes_is_read_or_malformed(self) -> None:
        adapter, spoiler = built(self.example), Spoiler()
        for at, (name, call) in enumerate(self.example.calls.items()):
            for body in (*(() if at else JUNK), *spoiler.spoilt(call.body)):
                for item in _read(adapter, replace(call, body=body)):
                    _whole(item, f"{name}: {body[:400]!r}")


def _read(adapter: ChannelAdapter, call: RawRequest) -> Sequence[Item]:
    """What it holds, nothing for a body that is none; addresses must not disagree."""
    if isinstance(adapter, Acknowledges):
        assert adapter.acknowledge(call).content_type
    try:
        items = adapter.parse(call)
    except MalformedBody:
        return []
    assert adapter.addresses(call) == {item.address for item in items if item.address}
    return items


def _whole(item: Item, where: str) -> None:
    """It can be stored, told apart, and given to somebody."""
    event: Any = item.event
    stored = orjson.loads(orjson.dumps(event_to_json(event)))
    assert "\x00" not in "".join(_texts(stored)), where
    assert event_from_json(stored) == event, where
    if isinstance(event, MessageReceived | EchoReceived | IdentityChanged | StatusReceived):
        assert 0 < len(event.external_id) <= _MAX_ID, where
    if isinstance(event, MessageReceived):
        assert event.sender.lane, where
    if isinstance(event, EchoReceived):
        assert event.recipient.lane, where


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    for inner in (
        [*node, *node.values()] if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from _texts(inner)


def _changed(call: RawRequest, place: str) -> list[RawRequest]:
    """`call` with one bit of one byte of `place` turned, for each of its bytes."""
    if place == BODY:
        return [replace(call, body=body) for body in _turned(call.body)]
    if place == TARGET:
        targets = (body.decode("latin-1") for body in _turned(call.target.encode("latin-1")))
        return [RawRequest.again({TARGET: target, **call.headers}, call.body) for target in targets]
    given = call.headers.get(place, "").encode("latin-1")
    return [replace(call, headers={**call.headers, place: one.decode("latin-1")}) for one in _turned(given)]


def _turned(given: bytes) -> list[bytes]:
    return [given[:at] + bytes([given[at] ^ 1]) + given[at + 1 :] for at in range(len(given))]
