"""The words of the tenancy room: roles, permissions, and the records of a tenant's own affairs."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from samvad.kernel.ids import MemberId, OutletId, TenantId
from samvad.kernel.language import Language
from samvad.tenancy.hours import BusinessHours as BusinessHours


class Role(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    AGENT = "agent"
    VIEWER = "viewer"


class Permission(StrEnum):
    """What a route asks for; also the scope names of API keys."""

    SELF = "self"  # one's own profile and session
    INBOX_READ = "inbox:read"
    INBOX_WRITE = "inbox:write"
    CONTACTS_READ = "contacts:read"
    CONTACTS_WRITE = "contacts:write"
    RULES_READ = "rules:read"
    RULES_WRITE = "rules:write"
    KNOWLEDGE_READ = "knowledge:read"
    KNOWLEDGE_WRITE = "knowledge:write"
    CHANNELS_READ = "channels:read"
    CHANNELS_WRITE = "channels:write"
    JOURNAL_READ = "journal:read"
    JOURNAL_WRITE = "journal:write"
    TENANT_READ = "tenant:read"
    TENANT_WRITE = "tenant:write"
    MEMBERS_READ = "members:read"
    MEMBERS_WRITE = "members:write"
    API_KEYS_READ = "api_keys:read"
    API_KEYS_WRITE = "api_keys:write"
    ALERTS_READ = "alerts:read"
    ALERTS_WRITE = "alerts:write"
    AUDIT_READ = "audit:read"


class LinkPurpose(StrEnum):
    SIGN_IN = "sign_in"
    SET_PASSWORD = "set_password"  # noqa: S105  a purpose, not a password


class SignedInBy(StrEnum):
    PASSWORD = "password"  # noqa: S105
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Installation:
    """`public`: others reach us where somebody said so; `models`: a language model puts answers."""

    public: bool = False
    models: bool = False


@dataclass(frozen=True, slots=True)
class TenantSettings:
    """What a business says about itself. `country` is ISO 3166-1 alpha-2, `currency` ISO 4217."""

    name: str
    time_zone: str = "Asia/Kolkata"
    country: str = "IN"
    currency: str = "INR"
    language: Language = Language.ENGLISH
    business_hours: BusinessHours = field(default_factory=BusinessHours)


@dataclass(frozen=True, slots=True)
class Tenant:
    id: TenantId
    slug: str
    settings: TenantSettings
    suspended_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OutletDetails:
    """A place of the business; without own time zone or hours it keeps the tenant's."""

    name: str
    time_zone: str | None = None
    business_hours: BusinessHours | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    id: OutletId
    details: OutletDetails
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    id: MemberId
    email: str
    name: str
    role: Role
    has_password: bool
    disabled_at: datetime | None
    last_seen_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A member's open door. `expires_at` moves with use."""

    id: UUID
    member: Member
    signed_in_by: SignedInBy
    created_at: datetime
    last_used_at: datetime


@dataclass(frozen=True, slots=True)
class ApiKey:
    """`prefix` is enough to recognise the key by; the key itself is not kept."""

    id: UUID
    name: str
    prefix: str
    scopes: frozenset[Permission]
    created_by: UUID | None
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    id: UUID
    at: datetime
    actor: str
    action: str
    subject: str
    detail: dict[str, str]


@dataclass(frozen=True, slots=True)
class Alert:
    """Something a person should look at; raised again it counts `times` up instead of repeating. Who
    acknowledges it looks after it; who resolves it is done with it."""

    id: UUID
    name: str
    subject: str
    detail: str
    times: int
    first_at: datetime
    last_at: datetime
    resolved_at: datetime | None
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""  # as the member was called then; empty: nobody has
    resolved_by: str = ""  # empty: its cause went away


@dataclass(frozen=True, slots=True)
class KnownAlert:
    """Enough of one to leave it alone."""

    tenant: TenantId
    name: str
    subject: str
    open: bool


class PasswordHasher(Protocol):
    """Slow on purpose, so it computes away from the event loop."""

    async def hash(self, password: str) -> str: ...

    async def verify(self, stored: str, password: str) -> bool: ...
