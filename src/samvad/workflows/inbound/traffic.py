"""Items about our own messages: echoes from the business's phone, and provider statuses."""

from collections.abc import Sequence
from datetime import timedelta

from samvad.channels.service.reactions import Befallen, react
from samvad.channels.types import EchoReceived, StatusReceived
from samvad.conversations.service.echoes import EchoEntry, take_echo
from samvad.conversations.service.outcomes import StatusEntry
from samvad.conversations.service.outcomes import apply_statuses as move_forward
from samvad.platform.db import Scope
from samvad.workflows.identities import told
from samvad.workflows.inbound.types import NOT_MINE, Batch, Context, Outcome, Verdict, defer, stop

PATIENCE = timedelta(seconds=60)  # how long a status or echo waits for the send that it is about


def _patient(batch: Batch, context: Context) -> bool:
    return batch.at - context.item.arrived_at < PATIENCE


async def take_echoes(scope: Scope, batch: Batch, contexts: Sequence[Context]) -> Sequence[Outcome]:
    """A person may write by two lanes, number and user id: then both meet here, on one conversation."""
    locked = {
        (c.channel.id, c.contact.id): c.appended.conversation for c in contexts if c.contact and c.appended
    }
    answers = []
    for context in contexts:
        if not isinstance(context.event, EchoReceived) or context.contact is None:
            answers.append(NOT_MINE)
            continue
        entry = EchoEntry(
            channel=context.channel.id,
            contact=context.contact.id,
            event=context.event,
            sent_at=context.item.sent_at,
            arrived_at=context.item.arrived_at,
            patient=_patient(batch, context),
            correlation=str(context.item.delivery),
        )
        known = locked.get((context.channel.id, context.contact.id))
        done = await take_echo(scope, entry, at=batch.at, known=known)
        answers.append(stop("echo") if done else defer("a send is not settled yet"))
    return answers


async def apply_statuses(scope: Scope, batch: Batch, contexts: Sequence[Context]) -> Sequence[Outcome]:
    """A status whose message we do not know (yet), or whose send is still under way where that matters, waits
    a minute; then it ends, or is taken as it is."""
    mine = [(c, c.event) for c in contexts if isinstance(c.event, StatusReceived)]
    if not mine:
        return [NOT_MINE] * len(contexts)
    entries = [StatusEntry(c.channel.id, event, batch.at, patient=_patient(batch, c)) for c, event in mine]
    talks = [c.appended.conversation for c in contexts if c.appended]
    matched = await move_forward(scope, entries, at=batch.at, known_talks={talk.id: talk for talk in talks})
    verdicts = {
        id(c): stop("status") if ok else defer("unmatched") if _patient(batch, c) else stop("unmatched")
        for (c, _), ok in zip(mine, matched, strict=True)
    }
    of_ours = [
        (c.channel.id, event.external_id, c.channel.account, event.recipient)
        for (c, event), ok in zip(mine, matched, strict=True)
        if ok
    ]
    await told.by_statuses(scope, of_ours, at=batch.at)
    for context, event in mine:
        if event.failure and verdicts[id(context)].verdict is not Verdict.DEFER:
            said = event.errors[0].title if event.errors else ""
            await react(scope, Befallen(context.channel.id, event.failure, said, batch.at))
    return [verdicts.get(id(context), NOT_MINE) for context in contexts]
