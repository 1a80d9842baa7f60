"""The gate's side of consent: what a contact's word changes for messages that wait."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.channels.repository import facts, outbound
from samvad.platform.db import Scope


async def close(scope: Scope, contact: UUID, conversations: Sequence[UUID]) -> list[UUID]:
    """No automatic message leaves any more; ids of those that were queued and are withdrawn."""
    await facts.set_opted_out(scope, contact, True)
    return await outbound.withdraw_replies(scope, conversations)


async def set_marketing(scope: Scope, contact: UUID, *, stopped: bool) -> None:
    """No marketing template leaves while it is stopped; replies go on."""
    await facts.set_marketing_stopped(scope, contact, stopped)


async def rest_from_marketing(scope: Scope, contact: UUID, *, until: datetime) -> None:
    """The provider holds marketing to this person back; replies go on."""
    await facts.rest_from_marketing(scope, contact, until=until)


async def carry_rest(scope: Scope, *, whose: UUID, to: UUID) -> None:
    """Who rests from marketing still does as part of another contact."""
    await facts.carry_rest(scope, whose=whose, to=to)


async def reopen(scope: Scope, contact: UUID) -> None:
    await facts.set_opted_out(scope, contact, False)


async def hold_bulk(scope: Scope) -> list[UUID]:
    """Templates and bulk of every number wait until somebody accepts that opt-outs may be missing."""
    return await facts.hold_bulk(scope)


async def accept_bulk(scope: Scope) -> list[UUID]:
    """They leave again; the numbers that were held."""
    return await facts.accept_bulk(scope)
