"""What the stages need of a tenant besides its rows of the moment: profile, channels, decoded events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.service import numbers
from samvad.channels.types import InboundItem, Unparsable
from samvad.kernel.clock import Clock
from samvad.kernel.ids import TenantId
from samvad.kernel.language import Language
from samvad.platform.backup.repository import restored_at
from samvad.platform.db import ReadScope, Scope
from samvad.tenancy.service.tenants import get_tenant
from samvad.tenancy.types import BusinessHours
from samvad.workflows.inbound.types import Context

REMEMBER = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Profile:
    name: str
    language: Language
    time_zone: str
    hours: BusinessHours
    own_numbers: frozenset[str]
    restored_at: datetime | None = None  # what was sent before may have been answered since the backup


class Tenants:
    """Remembered for two seconds: settings may lag that long, never longer."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[TenantId, tuple[datetime, Profile, dict[UUID, numbers.Channel]]] = {}

    async def profile(self, scope: ReadScope) -> Profile:
        return (await self._ask(scope))[1]

    async def channels(self, scope: ReadScope) -> dict[UUID, numbers.Channel]:
        return (await self._ask(scope))[2]

    async def _ask(self, scope: ReadScope) -> tuple[datetime, Profile, dict[UUID, numbers.Channel]]:
        now = self._clock.now()
        known = self._known.get(scope.tenant)
        if known and known[0] > now:
            return known
        tenant = await get_tenant(scope)
        channels: dict[UUID, numbers.Channel] = {c.id: c for c in await numbers.every(scope)}
        restored = await restored_at(scope.db)
        settings = tenant.settings
        profile = Profile(
            name=settings.name,
            language=_language(settings.language),
            time_zone=settings.time_zone,
            hours=settings.business_hours,
            own_numbers=frozenset(
                digits for c in channels.values() if (digits := _digits(c.display_address))
            ),
            restored_at=restored,
        )
        found = self._known[scope.tenant] = (now + REMEMBER, profile, channels)
        return found

    async def contexts(
        self, scope: Scope, items: Sequence[InboundItem]
    ) -> tuple[list[Context], list[InboundItem]]:
        """(contexts, items whose channel is gone). An event that no longer decodes is kept as such."""
        channels = await self.channels(scope)
        if any(item.channel not in channels for item in items):
            self._known.pop(scope.tenant, None)
            channels = await self.channels(scope)
        contexts = [
            Context(item, _decoded(item), channels[item.channel])
            for item in items
            if item.channel in channels
        ]
        return contexts, [item for item in items if item.channel not in channels]


def _decoded(item: InboundItem) -> numbers.Event:
    try:
        return numbers.decoded(item.event)
    except (KeyError, ValueError) as broken:
        return Unparsable(f"stored event does not decode: {broken}"[:300])


def _language(code: str) -> Language:
    return Language(code) if code in set(Language) else Language.ENGLISH


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
