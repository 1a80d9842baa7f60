"""Sends of unknown outcome, looked for in the provider's own list of what it took from us."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from samvad.channels.repository import unanswered
from samvad.channels.repository.unanswered import UnknownSend
from samvad.channels.rules.claims import BY_STATUS, claims
from samvad.channels.service.reactions import Befallen, react
from samvad.channels.types import ChannelAdapter, ChannelCredentials, DuePoll, ListsSent, StatusReceived
from samvad.kernel.clock import Clock
from samvad.platform.crashpoints import Moment, Point, reach
from samvad.platform.db import Database, ReadScope, Scope
from samvad.platform.logging import get_logger

log = get_logger("channels.recalling")

OFTEN = timedelta(hours=12)  # a provider holds a message for ten hours at most
SELDOM = timedelta(hours=6)  # between two looks after that: the provider may have been away for days
GIVEN_UP = timedelta(days=30)
YOUNG = timedelta(minutes=15)  # as long as it is looked for every minute
_PAUSE = 60.0
_AT_ONCE = 20  # conversations of a visit


class Evidence(Protocol):
    """The room that keeps messages."""

    async def known(self, scope: Scope, channel: UUID, talks: Sequence[UUID], ids: Sequence[str]) -> set[str]:
        """Of the provider's ids those that a message has, or had by an earlier attempt."""
        ...

    async def settle(
        self, scope: Scope, channel: UUID, found: Mapping[UUID, StatusReceived], *, at: datetime
    ) -> None:
        """These messages are those that the provider lists so."""
        ...


@dataclass(frozen=True, slots=True)
class Recaller:
    database: Database
    evidence: Evidence
    clock: Clock

    async def look(self, due: DuePoll, adapter: ChannelAdapter, via: ChannelCredentials) -> float:
        """Seconds until this channel is to be looked at again. Raises SendError."""
        if not isinstance(adapter, ListsSent):
            return due.pause
        async with self.database.reading(due.tenant) as scope:
            sends = await self._sends(scope, due)
        if not sends:
            return due.pause
        reach(Point.RECALL_ASK, Moment.BEFORE)
        listed = {one.id: await adapter.sent_like(via, one.sought) for one in sends}
        reach(Point.RECALL_ASK, Moment.AFTER)
        if any(listed.values()):
            await self._claim(due, sends, listed)
        young = self.clock.now() - YOUNG
        return min(due.pause, _PAUSE) if any(one.sought.until > young for one in sends) else due.pause

    async def _sends(self, scope: ReadScope, due: DuePoll) -> Sequence[UnknownSend]:
        now = self.clock.now()
        ages = unanswered.Ages(
            now=now, given_up=GIVEN_UP, often=OFTEN, seldom=SELDOM, visit=timedelta(seconds=due.pause)
        )
        return await unanswered.sends(scope, due.channel, ages=ages, before=now - BY_STATUS, most=_AT_ONCE)

    async def _claim(
        self, due: DuePoll, sends: Sequence[UnknownSend], listed: Mapping[UUID, Sequence[StatusReceived]]
    ) -> None:
        """What changed while we asked waits for the next look: its list is older than the change."""
        at = self.clock.now()
        ids = [event.external_id for events in listed.values() for event in events]
        async with self.database.unit_of_work(due.tenant, point=Point.RECALL_CLAIM) as scope:
            still = [one for one in await self._sends(scope, due) if one in sends]
            talks = [one.sought.conversation for one in still]
            known = await self.evidence.known(scope, due.channel, talks, ids)
            mine = claims(
                {
                    one.id: [e.external_id for e in listed[one.id] if e.external_id not in known]
                    for one in still
                }
            )
            told = {e.external_id: e for events in listed.values() for e in events}
            found = {send: replace(told[id_], our_id=send) for send, id_ in mine.items()}
            await self.evidence.settle(scope, due.channel, found, at=at)
            for event in found.values():
                if event.failure:
                    said = event.errors[0].title if event.errors else ""
                    await react(scope, Befallen(due.channel, event.failure, said, at))
        if mine:
            log.info("recalling.settled", channel=str(due.channel), count=len(mine))
