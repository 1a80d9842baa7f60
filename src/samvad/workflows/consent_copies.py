"""What customers agreed to and withdrew, copied out of the database as it is said, and brought back by a
restore: whoever said STOP after the backup is not written to again.

The record itself is followed, not those who write it: nobody can forget to. Ids are made before their
transaction ends, on clocks that differ, so what came up to some minutes before the last look is read again
each time, and a day of it now and then.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.service import consent as gate
from samvad.contacts.service import copies
from samvad.contacts.types import ConsentCopy
from samvad.kernel.ids import TenantId, earliest_id, made_at
from samvad.kernel.json import JsonObject
from samvad.platform.backup.consent_log import ConsentLog
from samvad.platform.db import Database, Scope
from samvad.tenancy.service import alerts

KEPT = timedelta(days=400)
_LATE = timedelta(minutes=15)
_LATEST = timedelta(days=1)
_FRESH = timedelta(minutes=15)
_MOST = 500
ALERT = "consents_lost"


class Copier:
    """Brings a log up to what the database says."""

    def __init__(self, database: Database, log: ConsentLog) -> None:
        self._database = database
        self._log = log
        self._written: set[UUID] = set()  # of the last days, which are read again
        self._through: datetime | None = None

    async def catch_up(self, *, now: datetime, thorough: bool = False) -> int:
        """How many lines were new. Afterwards nothing from before `now` is missing. Raises OSError."""
        if self._through is None:
            self._written = await asyncio.to_thread(self._log.ids)
            self._through = min(now, made_at(max(self._written))) if self._written else now - KEPT
            thorough = True
        last, count = earliest_id(self._through - (_LATEST if thorough else _LATE)), 0
        while True:
            async with self._database.system_statement() as scope:
                found = await copies.after(scope, last, most=_MOST)
            fresh = [(tenant, id) for tenant, id in found if id not in self._written]
            await self._write(fresh)
            self._written.update(id for _, id in fresh)
            count += len(fresh)
            if len(found) < _MOST:
                break
            last = found[-1][1]
        self._through = now
        oldest = earliest_id(now - 2 * _LATEST)
        self._written = {id for id in self._written if id > oldest} if thorough else self._written
        await asyncio.to_thread(self._log.say_through, now)
        return count

    async def _write(self, fresh: Sequence[tuple[TenantId, UUID]]) -> None:
        by_tenant: dict[TenantId, list[UUID]] = defaultdict(list)
        for tenant, id in fresh:
            by_tenant[tenant].append(id)
        for tenant, ids in by_tenant.items():
            async with self._database.reading(tenant) as scope:
                found = await copies.read(scope, ids)
            await asyncio.to_thread(self._log.append, {one.id: _entry(tenant, one) for one in found})


@dataclass(slots=True)
class Consents:
    """What a restore did about the words of customers since the backup. `complete` False: some may be
    missing, so that templates and bulk wait until somebody accepts that."""

    put_back: int = 0
    unreadable: int = 0
    through: datetime | None = None
    complete: bool = False


async def bring_back(
    database: Database, logs: Sequence[ConsentLog], tenants: Iterable[TenantId], *, at: datetime
) -> Consents:
    """May be repeated. A log that ended long ago may be an old copy: that it is the last word only a person
    can say. Raises OSError."""
    told = Consents()
    entries: dict[UUID, JsonObject] = {}
    for log in logs:
        found = await asyncio.to_thread(log.read)
        entries |= found.entries
        told.unreadable += found.unreadable
        if found.entries or not found.unreadable:  # else it is another installation's
            told.through = max(filter(None, (told.through, found.through)), default=None)
    by_tenant: dict[str, list[ConsentCopy]] = defaultdict(list)
    for id, entry in sorted(entries.items()):
        by_tenant[str(entry["tenant"])].append(_copy(id, entry))
    for tenant in tenants:
        mine = by_tenant.get(str(tenant), [])
        for start in range(0, len(mine), _MOST):
            async with database.unit_of_work(tenant) as scope:
                told.put_back += await _put_back(scope, mine[start : start + _MOST])
    told.complete = told.through is not None and told.through >= at - _FRESH and not told.unreadable
    return told


async def _put_back(scope: Scope, some: Sequence[ConsentCopy]) -> int:
    wanted = await copies.unknown(scope, [copy.id for copy in some])
    for copy in some:
        if copy.id not in wanted:
            continue
        for contact in await copies.put_back(scope, copy):
            if copy.change == "opt_out":
                await gate.close(scope, contact, [])
            elif copy.change == "opt_in":
                await gate.reopen(scope, contact)
            else:
                await gate.set_marketing(scope, contact, stopped=copy.change == "marketing_stop")
    return len(wanted)


def erase(log: ConsentLog, tenant: TenantId, address: str) -> int:
    """How many lines of whoever has this address say no longer who it was, nor their words. What they
    withdrew stays, by the contact's id alone: after the restore of a backup that still knows them nobody
    writes to them. Raises OSError."""
    entries = {id: entry for id, entry in log.read().entries.items() if entry["tenant"] == str(tenant)}
    them = {entry["contact"] for entry in entries.values() if _spelt(address) in _addresses(entry)}
    erased = {
        id: {**entry, "name": "", "words": "", "addresses": []}
        for id, entry in entries.items()
        if entry["contact"] in them
    }
    log.rewrite(erased)
    return len(erased)


def _addresses(entry: Mapping[str, object]) -> set[str]:
    found = entry["addresses"]
    return {_spelt(str(value)) for _, _, value in found} if isinstance(found, list) else set()


def _spelt(address: str) -> str:
    """A number is the same with its plus, spaces and hyphens, and without."""
    return "".join(c for c in address if c.isalnum()).casefold()


async def behind(database: Database, log: ConsentLog, *, now: datetime) -> Sequence[datetime]:
    """When each word was said that the database has and the log lacks. Raises OSError."""
    found = await asyncio.to_thread(log.read)
    last = earliest_id(min(now, found.through) - _LATEST if found.through else now - KEPT)
    lacking: list[datetime] = []
    while True:
        async with database.system_statement() as scope:
            said = await copies.after(scope, last, most=_MOST)
        lacking += [made_at(id) for _, id in said if id not in found.entries]
        if len(said) < _MOST:
            return lacking
        last = said[-1][1]


async def hold(scope: Scope, told: Consents, *, at: datetime) -> None:
    """Nothing that opens a conversation leaves before somebody has looked."""
    until = f"up to {told.through:%c} UTC" if told.through else "for the time since the backup"
    detail = (
        f"This installation was restored, and the record of opt-outs is not complete ({until}). "
        "Templates and bulk wait: enter what you know of, then `samvad consents accept`"
    )
    for channel in await gate.hold_bulk(scope):
        await alerts.raise_alert(scope, ALERT, subject=str(channel), detail=detail, now=at)


async def accept(scope: Scope, *, at: datetime) -> int:
    """How many numbers may send templates and bulk again."""
    freed = await gate.accept_bulk(scope)
    for channel in freed:
        await alerts.resolve_alerts_named(scope, ALERT, subject=str(channel), now=at)
    return len(freed)


def _entry(tenant: TenantId, copy: ConsentCopy) -> JsonObject:
    plain = asdict(copy)
    del plain["id"]
    return {**plain, "tenant": str(tenant), "contact": str(copy.contact), "at": copy.at.isoformat(),
            "addresses": [list(address) for address in copy.addresses]}  # fmt: skip


def _copy(id: UUID, entry: Mapping[str, object]) -> ConsentCopy:
    addresses = entry["addresses"]
    return ConsentCopy(
        id=id,
        contact=UUID(str(entry["contact"])),
        name=str(entry["name"]),
        addresses=tuple((str(k), str(s), str(v)) for k, s, v in addresses)
        if isinstance(addresses, list)
        else (),
        change=str(entry["change"]),
        method=str(entry["method"]),
        words=str(entry["words"]),
        actor=str(entry["actor"]),
        at=datetime.fromisoformat(str(entry["at"])),
    )
