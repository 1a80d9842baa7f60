"""Pure decisions: who may do what, when a business is open, what a usable e-mail or password is."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from samvad.kernel.errors import FieldError, Invalid
from samvad.tenancy.errors import NotYourRank
from samvad.tenancy.hours import DAY_MINUTES, BusinessHours
from samvad.tenancy.standards import COUNTRIES, CURRENCIES, MAX_PASSWORD, MIN_PASSWORD, time_zones
from samvad.tenancy.types import Permission, Role, TenantSettings

MAX_EMAIL = 254
_NEVER = r"@\s\x00-\x1f\x7f\ud800-\udfff"
_EMAIL = re.compile(rf"[^{_NEVER}]+@[^.{_NEVER}]+(\.[^.{_NEVER}]+)*")  # owner@localhost is one too
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")

_P = Permission
_VIEWER = frozenset(
    {_P.SELF, _P.INBOX_READ, _P.CONTACTS_READ, _P.RULES_READ, _P.CHANNELS_READ, _P.TENANT_READ,
     _P.MEMBERS_READ, _P.ALERTS_READ, _P.KNOWLEDGE_READ}
)  # fmt: skip
_AGENT = _VIEWER | {_P.INBOX_WRITE, _P.CONTACTS_WRITE, _P.ALERTS_WRITE}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: _VIEWER,
    Role.AGENT: _AGENT,
    Role.ADMIN: frozenset(Permission),
    Role.OWNER: frozenset(Permission),  # beyond an admin: may_manage
}

# A key that could make members or keys would outlive its own revocation.
GRANTABLE = frozenset(Permission) - {_P.SELF, _P.MEMBERS_WRITE, _P.API_KEYS_WRITE}


def may_manage(actor: Role | None, *roles: Role) -> None:
    """Raises NotYourRank unless `actor` may touch members of all these roles; None is the operator."""
    if Role.OWNER in roles and actor not in (Role.OWNER, None):
        raise NotYourRank


def normal_email(text: str) -> str:
    """The form in which an e-mail address is stored and compared. Raises Invalid."""
    email = text.strip().lower()
    if len(email) > MAX_EMAIL or not _EMAIL.fullmatch(email):
        raise Invalid(errors=[FieldError("email", "this is not an e-mail address")])
    return email


def check_password(password: str, *, field: str = "password") -> None:
    """Raises Invalid for what is too short, or too long to be hashed cheaply."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise Invalid(errors=[FieldError(field, f"use {MIN_PASSWORD} to {MAX_PASSWORD} characters")])


def check_slug(slug: str) -> None:
    if not _SLUG.fullmatch(slug):
        raise Invalid(errors=[FieldError("slug", "use 1 to 40 of a-z, 0-9 and inner hyphens")])


def slug_of(name: str) -> str:
    """A short name for `name`; `tenant` when nothing of it is left."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-") or "tenant"


def check_settings(settings: TenantSettings) -> None:
    """Raises Invalid naming every field outside its public list."""
    wrong = [
        FieldError(field, detail)
        for field, detail, fine in (
            ("name", "a name has 1 to 120 characters", 1 <= len(settings.name) <= 120),
            ("time_zone", "this is not an IANA time zone", settings.time_zone in time_zones()),
            ("country", "this is not an ISO 3166-1 alpha-2 code", settings.country in COUNTRIES),
            ("currency", "this is not an ISO 4217 code", settings.currency in CURRENCIES),
        )
        if not fine
    ]
    if wrong:
        raise Invalid(errors=wrong)


def check_time_zone(name: str | None) -> None:
    if name is not None and name not in time_zones():
        raise Invalid(errors=[FieldError("time_zone", "this is not an IANA time zone")])


def is_open(hours: BusinessHours, at: datetime, zone: ZoneInfo) -> bool:
    """Whether the business is open at `at` (aware); closing time itself is closed."""
    if hours.always_open:
        return True
    today = at.astimezone(zone).date()
    return any(
        start <= at < end
        for day in (today - timedelta(days=1), today)
        for start, end in _spans(hours, day, zone)
    )


def next_opening(hours: BusinessHours, at: datetime, zone: ZoneInfo) -> datetime:
    """The first moment from `at` on (UTC) at which the business is open; `at` itself when it is."""
    if is_open(hours, at, zone):
        return at.astimezone(UTC)
    today = at.astimezone(zone).date()
    return next(
        start
        for offset in range(16)  # a span that a clock change swallowed comes back a week later
        for start, end in _spans(hours, today + timedelta(days=offset), zone)
        if start >= at and end > start
    )


def _spans(hours: BusinessHours, day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    for opening in hours.week[day.weekday()]:
        yield _moment(day, opening.opens, zone), _moment(day, opening.closes, zone)


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The wall-clock time as an instant: a doubled hour counts from its first, a skipped one from its end."""
    later, rest = divmod(minutes, DAY_MINUTES)
    wall = datetime(day.year, day.month, day.day, rest // 60, rest % 60, tzinfo=zone)
    return (wall + timedelta(days=later)).astimezone(UTC)
