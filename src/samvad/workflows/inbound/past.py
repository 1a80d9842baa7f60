"""Chats from before the number was connected."""

from collections.abc import Sequence

from samvad.channels.types import PastMessage
from samvad.conversations.service import past
from samvad.conversations.service.past import PastEntry
from samvad.platform.db import Scope
from samvad.workflows.inbound.types import NOT_MINE, Batch, Context, Outcome, stop


async def keep(scope: Scope, batch: Batch, contexts: Sequence[Context]) -> Sequence[Outcome]:
    mine = [(c, e) for c in contexts if (e := _entry(c))]
    kept = await past.keep(scope, [entry for _, entry in mine], at=batch.at) if mine else []
    batch.files = batch.files or any(entry.event.media for _, entry in mine)
    said = {id(c): stop("past" if new else "duplicate") for (c, _), new in zip(mine, kept, strict=True)}
    return [said.get(id(context), NOT_MINE) for context in contexts]


def _entry(context: Context) -> PastEntry | None:
    if not isinstance(context.event, PastMessage) or context.contact is None:
        return None
    return PastEntry(
        channel=context.channel.id,
        contact=context.contact.id,
        event=context.event,
        correlation=str(context.item.delivery),
    )
