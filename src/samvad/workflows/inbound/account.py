"""News about numbers, accounts and marketing wishes."""

from collections.abc import Sequence

from samvad.channels.service import consent as gate
from samvad.channels.service import limits, templates
from samvad.channels.types import AccountNotice, Ignored, MarketingPreference, TemplateNews, Unparsable
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
        case AccountNotice(name=name, daily=daily, said=said):
            if daily is not None and context.channel.account:
                await limits.note(scope, context.channel.account, daily, at=batch.at)
            await alerts.raise_alert(
                scope, f"provider_{name}", subject=str(context.channel.id), detail=said or name, now=batch.at
            )
            return stop(f"notice: {name}")
        case Ignored(why=why):
            log.info("inbound.ignored", why=why)
            return stop(f"ignored: {why}")
        case Unparsable(why=why):
            log.warning("inbound.unparsable", why=why, delivery=str(context.item.delivery))
            return stop(f"unparsable: {why}")
        case _:
            return NOT_MINE


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
