"""Files of ours: handed over whole or by link, each kind that is declared, and no failure tells too much."""

from base64 import b64encode
from collections import Counter
from typing import ClassVar
from urllib.parse import unquote

import pytest

from samvad.channels.errors import OutcomeUnknown, SendError
from samvad.channels.testing.example import LINK, Example, Stage, play
from samvad.channels.testing.peer import Answer
from samvad.channels.types import FileRule, SendReceipt, SendsFileLinks, SendsFiles, TakesFiles

_TOKEN = LINK.rpartition("/")[2]


class FileChecks:
    """All of it holds for an adapter that sends no files."""

    example: ClassVar[Example]

    @property
    def rules(self) -> list[FileRule]:
        kind = self.example.adapter
        return [*kind.file_rules()] if issubclass(kind, TakesFiles) else []

    def test_its_rules_for_files_can_hold(self) -> None:
        kind = self.example.adapter
        sends = issubclass(kind, SendsFiles), issubclass(kind, SendsFileLinks)
        assert sends.count(True) == issubclass(kind, TakesFiles), "files leave whole or by link"
        for rule in self.rules:
            assert rule.kind in kind.capabilities.kinds, rule.kind
            assert rule.most > 0
            assert [name for name in rule.types if name != name.lower() or ";" in name] == []
            assert [ending for ending in rule.types.values() if not ending.startswith(".")] == []

    def test_a_file_of_every_kind_that_it_names_leaves_whole(self) -> None:
        for rule in self.rules:

            async def act(on: Stage, rule: FileRule = rule) -> None:
                assert (await _sent(on, rule)).external_id, rule.kind

            bodies = [one.body for one in play(self.example, act).asked]
            if issubclass(self.example.adapter, SendsFileLinks):
                assert [body for body in bodies if LINK in unquote(body.decode())], rule.kind
            else:
                content = self.example.with_file(rule)[1].content
                spellings = (content, b64encode(content))
                assert [body for body in bodies if any(one in body for one in spellings)], rule.kind

    def test_every_end_of_a_file_s_send_is_a_receipt_or_a_known_failure(self) -> None:
        said = f"cannot fetch {LINK}".encode()
        bodies = (b"", b"{}", b"<html>", b'{"message":"%b","description":"%b"}' % (said, said))
        answers = [Answer(status, body) for status in (200, 400, 401, 404, 413, 429, 500) for body in bodies]

        async def act(on: Stage) -> None:
            for answer in answers:
                on.peer.answers = self.example.refusing(answer)
                with pytest.raises(SendError) as refused:
                    await _sent(on, self.rules[0])
                given = (_TOKEN,) if isinstance(on.adapter, SendsFileLinks) else ()
                told = f"{refused.value!r} {refused.value}"
                assert not [word for word in (*on.secrets, *given) if word in told], answer

        if self.rules:
            play(self.example, act)

    def test_a_file_whose_send_had_no_answer_is_not_sent_twice(self) -> None:
        async def act(on: Stage) -> None:
            with pytest.raises(OutcomeUnknown):
                await _sent(on, self.rules[0])

        if self.rules:
            asked = play(self.example, act, self.example.refusing(Answer(hang_up=True))).asked
            assert max(Counter((one.method, one.path) for one in asked).values()) == 1


async def _sent(on: Stage, rule: FileRule) -> SendReceipt:
    message, file = on.example.with_file(rule)
    if isinstance(on.adapter, SendsFileLinks):
        return await on.adapter.send_link(message, LINK, via=on.via)
    assert isinstance(on.adapter, SendsFiles)
    return await on.adapter.send_file(message, file, via=on.via)
