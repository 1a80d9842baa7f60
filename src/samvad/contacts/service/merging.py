"""Two contacts that are one person: their addresses and consent under one, and apart again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from samvad.contacts import repository
from samvad.contacts.repository import merges
from samvad.contacts.rules.people import Address, contradict
from samvad.contacts.types import ConsentChange, ConsentMethod, Merge, MergeHow, Standing
from samvad.kernel.errors import Conflict, Invalid, NotFound
from samvad.kernel.ids import ContactId, new_id
from samvad.kernel.json import JsonObject
from samvad.platform.db import ReadScope, Scope

_MOST = 100
_WORDS = "contacts merged"


class MergedMeanwhile(Conflict):
    code = "contact_merged"
    title = "This contact is part of another one by now"


async def lock(scope: Scope, one: UUID, other: UUID) -> tuple[Standing, Standing]:
    """Both, locked. Raises NotFound, MergedMeanwhile, Invalid for one with itself."""
    if one == other:
        raise Invalid("A contact cannot be merged with itself")
    found = await merges.lock(scope, [one, other])
    if len(found) < 2:
        raise NotFound
    if any(standing.merged_into for standing in found.values()):
        raise MergedMeanwhile
    return found[one], found[other]


async def standing(scope: Scope, contact: UUID) -> Standing:
    """One contact, locked. Raises NotFound."""
    found = await merges.lock(scope, [contact])
    if contact not in found:
        raise NotFound
    return found[contact]


async def root(scope: ReadScope, contact: UUID) -> Standing:
    """The contact that this one is part of by now, or itself. Raises NotFound."""
    found = await merges.root(scope, contact)
    if found is None:
        raise NotFound
    return found


async def contradiction(scope: ReadScope, one: UUID, other: UUID, *, moved: bool) -> str | None:
    """Why a provider's word is not enough to make them one, or None."""
    if await merges.parted(scope, one, other):
        return "somebody parted them"
    return contradict(await merges.addresses(scope, one), await merges.addresses(scope, other), moved=moved)


async def join(scope: Scope, kept: Standing, absorbed: Standing, *, at: datetime) -> JsonObject:
    """Addresses, names and the stricter consent go to `kept`; what is needed to part them again. The caller
    has locked both, and closes the gate where `closed` says so."""
    found = await merges.addresses(scope, absorbed.id)
    await merges.move(scope, found, whose=absorbed.id, to=kept.id)
    await merges.mark(scope, absorbed.id, into=kept.id)
    closed = absorbed.opted_out_at is not None and kept.opted_out_at is None
    line = await _close(scope, kept.id, absorbed, at=at) if closed else None
    stopped = await _stop_marketing(scope, kept.id, absorbed.id, at=at)
    return {
        "addresses": [list(one) for one in found],
        "closed": closed,
        "line": str(line) if line else None,
        "stopped": stopped,
    }


async def part(scope: Scope, merge: Merge, *, at: datetime) -> tuple[bool, bool]:
    """The way back; whether `kept` is let in again, and whether `absorbed` is out now. An opt-out is taken
    back only if it came by the merge and nothing was said since."""
    found = _addresses(merge)
    await merges.mark(scope, merge.absorbed, into=None)
    await merges.move(scope, found, whose=merge.kept, to=merge.absorbed)
    now = await merges.lock(scope, [merge.kept, merge.absorbed])
    kept, absorbed = now[merge.kept], now[merge.absorbed]
    newest = await merges.newest_consent(scope, merge.kept)
    only_by_merge = bool(merge.moved["closed"]) and str(newest) == merge.moved["line"]
    if only_by_merge:
        change = _change(merge.kept, "opt_in", _WORDS, at)
        await repository.set_opted_out(scope, ContactId(merge.kept), at=None, reason=None)
        await repository.record_consent(scope, change, id=new_id())
    elif kept.opted_out_at and not absorbed.opted_out_at:
        await _close(scope, merge.absorbed, kept, at=at)
    out = absorbed.opted_out_at is not None or (kept.opted_out_at is not None and not only_by_merge)
    return only_by_merge, out


def _addresses(merge: Merge) -> list[Address]:
    rows = merge.moved["addresses"]
    parts = (
        [[str(part) for part in row] for row in rows if isinstance(row, list)]
        if isinstance(rows, list)
        else []
    )
    return [(kind, scope, value) for kind, scope, value in parts]


async def _close(scope: Scope, contact: UUID, like: Standing, *, at: datetime) -> UUID:
    """Out since the other one went out; the line of the record is of now, which is when we learnt it."""
    line, reason = new_id(), like.opt_out_reason or _WORDS
    await repository.set_opted_out(scope, ContactId(contact), at=like.opted_out_at or at, reason=reason)
    await repository.record_consent(scope, _change(contact, "opt_out", reason, at), id=line)
    return line


async def _stop_marketing(scope: Scope, kept: UUID, absorbed: UUID, *, at: datetime) -> bool:
    theirs = await repository.marketing_preference(scope, ContactId(absorbed))
    if theirs != "marketing_stop":
        return False
    if await repository.marketing_preference(scope, ContactId(kept)) == "marketing_stop":
        return False
    await repository.record_consent(scope, _change(kept, "marketing_stop", _WORDS, at), id=new_id())
    return True


def _change(contact: UUID, change: str, words: str, at: datetime) -> ConsentChange:
    return ConsentChange(ContactId(contact), change, ConsentMethod.MERGE, words, None, at)


async def note(
    scope: Scope, kept: UUID, absorbed: UUID, *, how: MergeHow, why: str, moved: JsonObject, at: datetime
) -> Merge:
    merge = Merge(new_id(), kept, absorbed, how, why, moved, scope.actor.label, at)
    await merges.insert(scope, merge)
    return merge


async def undone(scope: Scope, merge: Merge, *, at: datetime) -> Merge:
    await merges.undone(scope, merge.id, at=at)
    return replace(merge, undone_at=at, undone_by=scope.actor.label)


async def get(scope: ReadScope, contact: UUID, merge: UUID) -> Merge:
    """Raises NotFound, also for a merge of somebody else."""
    found = await merges.get(scope, merge)
    if found is None or found.kept != contact:
        raise NotFound
    return found


async def of(scope: ReadScope, contact: UUID) -> Sequence[Merge]:
    """What became part of this contact, the newest first."""
    return await merges.of(scope, contact, most=_MOST)
