"""A visitor's words in, and the thread back: asked for, waited for, or followed."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from uuid import UUID

from samvad.channels.service.chat import ChatLines, Line, external_id
from samvad.conversations.errors import ClientIdReused
from samvad.conversations.service import threads
from samvad.conversations.types.threads import Thread
from samvad.kernel.errors import NotFound
from samvad.kernel.identity import Identity, IdentityKind
from samvad.kernel.json import JsonObject
from samvad.platform.db import Database
from samvad.platform.db.paging import pair
from samvad.platform.events.hub import Hub
from samvad.workflows.chat import rules
from samvad.workflows.chat.ear import Ears

BEAT = 15.0  # seconds after which a thread is looked at although nothing was heard


@dataclass(frozen=True, slots=True)
class Words:
    """A visitor's message; `button`: id and title of what they pressed, in place of a text."""

    id: str
    visitor: str
    text: str = ""
    button: tuple[str, str] | None = None
    name: str = ""
    phone: str = ""
    reply_to: str = ""

    @property
    def external_id(self) -> str:
        return external_id(self.visitor, self.id)

    @property
    def said(self) -> str:
        return self.button[1] if self.button else self.text

    def as_json(self) -> JsonObject:
        who = {"id": self.visitor, "name": self.name, "phone": self.phone}
        said: JsonObject = {"id": self.id, "visitor": {k: v for k, v in who.items() if v}}
        if self.reply_to:
            said["reply_to"] = self.reply_to
        if self.button:
            return {**said, "button": {"id": self.button[0], "title": self.button[1]}}
        return {**said, "text": self.text}


class Chat:
    def __init__(self, database: Database, lines: ChatLines, ears: Ears, hub: Hub) -> None:
        self.lines = lines
        self._database = database
        self._ears = ears
        self._hub = hub

    async def say(self, line: Line, words: Words) -> None:
        """Returns after the commit; the same id again changes nothing, with other words ClientIdReused."""
        async with self._database.reading(line.tenant) as scope:
            known = await threads.text_of(scope, line.channel.id, words.external_id)
        if known is None:
            await self.lines.say(line, words.as_json())
        elif known != words.said:
            raise ClientIdReused

    async def seen(self, line: Line, visitor: str, message: UUID, status: str) -> None:
        """How far one of our messages got with this visitor. Raises NotFound for one that is not theirs."""
        async with self._database.reading(line.tenant) as scope:
            if not await threads.has(scope, line.channel.id, _who(visitor), message):
                raise NotFound
        await self.lines.tell(line, str(message), status)

    async def thread(
        self, line: Line, visitor: str, *, cursor: str | None = None, limit: int = threads.MOST
    ) -> Thread:
        """The newest messages, or those before a cursor. Raises Invalid for a cursor of nobody's."""
        async with self._database.reading(line.tenant) as scope:
            return await threads.read(scope, line.channel.id, _who(visitor), before=pair(cursor), limit=limit)

    async def answered(self, line: Line, words: Words, *, within: float) -> tuple[Thread, bool]:
        """The thread once the message is answered, or after `within` seconds; whether there is more to wait
        for is the second."""
        try:
            async with asyncio.timeout(within):
                async with aclosing(self.follow(line, words.visitor)) as threads_:
                    async for thread in threads_:
                        if rules.settled(thread, words.external_id):
                            return thread, True
        except TimeoutError:
            pass
        thread = await self.thread(line, words.visitor)
        return thread, rules.settled(thread, words.external_id)

    async def follow(self, line: Line, visitor: str) -> AsyncGenerator[Thread]:
        """The thread as it is, and again whenever something happened to it, at least every BEAT seconds."""
        conversation: UUID | None = None

        def concerned(text: str) -> bool:
            return str(conversation) in text if conversation else '"message.created"' in text

        async with self._ears.listening(self._hub, line.tenant, concerned) as ear:
            while True:
                await ear.wait(BEAT)
                if ear.ended:
                    return
                thread = await self.thread(line, visitor)
                conversation = thread.conversation
                yield thread


def _who(visitor: str) -> Identity:
    return Identity(IdentityKind.VISITOR, visitor)
