"""Things a person should look at: raised by any room, resolved by a person or by the cause going away."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from samvad.kernel.errors import NotFound
from samvad.platform import metrics
from samvad.platform.db import Page, ReadScope, Scope, SystemScope
from samvad.platform.db.paging import page_of
from samvad.tenancy.repository import Alerts, AlertWriter
from samvad.tenancy.repository.base import after
from samvad.tenancy.repository.records import SystemAlerts
from samvad.tenancy.types import Alert, KnownAlert


async def raise_alert(scope: Scope, name: str, *, subject: str, detail: str, now: datetime) -> bool:
    """Whether it is new; the same name and subject, still open, counts up with the newest detail."""
    metrics.alerts.labels(name).inc()
    return await AlertWriter(scope).raise_(name, subject, detail=detail, now=now)


async def resolve_alert(scope: Scope, alert: UUID, *, now: datetime) -> Alert:
    """Resolving twice is fine. Raises NotFound."""
    resolved = await AlertWriter(scope).resolve(alert, now=now)
    if resolved is None:
        raise NotFound
    return resolved


async def acknowledge_alert(scope: Scope, alert: UUID, *, now: datetime) -> Alert:
    """Somebody looks after it; the first one is named. Raises NotFound."""
    acknowledged = await AlertWriter(scope).acknowledge(alert, now=now)
    if acknowledged is None:
        raise NotFound
    return acknowledged


async def resolve_alerts_named(scope: Scope, name: str, *, subject: str, now: datetime) -> bool:
    """The cause went away by itself. Whether there was an open one."""
    return await AlertWriter(scope).resolve_named(name, subject, now=now)


async def end_about(scope: Scope, subject: str, *, now: datetime) -> None:
    """A person has taken it in hand: whatever was to be said of it is over."""
    await AlertWriter(scope).resolve_about(subject, now=now)


async def lay_aside(scope: Scope, subject: str, *, now: datetime, anew: bool = True) -> None:
    """Over as well, but may be taken up again, until something else ends them; `anew`: what was laid aside
    before may not."""
    await AlertWriter(scope).lay_aside(subject, now=now, anew=anew)


async def take_up(scope: Scope, subject: str) -> None:
    """What was laid aside is open again."""
    await AlertWriter(scope).take_up(subject)


async def list_alerts(
    scope: ReadScope, *, resolved: bool, cursor: str | None, limit: int, subject: str | None = None
) -> Page[Alert]:
    """Newest first; `subject`: what they are about, such as a channel's id."""
    rows = await Alerts(scope).page(after(cursor), limit + 1, resolved=resolved, subject=subject)
    return page_of(rows, limit, lambda alert: (str(alert.id),))


async def open_or_resting(
    scope: SystemScope, names: Sequence[str], *, rested_since: datetime
) -> list[KnownAlert]:
    """Of all tenants: those that are open, or were ended, by whomever, after `rested_since`."""
    return await SystemAlerts(scope).known(names, rested_since)
