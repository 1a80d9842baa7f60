"""News about numbers, accounts and marketing wishes."""

from collections.abc import Sequence

from samvad.channels.service import consent as gate
from samvad.channels.service import limits, templates
from samvad.channels.types import (
    AccountNotice,
    Channel,
    Ignored,
    MarketingPreference,
    TemplateNews,
    Unparsable,
)
from samvad.contacts import service as contacts
from samvad.contacts.types import ConsentChange, ConsentMethod
from samvad.platform.db import Scope
from samvad.platform.logging import get_logger
from samvad.tenancy.service import alerts
from samvad.workflows.inbound.types import NOT_MINE, Batch, Context, Outcome, stop

log = get_logger("workflows.inbound")


async def note(scope: Scope, batch: Batch, contexts: Sequence[Context]) -> Sequence[Outcome]:
    return [await _note(scope, batch, context) for context in contexts]


async def _note(scope: Scope, batch: Batch, context: Context) -> Outcome:
    match context.event:
        case MarketingPreference():
            return await _marketing(scope, batch, context, context.event)
        case TemplateNews() as news:
            became = await templates.note_news(scope, context.channel, news, at=batch.at)
            return stop(f"template {news.name}: {became}")
        case AccountNotice() as notice:
            await _tell(scope, batch, context.channel, notice)
            return stop(f"notice: {notice.name}")
        case Ignored(why=why):
            log.info("inbound.ignored", why=why)
            return stop(f"ignored: {why}")
        case Unparsable(why=why):
            log.warning("inbound.unparsable", why=why, delivery=str(context.item.delivery))
            return stop(f"unparsable: {why}")
        case _:
            return NOT_MINE


async def _tell(scope: Scope, batch: Batch, channel: Channel, notice: AccountNotice) -> None:
    """Bad news are told until they are over; a limit that changed is either."""
    topic, alarms, ends = notice.topic or notice.name, notice.alarms, set(notice.ends)
    if notice.daily is not None and channel.account:
        change = await limits.note(scope, channel.account, notice.daily, at=batch.at)
        alarms = alarms or change < 0
        ends |= {topic} if change > 0 and not alarms else set()
    subject = str(channel.id)
    if alarms:
        detail = notice.said or notice.name
        await alerts.raise_alert(scope, f"provider_{topic}", subject=subject, detail=detail, now=batch.at)
    for name in sorted(ends):
        await alerts.resolve_alerts_named(scope, f"provider_{name}", subject=subject, now=batch.at)


async def _marketing(scope: Scope, batch: Batch, context: Context, event: MarketingPreference) -> Outcome:
    if context.contact is None:
        return NOT_MINE
    change = ConsentChange(
        contact=context.contact.id,
        change="marketing_stop" if event.stop else "marketing_resume",
        method=ConsentMethod.PROVIDER,
        words="",
        message=None,
        at=event.at or batch.at,
    )
    await contacts.note_marketing(scope, change)
    await gate.set_marketing(scope, context.contact.id, stopped=event.stop)
    return stop(change.change)
