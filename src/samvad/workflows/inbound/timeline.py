"""Customers' messages into their conversations."""

from collections.abc import Sequence

from samvad.channels.types import Kind, MessageReceived
from samvad.conversations.service.timeline import append_inbound
from samvad.conversations.types import InboundEntry
from samvad.kernel.text import is_blank
from samvad.platform.db import Scope
from samvad.workflows.inbound.types import NEXT, NOT_MINE, Batch, Context, Outcome, passed, stop


async def append(scope: Scope, batch: Batch, contexts: Sequence[Context]) -> Sequence[Outcome]:
    pairs = [(c, e) for c in contexts if (e := _entry(c))]
    if pairs:
        for (context, _), appended in zip(
            pairs, await append_inbound(scope, [e for _, e in pairs], at=batch.at), strict=True
        ):
            context.appended = appended
            _note(batch, context)
    return [_outcome(context) for context in contexts]


def _entry(context: Context) -> InboundEntry | None:
    if not isinstance(context.event, MessageReceived) or context.contact is None:
        return None
    return InboundEntry(
        channel=context.channel.id,
        contact=context.contact.id,
        event=context.event,
        sent_at=context.item.sent_at,
        arrived_at=context.item.arrived_at,
        correlation=str(context.item.delivery),
    )


def _note(batch: Batch, context: Context) -> None:
    appended = context.appended
    if appended is None or appended.duplicate:
        return
    batch.new_messages.add(appended.message)
    if appended.changed:
        batch.changed_messages.add(appended.changed)
    batch.files = batch.files or (isinstance(context.event, MessageReceived) and bool(context.event.media))
    batch.conversations.add(appended.conversation.id)
    if appended.conversation.created:
        batch.new_conversations.add(appended.conversation.id)


def _outcome(context: Context) -> Outcome:
    appended = context.appended
    if appended is None:
        return NOT_MINE
    if appended.duplicate:
        return stop("duplicate")
    return passed("late" if appended.late else "appended")


async def check_content(scope: Scope, batch: Batch, contexts: Sequence[Context]) -> Sequence[Outcome]:
    """Kinds that are owed no reply, and text without a visible character, end here."""
    return [_content(context) for context in contexts]


def _content(context: Context) -> Outcome:
    if context.appended is None or not isinstance(context.event, MessageReceived):
        return NOT_MINE
    event = context.event
    if event.kind is Kind.TEXT and is_blank(event.text):
        return stop("empty")
    if not context.appended.triggers:
        return stop("late" if context.appended.late else f"{event.kind}: owed no reply")
    return NEXT
