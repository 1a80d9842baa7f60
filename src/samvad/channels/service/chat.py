"""The chat channels of this installation: who may speak by them, and what they say, taken in by the door."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import orjson

from samvad.channels.adapters.chat import calls, form, tokens
from samvad.channels.adapters.chat.adapter import CHAT, WIDGET
from samvad.channels.service import numbers
from samvad.channels.service.directory import REMEMBER
from samvad.channels.service.door import Door
from samvad.channels.service.vault import Vault
from samvad.channels.types import Channel, ChannelCredentials, RawRequest
from samvad.kernel.clock import Clock
from samvad.kernel.errors import FieldError, Forbidden, Invalid, NotFound, Unauthenticated
from samvad.kernel.ids import TenantId
from samvad.kernel.json import JsonObject
from samvad.platform.db import Database
from samvad.platform.wakeups import Topic, Wakeups
from samvad.tenancy.service.tenants import get_tenant

FAMILY = "chat"
_MOST = 10_000
PASS_LASTS = timedelta(days=180)
TEXT, NAME, VISITOR, MESSAGE = calls.TEXT, calls.NAME, calls.VISITOR, calls.MESSAGE
external_id, own_id = calls.external_id, calls.own_id


@dataclass(frozen=True, slots=True)
class Line:
    """A chat channel that somebody was let in to."""

    tenant: TenantId
    channel: Channel
    credentials: ChannelCredentials = field(repr=False)
    language: str = ""  # of the business

    @property
    def key(self) -> str:
        return self.channel.address


@dataclass(frozen=True, slots=True)
class Look:
    """What the widget shows before anybody wrote."""

    title: str
    greeting: str
    quick_replies: Sequence[str]
    accent: str
    language: str


class ChatLines:
    def __init__(
        self, database: Database, door: Door, vault: Vault, clock: Clock, *, wakeups: Wakeups
    ) -> None:
        self._database = database
        self._door = door
        self._vault = vault
        self._clock = clock
        self._changed = wakeups.waiter(Topic.ROUTES)
        self._known: dict[str, tuple[datetime, Line]] = {}

    async def program(self, key: str, api_key: str | None) -> Line:
        """For a program that shows the channel's API key. Raises Unauthenticated, also for a key of nobody's:
        the two are never told apart."""
        shown = RawRequest({"authorization": f"Bearer {api_key or ''}"}, b"")
        route = await self._door.proved(key, shown) if api_key else None
        if route is None:
            raise Unauthenticated("This API key does not open this chat channel")
        return await self._line(key)

    async def browser(self, key: str, *, origin: str, host: str) -> Line:
        """For the widget on the site at `origin`, as browsers name it; pages of `host`, our own, always may.
        Raises NotFound, Forbidden."""
        line = await self._line(key)
        allowed = form.origins_of(line.channel.options.get("allowed_origins", ""))
        if not origin or (origin not in allowed and origin.partition("://")[2] != host):
            raise Forbidden(f"The channel's list of sites does not hold {(origin or 'this site')[:100]}")
        return line

    async def known(self, key: str) -> Line:
        """Raises NotFound."""
        return await self._line(key)

    async def _line(self, key: str) -> Line:
        now = self._clock.now()
        if self._changed.take():
            self._known.clear()
        remembered = self._known.get(key)
        if remembered and remembered[0] > now:
            return remembered[1]
        route = await self._door.answering(key)
        if route is None:
            raise NotFound
        async with self._database.reading(route.tenant) as scope:
            channel = await numbers.one(scope, route.channel)
            tenant = await get_tenant(scope)
        if channel is None:
            raise NotFound
        credentials = self._vault.credentials(route.tenant, channel)
        line = Line(route.tenant, channel, credentials, tenant.settings.language)
        if len(self._known) > _MOST:
            self._known.clear()
        self._known[key] = (now + REMEMBER, line)
        return line

    def look(self, line: Line) -> Look:
        options: Mapping[str, str] = line.channel.options
        return Look(
            title=options.get("widget_title") or line.channel.name,
            greeting=options.get("greeting", ""),
            quick_replies=form.quick_of(options.get("quick_replies", "")),
            accent=options.get("accent", ""),
            language=line.language,
        )

    def visitor(self, line: Line, token: str | None) -> str | None:
        """Whose pass it is; None: nobody's, or not any more."""
        now, secret = int(self._clock.now().timestamp()), line.credentials.secret("visitor_secret")
        return tokens.visitor_of(secret, token or "", key=line.key, now=now)

    def welcome(self, line: Line, known: str | None) -> tuple[str, str]:
        """A visitor and a new pass for them; without a `known` one a new visitor."""
        visitor = known or WIDGET + secrets.token_hex(12)
        until = int((self._clock.now() + PASS_LASTS).timestamp())
        secret = line.credentials.secret("visitor_secret")
        return visitor, tokens.sign(secret, key=line.key, visitor=visitor, expires_at=until)

    async def say(self, line: Line, message: JsonObject) -> None:
        """A visitor's message, in words of the wire. Returns after the commit."""
        await self._take(line, {"messages": [message]})

    async def tell(self, line: Line, message: str, status: str) -> None:
        """How far one of our messages got. Returns after the commit."""
        await self._take(line, {"statuses": [{"message_id": message, "status": status}]})

    async def _take(self, line: Line, said: JsonObject) -> None:
        await self._door.take_in(RawRequest({}, orjson.dumps(said)), line.channel, line.tenant)


def foreign(visitor: str) -> str:
    """A visitor as a program names them. Raises Invalid for the widget's own."""
    if visitor.startswith(WIDGET):
        raise Invalid(errors=[FieldError("visitor.id", f"begins with {WIDGET}: these are the widget's own")])
    return visitor


__all__ = ["CHAT", "FAMILY", "MESSAGE", "NAME", "TEXT", "VISITOR", "ChatLines", "Line", "Look",
           "external_id", "foreign", "own_id"]  # fmt: skip
