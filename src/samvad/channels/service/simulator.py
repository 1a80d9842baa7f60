"""The sandbox from the app's side: numbers registered with the emulator, passes for its phone page."""

import asyncio
import secrets
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from samvad.channels.repository import routes
from samvad.channels.repository.channels import Channels
from samvad.channels.service.registry import NewChannel, Registry
from samvad.channels.service.vault import Vault
from samvad.channels.types import SANDBOX, Channel, ReplySettings, RouteKind
from samvad.kernel.ids import ChannelId, TenantId
from samvad.kernel.signing import BadPhoneToken, sign_phone_token, verify_phone_token
from samvad.platform.db import Database, ReadScope, Scope, SystemScope
from samvad.platform.http import HostPolicy, HttpClient, HttpError, HttpResponse
from samvad.platform.logging import get_logger

log = get_logger("channels.simulator")

SANDBOX_FAMILY = "meta"  # what it emulates
PASS_LASTS = timedelta(hours=12)
_SECONDS = 5.0
_MOST = 100


@dataclass(frozen=True, slots=True)
class PhonePass:
    channel: Channel
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes to a sandbox number; `phone` as +digits."""

    name: str
    phone: str


class Simulator:
    """`secret` is shared with the emulator's process; `url` is where it listens."""

    def __init__(
        self,
        *,
        registry: Registry,
        vault: Vault,
        http: HttpClient,
        allow: HostPolicy,
        url: str,
        secret: str,
        webhook_base: str,
    ) -> None:
        self._registry = registry
        self._vault = vault
        self._http = http
        self._allow = allow
        self._url = url
        self._secret = secret
        self._webhook_base = webhook_base
        self._leaving = asyncio.Event()

    async def open_number(self, scope: Scope, *, now: datetime) -> Channel:
        """A sandbox number of the tenant, in the tenant's own transaction; the emulator hears of it later."""
        number = f"999{secrets.randbelow(10**12):012d}"
        values = {
            "phone_number_id": number,
            "waba_id": f"998{secrets.randbelow(10**12):012d}",
            "access_token": secrets.token_hex(24),
            "app_secret": secrets.token_hex(24),
            "display_phone_number": f"+1555{secrets.randbelow(10**7):07d}",
            "base_url": self._url,
        }
        new = NewChannel(provider=SANDBOX, name="Sandbox", values=values, settings=ReplySettings())
        return (await self._registry.create(scope, new, at=now)).channel

    async def register(self, tenant: TenantId, channel: Channel) -> bool:
        """Tells the emulator of a number; safe to repeat. False: it does not answer."""
        words = self._vault.unseal(channel)
        body = {
            "waba_id": channel.account,
            "display_phone_number": channel.display_address,
            **words,
            "webhook_url": f"{self._webhook_base}/webhooks/meta/{channel.key}",
            "tenant": str(tenant),
            "verify": False,
        }
        try:
            answer = await self._control("PUT", channel, body=body)
        except HttpError as failure:
            log.warning("simulator.unreachable", why=str(failure))
            return False
        if answer.status >= 300:
            log.warning("simulator.refused", status=answer.status)
        return answer.status < 300

    async def register_all(self, database: Database, tenants: Sequence[TenantId]) -> bool:
        """Whether the emulator knows every sandbox number now."""
        told = True
        for tenant in tenants:
            async with database.reading(tenant) as scope:
                numbers = await self._numbers(scope)
            for channel in numbers:
                told = await self.register(tenant, channel) and told
        return told

    async def settle(
        self, database: Database, tenant: TenantId, *, present: Sequence[Person], absent: Sequence[Person]
    ) -> bool:
        """Introduces people to every sandbox number of the tenant, also after a reset, and lets others go,
        except those who wrote already; safe to repeat. False: the emulator does not answer, or does not know
        the number yet."""
        async with database.reading(tenant) as scope:
            numbers = await self._numbers(scope)
        try:
            return all([await self._settle(number, present, absent) for number in numbers])
        except HttpError as failure:
            log.warning("simulator.unreachable", why=str(failure))
            return False

    async def _settle(self, number: Channel, present: Sequence[Person], absent: Sequence[Person]) -> bool:
        answer = await self._control("GET", number, "/customers")
        if answer.status >= 300:
            return False
        known = {customer["phone"]: customer["id"] for customer in orjson.loads(answer.body)["items"]}
        for person in present:
            body = {"name": person.name, "phone": person.phone, "standing": True}
            await self._control("POST", number, "/customers", body=body)
        for person in absent:
            if person.phone in known:
                await self._control("DELETE", number, f"/customers/{known[person.phone]}")
        return True

    async def _control(
        self, method: str, number: Channel, path: str = "", *, body: Mapping[str, object] | None = None
    ) -> HttpResponse:
        """Raises HttpError."""
        headers = {"authorization": f"Bearer {self._secret}"}
        return await self._http.request(
            method,
            f"{self._url}/_sandbox/numbers/{number.address}{path}",
            headers=headers if body is None else {**headers, "content-type": "application/json"},
            body=None if body is None else orjson.dumps(body),
            timeout=_SECONDS,
            allow=self._allow,
        )

    async def passes(self, scope: ReadScope, *, now: datetime) -> list[PhonePass]:
        """One per sandbox number of the tenant."""
        until = now + PASS_LASTS
        return [
            PhonePass(c, sign_phone_token(self._secret, c.address, expires_at=int(until.timestamp())), until)
            for c in await self._numbers(scope)
        ]

    async def whose(
        self, scope: SystemScope, token: str, *, now: datetime
    ) -> tuple[TenantId, ChannelId] | None:
        """The number that a phone's pass is for; None for a pass that is not good, or of nobody's number."""
        try:
            address = verify_phone_token(self._secret, token, now=int(now.timestamp()))
        except BadPhoneToken:
            return None
        found = await routes.find(scope, SANDBOX_FAMILY, RouteKind.ADDRESS, [address])
        return (found[0].tenant, found[0].channel) if found else None

    async def _numbers(self, scope: ReadScope) -> list[Channel]:
        every = await Channels(scope).newest(before=None, limit=_MOST)
        return [channel for channel in every if channel.provider == SANDBOX]

    async def forward(
        self, method: str, path: str, *, query: str, token: str, body: bytes, content_type: str
    ) -> tuple[int, str, bytes]:
        """A call of the phone page to the emulator: (status, content type, body). Raises HttpError, also when
        the process is told to end: the page's call may wait half a minute for something to happen."""
        url = f"{self._url}/phone/{path}" + (f"?{query}" if query else "")
        headers = {"authorization": token}
        if body:
            headers["content-type"] = content_type or "application/json"
        answer = await self._unless_leaving(
            self._http.request(method, url, headers=headers, body=body or None, timeout=40, allow=self._allow)
        )
        return answer.status, answer.headers.get("content-type", "application/json"), answer.body

    def leave(self) -> None:
        """Ends the calls of phone pages, those under way and those to come."""
        self._leaving.set()

    async def _unless_leaving(self, call: Coroutine[object, object, HttpResponse]) -> HttpResponse:
        asked, told = asyncio.create_task(call), asyncio.create_task(self._leaving.wait())
        try:
            await asyncio.wait({asked, told}, return_when=asyncio.FIRST_COMPLETED)
            if not asked.done():
                raise HttpError("Samvad is about to end")
            return asked.result()
        finally:
            told.cancel()
            asked.cancel()
