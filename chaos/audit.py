"""The emulator's ledger against ours: nothing lost, nothing doubled, nothing that only one side knows."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from chaos.installation import Installation
from chaos.traffic import POISON, Traffic
from samvad.platform.db import is_down

ACCEPTED = frozenset({"sent", "delivered", "read"})
_DRAIN_SECONDS = 90.0  # a safety net

_LEFT = """
SELECT (SELECT count(*) FROM inbound_lanes) + (SELECT count(*) FROM timers WHERE kind = 'reply')
  + (SELECT count(*) FROM outbound WHERE state <> 'unknown')
"""
_OUT = """
SELECT id, client_id, status, author, conversation_id FROM messages
WHERE tenant_id = $1 AND direction = 'out' AND author <> 'system'
"""
_IN = """
SELECT external_id, conversation_id FROM messages WHERE tenant_id = $1 AND direction = 'in'
"""


@dataclass(slots=True)
class Verdict:
    """`faults` is empty when everything held."""

    customers: int = 0
    replies: int = 0
    unknown: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


async def drained(where: Installation, *, settled: bool = True) -> None:
    """Until no queue holds anything, and (`settled`) the emulator has told all that settles an unknown."""
    async with asyncio.timeout(_DRAIN_SECONDS):
        while not await _quiet(where, settled=settled):  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def _quiet(where: Installation, *, settled: bool) -> bool:
    if (await where.control("GET", ""))["webhooks"]["waiting"]:
        return False
    try:
        async with where.parts.database.system() as scope:
            if await scope.db.fetchval(_LEFT):
                return False
        return not (settled and await _unsettled(where))
    except Exception as failure:
        if not is_down(failure):
            raise
        return False


async def _unsettled(where: Installation) -> bool:
    """Whether a status is still on its way that proves an unknown message sent."""
    ledger = await accepted(where)
    async with where.parts.database.reading(where.tenant) as scope:
        rows = await scope.db.fetch(_OUT, where.tenant)
    return any(row["status"] not in ACCEPTED and str(row["id"]) in ledger for row in rows)


async def accepted(where: Installation) -> Counter[str]:
    """How often the emulator accepted each of our ids."""
    found: Counter[str] = Counter()
    after = ""
    while True:
        page = await where.control("GET", f"/ledger/counts?limit=500&after={after}")
        found.update({item["client_id"]: item["count"] for item in page["items"]})
        if not page["next_cursor"]:
            return found
        after = page["next_cursor"]


async def audit(where: Installation, made: Traffic) -> Verdict:
    ledger = await accepted(where)
    async with where.parts.database.reading(where.tenant) as scope:
        heard = {
            row["external_id"]: row["conversation_id"] for row in await scope.db.fetch(_IN, where.tenant)
        }
        ours = [dict(row) for row in await scope.db.fetch(_OUT, where.tenant)]
    verdict = Verdict(customers=len(made.said), replies=len(ours))
    verdict.statuses = Counter(row["status"] for row in ours)
    verdict.unknown = verdict.statuses["unknown"]
    faults = verdict.faults
    faults += [f"accepted {times} times: {id}" for id, times in ledger.items() if times > 1]
    stored = {str(row["id"]): row["status"] for row in ours}
    faults += [f"accepted, unknown to us: {id}" for id in ledger if id not in stored]
    faults += _disagreements(stored, ledger)
    texts = {wamid: text for wamid, text in made.said.items() if text != POISON}
    faults += [f"acknowledged and lost: {wamid}" for wamid in texts if wamid not in heard]
    faults += _unanswered(made, heard, Counter(r["conversation_id"] for r in ours if r["author"] != "agent"))
    words = {row["client_id"]: str(row["id"]) for row in ours if row["author"] == "agent"}
    faults += [f"the team's word is lost: {key}" for key, id in made.written.items() if words.get(key) != id]
    return verdict


def _disagreements(stored: Mapping[str, str], ledger: Mapping[str, int]) -> list[str]:
    """Sent must mean accepted, and anything else must mean not accepted."""
    faults = []
    for id, status in stored.items():
        if (status in ACCEPTED) != (id in ledger):
            faults.append(f"we say {status}, the ledger has it {ledger.get(id, 0)} times: {id}")
        elif status in ("queued", "sending", "failed", "held"):
            faults.append(f"{status} for ever: {id}")
    return faults


def _unanswered(made: Traffic, heard: Mapping[str, object], replies: Mapping[object, int]) -> list[str]:
    """Everybody wrote once: one automatic answer each, or at most one where a person came in between."""
    faults = []
    for wamid, text in made.said.items():
        got = replies.get(heard.get(wamid), 0)
        if text != POISON and got != 1 and not (got == 0 and wamid in made.attended):
            faults.append(f"{got} answers to {wamid} ({text})")
    return faults
