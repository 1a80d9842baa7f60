"""Making two contacts one and parting them again: addresses, consent, threads, and what is on its way."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.channels.service import consent as gate
from samvad.contacts.service import merging as people
from samvad.contacts.types import Merge, MergeHow
from samvad.conversations.service import merging as threads
from samvad.conversations.service import outgoing, records
from samvad.conversations.service.announce import announce
from samvad.kernel.errors import Conflict
from samvad.platform.db import Scope
from samvad.platform.events import NewEvent
from samvad.tenancy.service import audit


class PartedAlready(Conflict):
    code = "merge_undone"
    title = "These contacts were parted already"


class MergedSince(Conflict):
    code = "contact_merged"
    title = "This contact became part of another one since; undo that first"


async def merge(scope: Scope, kept: UUID, absorbed: UUID, *, how: MergeHow, why: str, at: datetime) -> Merge:
    """`absorbed` becomes part of `kept`; nothing is sent. Raises NotFound, Invalid, MergedMeanwhile, Busy."""
    await threads.lock_all(scope, [kept, absorbed])
    one, other = await people.lock(scope, kept, absorbed)
    locked = await threads.lock_all(scope, [kept, absorbed])  # nobody can begin another any more
    moved = dict(await people.join(scope, one, other, at=at))
    alone, both = await threads.pairs(scope, kept, absorbed)
    await threads.give(scope, alone, whose=absorbed, to=kept)
    joined = [await threads.absorb(scope, locked[mine], locked[theirs], at=at) for mine, theirs in both]
    withdrawn: Sequence[UUID] = ()
    if one.opted_out_at or other.opted_out_at:
        withdrawn = await _close(scope, kept)
    await gate.carry_rest(scope, whose=absorbed, to=kept)
    if moved["stopped"]:
        await gate.set_marketing(scope, kept, stopped=True)
    moved |= {"conversations": [str(id_) for id_ in alone], "threads": list(joined)}
    done = await people.note(scope, kept, absorbed, how=how, why=why, moved=moved, at=at)
    await audit.record(
        scope,
        "contact.merged",
        subject=f"contact:{kept}",
        now=at,
        absorbed=str(absorbed),
        how=how.value,
        why=why,
    )
    gone = [
        NewEvent("conversation.merged", {"conversation_id": str(mine), "into": str(theirs)})
        for mine, theirs in both
    ]
    shown = [*alone, *(theirs for _, theirs in both)]
    news = NewEvent("contact.merged", {"contact_id": str(kept), "absorbed_id": str(absorbed)})
    await announce(scope, at=at, updated=withdrawn, conversations=shown, extra=[*gone, news])
    return done


async def undo(scope: Scope, contact: UUID, merge_id: UUID, *, at: datetime) -> Merge:
    """Each has again what came from it; what was said since stays with the contact that was kept. Raises
    NotFound, PartedAlready, MergedSince, Busy."""
    found = await people.get(scope, contact, merge_id)
    await threads.lock_all(scope, [found.kept])
    standing = await people.standing(scope, found.kept)
    found = await people.get(scope, contact, merge_id)  # as it is under the lock
    if found.undone_at:
        raise PartedAlready
    if standing.merged_into:
        raise MergedSince
    let_in, out = await people.part(scope, found, at=at)
    given = [UUID(str(id_)) for id_ in _list(found, "conversations")]
    await threads.give(scope, given, whose=found.kept, to=found.absorbed)
    again = [await threads.restore(scope, thread, at=at) for thread in _list(found, "threads")]
    if let_in:
        await gate.reopen(scope, found.kept)
    withdrawn = await _close(scope, found.absorbed) if out else ()
    done = await people.undone(scope, found, at=at)
    await audit.record(
        scope, "contact.parted", subject=f"contact:{found.kept}", now=at, absorbed=str(found.absorbed)
    )
    news = NewEvent("contact.merged", {"contact_id": str(found.kept), "absorbed_id": str(found.absorbed)})
    await announce(
        scope, at=at, updated=withdrawn, conversations=given, new_conversations=again, extra=[news]
    )
    return done


async def _close(scope: Scope, contact: UUID) -> Sequence[UUID]:
    withdrawn = await gate.close(scope, contact, await records.of_contact(scope, contact))
    await outgoing.skip(scope, withdrawn, reason="opted_out")
    return withdrawn


def _list(found: Merge, name: str) -> list:  # type: ignore[type-arg]
    value = found.moved[name]
    return value if isinstance(value, list) else []
