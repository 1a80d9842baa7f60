"""Who is behind an item."""

from collections.abc import Sequence

from samvad.channels.types import (
    EchoReceived,
    IdentityChanged,
    MarketingPreference,
    MessageReceived,
    PastMessage,
    Sender,
)
from samvad.contacts import service as contacts
from samvad.platform.db import Scope
from samvad.workflows.identities import evidence, told
from samvad.workflows.inbound.types import NOT_MINE, Batch, Context, Outcome, passed, stop


def person_of(context: Context) -> Sender | None:
    match context.event:
        case MessageReceived(sender=person) | MarketingPreference(sender=person):
            return person
        case EchoReceived(recipient=person) | IdentityChanged(old=person) | PastMessage(person=person):
            return person
        case _:
            return None


async def resolve(scope: Scope, batch: Batch, contexts: Sequence[Context]) -> Sequence[Outcome]:
    """A message without any identity cannot be answered: it stops, its delivery stays in the journal."""
    echoes = [
        (c.channel.id, c.channel.account, c.event) for c in contexts if isinstance(c.event, EchoReceived)
    ]
    await told.by_echoes(scope, echoes, at=batch.at)
    people = [(c, p) for c in contexts if (p := person_of(c)) and p.identities]
    found = await contacts.resolve(scope, [(p, c.channel.account) for c, p in people], at=batch.at)
    for (context, _), known in zip(people, found, strict=True):
        context.contact = known
    await evidence.expect(scope, [(k.id, k.others, False) for k in found], at=batch.at)
    return [_outcome(context) for context in contexts]


def _outcome(context: Context) -> Outcome:
    if person_of(context) is None:
        return NOT_MINE
    if context.contact is None:
        return stop("nobody: the provider named no sender")
    return passed("new" if context.contact.created else "known")


async def change_identities(scope: Scope, batch: Batch, contexts: Sequence[Context]) -> Sequence[Outcome]:
    """The new number or user id joins the contact; one that is somebody else's makes both one, soon."""
    answers = []
    for context in contexts:
        if not isinstance(context.event, IdentityChanged) or context.contact is None:
            answers.append(NOT_MINE)
            continue
        account = context.channel.account
        contact = context.contact.id
        others = await contacts.add_person(scope, contact, context.event.new, account=account, at=batch.at)
        await evidence.expect(scope, [(contact, others, True)], at=batch.at)
        answers.append(stop("identity of somebody else" if others else "identity added"))
    return answers
