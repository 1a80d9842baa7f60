"""What a failure asks of the number that it befell, whether it came as an answer or as a status."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.repository import facts
from samvad.channels.rules import REACTIONS, reaction
from samvad.channels.service import templates
from samvad.platform.db import Scope
from samvad.tenancy.service import alerts


@dataclass(frozen=True, slots=True)
class Befallen:
    """`failure`: its code; `said`: the provider's words; `retry_after`: seconds that it asked for."""

    channel: UUID
    failure: str
    said: str
    at: datetime
    retry_after: float = 0


async def react(scope: Scope, to: Befallen) -> None:
    """Stop, pause, rest, ask for templates, tell people."""
    asked = reaction(to.failure)
    if asked.stop_channel:
        await facts.set_status(scope, to.channel, status="stopped", reason=to.failure)
    if asked.rest_bulk:
        await facts.rest_bulk(scope, to.channel, until=to.at + timedelta(seconds=asked.rest_bulk))
    pause = max(asked.pause_number, to.retry_after)
    if pause:
        await facts.pause(scope, to.channel, until=to.at + timedelta(seconds=pause))
    if asked.resync:
        await templates.ask_soon(scope, [to.channel], at=to.at)
    if asked.alert:
        subject = str(to.channel)
        await alerts.raise_alert(scope, to.failure, subject=subject, detail=to.said, now=to.at)


async def stops_over(scope: Scope, channel: UUID, *, at: datetime) -> None:
    """It sends again: what was said of its being stopped is over."""
    for failure in (code for code, asked in REACTIONS.items() if asked.stop_channel):
        await alerts.resolve_alerts_named(scope, failure, subject=str(channel), now=at)
