"""Addresses that a provider names of somebody we write to: kept with them, before they are a stranger's."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from samvad.channels.service.outbox import OutcomeSink
from samvad.channels.types import EchoReceived, Identity, IdentityKind, Sender, SendOutcome
from samvad.contacts import service as contacts
from samvad.conversations.service import records
from samvad.platform.db import Scope
from samvad.workflows.identities import evidence

_HIDDEN = (IdentityKind.BSUID, IdentityKind.LID)


class LearningOutcomes:
    """The sender's sink: what became of each send, and what its answer told of the recipient. A number may be
    another one at WhatsApp (in Brazil, say), under which its owner then writes."""

    def __init__(self, sink: OutcomeSink) -> None:
        self._sink = sink

    async def record(self, scope: Scope, outcomes: Sequence[SendOutcome]) -> None:
        await self._sink.record(scope, outcomes)
        told = {outcome.id: outcome.recipient for outcome in outcomes if outcome.recipient}
        if told:
            await _keep(scope, told, at=outcomes[0].at)


async def by_statuses(
    scope: Scope, statuses: Iterable[tuple[UUID, str, str, Sender | None]], *, at: datetime
) -> None:
    """Each of a message of ours: its channel, its external id, the account, whom it names. Only names that a
    person has beside a number are news, and only the first time."""
    named = [
        (channel, external, account, person)
        for channel, external, account, person in statuses
        if person and any(one.kind in _HIDDEN for one in person.identities)
    ]
    if not named:
        return
    fresh = await contacts.unknown(scope, [(person, account) for _, _, account, person in named])
    news = {(c, external): p for (c, external, _, p), new in zip(named, fresh, strict=True) if new}
    ours = await records.with_external(scope, list(news)) if news else {}
    if ours:
        await _keep(scope, {message: news[key].identities for key, message in ours.items()}, at=at)


async def by_echoes(scope: Scope, echoes: Iterable[tuple[UUID, str, EchoReceived]], *, at: datetime) -> None:
    """Each with channel and account. One that names its chat in a way that nobody has yet, and itself or what
    it quotes by an id that a message of ours has, is about the person of that message."""
    hints = [
        (channel, account, echo, [bare for bare in (echo.bare_id, echo.about_bare) if bare])
        for channel, account, echo in echoes
        if any(one.kind in _HIDDEN for one in echo.recipient.identities)
    ]
    hints = [hint for hint in hints if hint[3]]
    if not hints:
        return
    fresh = await contacts.unknown(scope, [(echo.recipient, account) for _, account, echo, _ in hints])
    news = [hint for hint, new in zip(hints, fresh, strict=True) if new]
    found = await records.named_by(scope, [(c, bare) for c, _, _, bares in news for bare in bares])
    told: dict[UUID, tuple[Identity, ...]] = {}
    for channel, _, echo, bares in news:
        message = next((found[channel, bare] for bare in bares if (channel, bare) in found), None)
        if message:
            told[message] = echo.recipient.identities
    if told:
        await _keep(scope, told, at=at)


async def _keep(scope: Scope, told: dict[UUID, tuple[Identity, ...]], *, at: datetime) -> None:
    """By our id of the message. Who has such an address already is the same person: the provider says so."""
    persons = await records.persons_of(scope, list(told))
    expected = []
    for message, (contact, account) in sorted(persons.items()):
        person = Sender(told[message])
        others = await contacts.add_person(scope, contact, person, account=account, at=at)
        expected.append((contact, others, True))
    await evidence.expect(scope, expected, at=at)
