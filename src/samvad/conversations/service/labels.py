"""The labels of a tenant, and which conversations bear them."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from samvad.conversations.errors import LabelNameTaken, TooManyLabels
from samvad.conversations.repository import labels
from samvad.conversations.service.agents import lock_one
from samvad.conversations.service.announce import announce
from samvad.conversations.types.labels import Colour, Label
from samvad.kernel.errors import NotFound
from samvad.kernel.ids import new_id
from samvad.platform import events
from samvad.platform.db import ReadScope, Scope
from samvad.platform.events import NewEvent
from samvad.tenancy.service.audit import record

MOST = 100


async def list_labels(scope: ReadScope) -> list[Label]:
    """By name."""
    return await labels.of_tenant(scope)


async def add_label(scope: Scope, name: str, colour: Colour | None, *, at: datetime) -> Label:
    """Raises LabelNameTaken, TooManyLabels."""
    known = await labels.of_tenant(scope)
    if len(known) >= MOST:
        raise TooManyLabels
    label = Label(new_id(), name, colour or least_used(known))
    if not await labels.add(scope, label, at=at):
        raise LabelNameTaken
    await _tell(scope, "label.added", label, at)
    return label


def least_used(known: list[Label]) -> Colour:
    """The first of the palette that the fewest have."""
    counted = Counter(label.colour for label in known)
    return min(Colour, key=lambda colour: counted[colour])


async def change_label(
    scope: Scope, label: UUID, *, name: str | None, colour: Colour | None, at: datetime
) -> Label:
    """What is None stays. Raises NotFound, LabelNameTaken."""
    known = await labels.keep(scope, label)
    if known is None:
        raise NotFound
    if name and await labels.named(scope, name) not in (None, label):
        raise LabelNameTaken
    changed = replace(known, name=name or known.name, colour=colour or known.colour)
    if changed != known:
        await labels.change(scope, changed)
        await _tell(scope, "label.changed", changed, at)
    return changed


async def remove_label(scope: Scope, label: UUID, *, at: datetime) -> None:
    """Raises NotFound."""
    known = await labels.keep(scope, label)
    if known is None:
        raise NotFound
    await labels.remove(scope, label)
    await _tell(scope, "label.removed", known, at)


async def _tell(scope: Scope, deed: str, label: Label, at: datetime) -> None:
    await record(scope, deed, subject=f"label:{label.id}", now=at, name=label.name)
    await events.append(scope, [NewEvent("labels.changed", {})], at=at)


async def put_on(scope: Scope, conversation: UUID, label: UUID, *, at: datetime) -> None:
    """Raises NotFound for either."""
    locked = await lock_one(scope, conversation)
    if await labels.keep(scope, label) is None:
        raise NotFound
    if await labels.put_on(scope, locked.id, label, at=at):
        await announce(scope, at=at, conversations=[locked.id])


async def take_off(scope: Scope, conversation: UUID, label: UUID, *, at: datetime) -> None:
    """Raises NotFound for the conversation; a label that is not on it, or gone, is off already."""
    locked = await lock_one(scope, conversation)
    if await labels.take_off(scope, locked.id, label):
        await announce(scope, at=at, conversations=[locked.id])
