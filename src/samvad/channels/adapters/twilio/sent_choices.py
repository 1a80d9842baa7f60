"""Sends of buttons and lists: the content of their shape is found or made, then the message names it."""

import asyncio
from contextlib import suppress
from urllib.parse import urlencode

from samvad.channels.adapters.reading import ident, rows, words
from samvad.channels.adapters.twilio import payloads, templates
from samvad.channels.adapters.twilio.api import Twilio
from samvad.channels.adapters.twilio.choices import Choice
from samvad.channels.errors import OutcomeUnknown, SendError, TemplateMissing, Transient
from samvad.channels.types import ChannelCredentials, Outbound, SendReceipt
from samvad.kernel.ids import ChannelId

Key = tuple[ChannelId, str, str, str]


class SentChoices:
    """One per process. Contents are remembered here and looked up by name in the account: no process knows
    what another one made, and one made twice does no harm."""

    def __init__(self, twilio: Twilio) -> None:
        self._twilio = twilio
        self._contents: dict[Key, asyncio.Task[str]] = {}

    async def send(self, message: Outbound, *, via: ChannelCredentials) -> SendReceipt:
        """Nothing is sent while the content is made: whatever goes wrong there may be tried again."""
        choice = payloads.choice_of(message, via=via)  # what Twilio would refuse of it makes no content
        sid = await self._content(choice, via)
        try:
            return await self._twilio.send(message, via=via, content=sid)
        except TemplateMissing:  # somebody deleted it: surely not sent
            sid = await self._content(choice, via, instead_of=sid)
            return await self._twilio.send(message, via=via, content=sid)

    async def _content(self, choice: Choice, via: ChannelCredentials, *, instead_of: str = "") -> str:
        """Messages that need the same one at the same time wait for one call."""
        key = (via.channel, via.account, via.base_url, choice.name)
        known = self._contents.get(key)
        if known is None or _is(known, instead_of):
            known = asyncio.create_task(self._had(choice, via, instead_of))
            known.add_done_callback(lambda ended: self._ended(key, ended))
            self._contents[key] = known
        return await asyncio.shield(known)

    def _ended(self, key: Key, task: asyncio.Task[str]) -> None:
        """What failed is tried anew by the next message."""
        if (task.cancelled() or task.exception()) and self._contents.get(key) is task:
            del self._contents[key]

    async def _had(self, choice: Choice, via: ChannelCredentials, instead_of: str) -> str:
        with suppress(SendError):  # whatever is wrong, the call that makes one says it
            if found := await self._found(choice, via, instead_of):
                return found
        return await self._made(choice, via)

    async def _found(self, choice: Choice, via: ChannelCredentials, instead_of: str) -> str | None:
        """Twilio takes the name for a pattern, and may still list what is gone."""
        path = f"/v2/Content?{urlencode({'ContentName': choice.name, 'PageSize': 50})}"
        answer = await self._twilio.call("GET", path, via=via, product=templates.PRODUCT)
        named = (one for one in rows(answer, "contents") if words(one, "friendly_name") == choice.name)
        return next((sid for one in named if (sid := ident(one, "sid")) and sid != instead_of), None)

    async def _made(self, choice: Choice, via: ChannelCredentials) -> str:
        try:
            answer = await self._twilio.call(
                "POST", templates.CONTENT, via=via, product=templates.PRODUCT, json=choice.definition
            )
        except OutcomeUnknown as failure:
            raise Transient(failure.detail) from failure
        sid = ident(answer, "sid")
        if sid is None:
            raise Transient("the answer names no content")
        return sid


def _is(task: asyncio.Task[str], sid: str) -> bool:
    return task.done() and not task.cancelled() and task.exception() is None and task.result() == sid
