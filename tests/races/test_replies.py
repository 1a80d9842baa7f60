"""A decision meets a world that moved on: a newer message, another worker, a person."""

from datetime import timedelta
from uuid import UUID

import pytest
from chaos.senders import open_talks, phone

from samvad.channels.types import Identity, IdentityKind
from samvad.conversations.service import records
from samvad.conversations.service.bursts import unanswered
from samvad.jobs import service as jobs
from samvad.jobs.types import DueTimer, NewTimer, TimerKind
from samvad.kernel.ids import new_id
from samvad.kernel.language import Language
from samvad.workflows.reply.decide import Act, Decision, Situation
from samvad.workflows.reply.finish import Decided, Effects, finish
from tests.support.house import House


async def decided(house: House, talk: UUID, *, restarts: int = 0) -> Decided:
    async with house.parts.database.reading(house.tenant) as scope:
        (burst,) = await unanswered(scope, [talk])
    answer = Decision(Act.REPLY, "rule", ("yes",), "rules")
    situation = Situation(burst, (), "Govind Dairy", Language.ENGLISH, None, "Asia/Kolkata")
    return Decided(situation, answer, (), house.parts.clock.now(), restarts)


async def end(house: House, talk: UUID, one: Decided) -> bool:
    """The final transaction, as the reply worker runs it."""
    at = house.parts.clock.now()
    async with house.parts.database.unit_of_work(house.tenant) as scope:
        locked = (await records.lock(scope, [talk]))[talk]
        effects = Effects({locked.contact: [Identity(IdentityKind.WA_ID, phone(0))]})
        over = await finish(scope, one, locked, effects, at=at)
        await effects.write(scope, at=at)
        return over


async def queued(house: House) -> int:
    return await house.value("SELECT count(*) FROM outbound")


async def write_again(house: House, talk: UUID) -> None:
    async with house.parts.database.unit_of_work(house.tenant) as scope:
        locked = (await records.lock(scope, [talk]))[talk]
        locked.inbound_seq += 1
        await records.save(scope, [locked], at=house.parts.clock.now())


async def test_a_decision_that_comes_twice_is_queued_once(bare: House) -> None:
    """A worker that slept through its lease finishes what another one has finished."""
    (talk,) = await open_talks(bare, 1)
    slow, quick = await decided(bare, talk), await decided(bare, talk)
    assert await end(bare, talk, quick)
    assert await end(bare, talk, slow)
    assert await queued(bare) == 1


@pytest.mark.parametrize(("restarts", "says"), [(0, 0), (1, 0), (2, 1)])
async def test_a_newer_message_undoes_a_decision_at_most_twice(bare: House, restarts: int, says: int) -> None:
    (talk,) = await open_talks(bare, 1)
    one = await decided(bare, talk, restarts=restarts)
    await write_again(bare, talk)
    assert await end(bare, talk, one) is bool(says)
    assert await queued(bare) == says
    (left,) = await bare.rows("SELECT inbound_seq, answered_seq FROM conversations")
    assert tuple(left) == (2, says)  # what came later is still owed an answer


async def test_a_failure_takes_nothing_from_the_two_restarts(bare: House) -> None:
    (talk,) = await open_talks(bare, 1)
    owner, at = new_id(), bare.parts.clock.now()
    timer = NewTimer(TimerKind.REPLY, talk, at, at)

    async def claimed() -> DueTimer:
        async with bare.parts.database.system() as scope:
            later = at + timedelta(hours=1)
            lease = timedelta(seconds=9)
            (found,) = await jobs.claim_due(
                scope, TimerKind.REPLY, now=later, lease=lease, owner=owner, most=9
            )
        return found

    async with bare.parts.database.unit_of_work(bare.tenant) as scope:
        await jobs.arm(scope, [timer])
    first = await claimed()
    async with bare.parts.database.unit_of_work(bare.tenant) as scope:
        await jobs.retry_later(scope, first, owner=owner, now=at)
    second = await claimed()
    assert (second.attempts, second.restarts) == (1, 0)
    async with bare.parts.database.unit_of_work(bare.tenant) as scope:
        await jobs.restart(scope, [second], owner=owner)
    third = await claimed()
    assert (third.attempts, third.restarts) == (1, 1)
