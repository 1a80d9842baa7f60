"""What leaves: every end of a call is a receipt or a SendError, and no secret is in what is said of it."""

import asyncio
import socket
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import pytest

from samvad.channels.errors import ChannelBlocked, FileGone, OutcomeUnknown, SendError
from samvad.channels.rules import Outcome, reaction
from samvad.channels.testing.example import Example, Stage, built, credentials, play
from samvad.channels.testing.peer import Answer
from samvad.channels.types import FetchesFiles, Kind, Media, MessageReceived, Outbound, Polls

_BODIES = (b"", b"{}", b"[]", b"null", b"<html>bad gateway</html>", b'{"a":', b"\xff")
_STATUSES = (200, 201, 204, 301, 302, 400, 401, 402, 403, 404, 405, 408, 409, 413, 422, 425, 429, 451, 466,
             500, 502, 503, 504, 599)  # fmt: skip


class OutboundChecks:
    example: ClassVar[Example]

    def test_a_text_leaves_and_has_an_id_then(self) -> None:
        async def act(on: Stage) -> None:
            receipt = await on.adapter.send(on.example.text, via=on.via)
            assert receipt.external_id

        peer = play(self.example, act)
        assert peer.asked, "nothing was sent"
        assert len(peer.asked[-1].body) > 0 or "?" in peer.asked[-1].path

    def test_every_kind_it_names_can_be_sent(self) -> None:
        given = {content.kind for content in self.example.contents} | {Kind.TEXT}
        assert given == self.example.adapter.capabilities.kinds, "give the example a content of every kind"

        async def act(on: Stage) -> None:
            for content in on.example.contents:
                assert on.adapter.faults(content) == [], content.kind
                receipt = await on.adapter.send(on.example.outbound(content), via=on.via)
                assert receipt.external_id, content.kind

        play(self.example, act)

    def test_no_other_kind_is_even_tried(self) -> None:
        async def act(on: Stage) -> None:
            for kind in set(Kind) - on.adapter.capabilities.kinds:
                with pytest.raises(SendError):
                    await on.adapter.send(replace(on.example.text, kind=kind), via=on.via)

        assert play(self.example, act).asked == []

    def test_what_can_never_be_taken_is_refused_without_a_call(self) -> None:
        async def act(on: Stage) -> None:
            for message in _hopeless(on.example, on.adapter.capabilities.text_limit):
                with pytest.raises(SendError):
                    await on.adapter.send(message, via=on.via)

        assert play(self.example, act).asked == []

    def test_no_text_breaks_a_send(self) -> None:
        async def act(on: Stage) -> None:
            for text in ("\ud83d no pair", "a\x00b", "\u202e\u200d", "&=%\"'<>\\\r\n", "🙏" * 20):
                failure = await _failing(on, replace(on.example.text, text=text))
                assert failure is None or isinstance(failure, SendError), (text, failure)

        play(self.example, act)

    def test_whoever_writes_can_be_answered(self) -> None:
        """With a quote of what they wrote, and the sign that an answer is being written."""

        async def act(on: Stage) -> None:
            for name, call in on.example.calls.items():
                events = [item.event for item in on.adapter.parse(call)]
                for event in (one for one in events if isinstance(one, MessageReceived)):
                    answer = replace(on.example.text, to=event.sender.identities, reply_to=event.external_id)
                    assert (await on.adapter.send(answer, via=on.via)).external_id, name
                    if on.adapter.capabilities.mark_read or on.adapter.capabilities.typing:
                        await on.adapter.mark_read(event.external_id, via=on.via, typing=True)

        play(self.example, act)

    def test_every_answer_is_a_receipt_or_a_known_failure(self) -> None:
        answers = [Answer(status, body) for status in _STATUSES for body in _BODIES]
        answers += [Answer(status, b" " * 1_100_000) for status in (200, 400, 500)]  # more than is read

        async def act(on: Stage) -> None:
            for answer in answers:
                on.peer.answers = self.example.refusing(answer)
                failure = await _failing(on, on.example.text)
                refused = (answer.status, answer.body[:20], failure)
                assert isinstance(failure, SendError), refused
                if 200 <= answer.status < 300:
                    assert isinstance(failure, OutcomeUnknown), refused
                if answer.status == 429:
                    assert reaction(failure.code).outcome is Outcome.RETRY, refused
                _tells_nothing(failure, on.secrets)

        play(self.example, act)

    def test_a_provider_that_says_nothing_leaves_the_outcome_unknown(self) -> None:
        for answer in (Answer(silent=True), Answer(hang_up=True)):

            async def act(on: Stage) -> None:
                failure = await _failing(on, on.example.text)
                assert isinstance(failure, OutcomeUnknown), failure
                _tells_nothing(failure, on.secrets)

            asked = play(self.example, act, self.example.refusing(answer)).asked
            again = Counter((one.method, one.path, one.body) for one in asked)
            assert max(again.values()) == 1, "a call whose outcome is unknown was repeated"

    def test_a_content_whose_answer_is_cut_is_not_sent_twice(self) -> None:
        async def act(on: Stage) -> None:
            for content in on.example.contents:
                failure = await _failing(on, on.example.outbound(content))
                assert isinstance(failure, OutcomeUnknown), (content.kind, failure)
                _tells_nothing(failure, on.secrets)

        asked = play(self.example, act, self.example.refusing(Answer(hang_up=True))).asked
        sends = [one for one in asked if not self.example.asks(one)]
        assert len(sends) == len(self.example.contents), "a content was sent more or less than once"

    def test_a_provider_that_is_not_there_was_surely_not_reached(self) -> None:
        async def act(on: Stage) -> None:
            for base_url in (_closed(), "http://127.0.0.1:1", "https://10.0.0.1", "ftp://x", "http://"):
                failure = await _failing(replace(on, via=replace(on.via, base_url=base_url)), on.example.text)
                assert isinstance(failure, SendError), (base_url, failure)
                assert not isinstance(failure, OutcomeUnknown), base_url
                _tells_nothing(failure, on.secrets)

        assert play(self.example, act).asked == []

    def test_a_private_address_is_not_called(self) -> None:
        async def act(on: Stage) -> None:
            assert isinstance(await _failing(on, on.example.text), ChannelBlocked)

        assert play(self.example, act, allowed=False).asked == []

    def test_a_secret_that_is_none_stops_the_channel(self) -> None:
        async def act(on: Stage) -> None:
            for word in ("", " ", "a\r\nX-Evil: 1", "tökén", "\ud800"):
                bare = replace(on.via, secrets=dict.fromkeys(on.via.secrets, word))
                failure = await _failing(replace(on, via=bare), on.example.text)
                assert isinstance(failure, SendError), word
                assert reaction(failure.code).stop_channel, word

        assert play(self.example, act).asked == []

    def test_a_test_of_the_channel_names_what_failed(self) -> None:
        for answer in (Answer(500), Answer(401, b"{}"), Answer(200, b"null"), Answer(hang_up=True)):

            async def act(on: Stage) -> None:
                steps = await on.adapter.probe(on.via)
                failed = [step for step in steps if not step.ok]
                assert failed, [step.name for step in steps]
                assert all(step.detail for step in failed)
                assert not [s for s in steps if any(word in s.detail for word in on.secrets)]

            play(self.example, act, lambda _, given=answer: given)  # type: ignore[misc]

    def test_asking_for_news_ends_in_news_or_a_known_failure(self) -> None:
        answers = [Answer(status, body) for status in (200, 400, 401, 404, 429, 500) for body in _BODIES]

        async def act(on: Stage) -> None:
            if not isinstance(on.adapter, Polls):
                return
            for answer in (*answers, Answer(hang_up=True)):
                on.peer.answers = lambda _, given=answer: given  # type: ignore[misc]
                on.peer.asked.clear()
                try:
                    fetched = await on.adapter.fetch(on.via, "")
                except SendError as failure:
                    _tells_nothing(failure, on.secrets)
                    continue
                assert fetched.call is None, answer
                assert not on.peer.asked or fetched.cursor == "", f"{answer} was taken for no news"

        play(self.example, act)

    def test_a_file_that_cannot_be_had_is_gone_or_a_known_failure(self) -> None:
        answers = [Answer(status, body) for status in (200, 301, 401, 404, 410, 429, 500) for body in _BODIES]

        async def act(on: Stage) -> None:
            if not isinstance(on.adapter, FetchesFiles):
                return
            media = Media(id="file-1", mime_type="image/jpeg", url=f"{on.peer.url}/file-1")
            for answer in (*answers, Answer(hang_up=True)):
                on.peer.answers = lambda _, given=answer: given  # type: ignore[misc]
                try:
                    async with on.adapter.open_file(media, via=on.via) as found:
                        assert [chunk async for chunk in found.chunks] in ([], [answer.body]), answer
                except (SendError, FileGone) as failure:
                    _tells_nothing(failure, on.secrets)

        play(self.example, act)

    def test_credentials_do_not_show(self) -> None:
        adapter = built(self.example)
        via = credentials(self.example, adapter, base_url="https://provider.example.org")
        shown = f"{via!r} {via} {adapter!r}"
        assert not [word for word in via.secrets.values() if word in shown]

    def test_nothing_is_logged_of_them(
        self, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
    ) -> None:
        secrets: list[str] = []

        async def act(on: Stage) -> None:
            secrets.extend(on.secrets)
            await on.adapter.send(on.example.text, via=on.via)
            for answer in (Answer(500), Answer(hang_up=True), Answer(401)):
                on.peer.answers = lambda _, given=answer: given  # type: ignore[misc]
                await _failing(on, on.example.text)
                await on.adapter.probe(on.via)

        with caplog.at_level(1):
            play(self.example, act)
        said = caplog.text + "".join(capsys.readouterr())
        assert not [word for word in secrets if word in said]


async def _failing(on: Stage, message: Outbound) -> BaseException | None:
    try:
        await on.adapter.send(message, via=on.via)
    except (Exception, asyncio.CancelledError) as failure:
        return failure
    return None


def _hopeless(example: Example, limit: int) -> Sequence[Outbound]:
    text = example.text
    return [
        replace(text, text="x" * (limit + 1)),
        replace(text, text=""),
        replace(text, text=" \n\x00"),
        replace(text, to=()),
        *(replace(example.outbound(content), content={"no_such": 1}) for content in example.contents),
    ]


def _tells_nothing(failure: BaseException, secrets: Sequence[str]) -> None:
    """Not in its words, and not in what a log of it would hold."""
    said = f"{failure!r} {failure} {''.join(traceback.format_exception(failure))}"
    assert not [word for word in secrets if word in said]


def _closed() -> str:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{door.getsockname()[1]}"
