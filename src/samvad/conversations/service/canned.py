"""The canned replies of a tenant: kept with their variables, which the composer fills in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from samvad.conversations.errors import ShortcutTaken, TooManyCannedReplies
from samvad.conversations.repository import canned
from samvad.conversations.types.canned import VARIABLES, CannedDetails, CannedReply
from samvad.kernel.errors import FieldError, Invalid, NotFound
from samvad.kernel.ids import new_id
from samvad.platform import events
from samvad.platform.db import ReadScope, Scope
from samvad.platform.events import NewEvent
from samvad.tenancy.service.audit import record

MOST = 500
_PLACE = re.compile(r"\{\{([^{}|]*)(?:\|[^{}]*)?\}\}")


async def list_replies(scope: ReadScope) -> list[CannedReply]:
    """By shortcut."""
    return await canned.of_tenant(scope)


async def add_reply(scope: Scope, details: CannedDetails, *, at: datetime) -> CannedReply:
    """Raises Invalid, ShortcutTaken, TooManyCannedReplies."""
    refuse_unknown(details.text)
    if await canned.count(scope) >= MOST:
        raise TooManyCannedReplies
    reply = CannedReply(new_id(), details)
    if not await canned.add(scope, reply, at=at):
        raise ShortcutTaken
    await _tell(scope, "canned_reply.added", reply, at)
    return reply


async def change_reply(
    scope: Scope, reply: UUID, *, shortcut: str | None, name: str | None, text: str | None, at: datetime
) -> CannedReply:
    """What is None stays. Raises NotFound, Invalid, ShortcutTaken."""
    known = await canned.lock(scope, reply)
    if known is None:
        raise NotFound
    refuse_unknown(text or "")
    if shortcut and await canned.called(scope, shortcut) not in (None, reply):
        raise ShortcutTaken
    old = known.details
    details = CannedDetails(shortcut or old.shortcut, name or old.name, text or old.text)
    changed = replace(known, details=details)
    if changed != known:
        await canned.change(scope, changed, at=at)
        await _tell(scope, "canned_reply.changed", changed, at)
    return changed


async def remove_reply(scope: Scope, reply: UUID, *, at: datetime) -> None:
    """Raises NotFound."""
    known = await canned.lock(scope, reply)
    if known is None:
        raise NotFound
    await canned.remove(scope, reply)
    await _tell(scope, "canned_reply.removed", known, at)


async def bring(scope: Scope, wanted: Sequence[CannedDetails], *, at: datetime) -> dict[UUID, CannedDetails]:
    """Adds those whose shortcut nobody has, as far as there is room."""
    taken = {reply.details.shortcut.lower() for reply in await canned.of_tenant(scope)}
    fresh = [one for one in wanted if one.shortcut.lower() not in taken][: max(0, MOST - len(taken))]
    added = [await add_reply(scope, one, at=at) for one in fresh]
    return {reply.id: reply.details for reply in added}


async def take_back(scope: Scope, brought: Mapping[UUID, CannedDetails], *, at: datetime) -> None:
    """Removes those that nobody has changed since."""
    for id, details in brought.items():
        known = await canned.lock(scope, id)
        if known and known.details == details:
            await remove_reply(scope, id, at=at)


def refuse_unknown(text: str) -> None:
    """Raises Invalid where two braces are not one of the variables."""
    for place in _PLACE.finditer(text):
        if place[1].strip() not in VARIABLES:
            raise _invalid(f"{{{{{place[1].strip()}}}}} is not a variable")
    rest = _PLACE.sub("", text)
    if "{{" in rest or "}}" in rest:
        raise _invalid("a variable is not closed: it is written {{contact.name}} or {{contact.name|there}}")


def _invalid(fault: str) -> Invalid:
    known = ", ".join(f"{{{{{name}}}}}" for name in VARIABLES)
    detail = f"{fault}; there are {known}"
    return Invalid(detail, errors=[FieldError("text", detail)])


async def _tell(scope: Scope, deed: str, reply: CannedReply, at: datetime) -> None:
    await record(
        scope, deed, subject=f"canned_reply:{reply.id}", now=at,
        name=reply.details.name, shortcut=reply.details.shortcut,
    )  # fmt: skip
    await events.append(scope, [NewEvent("canned_replies.changed", {})], at=at)
