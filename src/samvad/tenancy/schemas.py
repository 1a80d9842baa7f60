"""Request and response bodies of the tenancy room."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Generic, Literal, Self, TypeVar
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.language import Language
from samvad.tenancy.hours import BadHours, BusinessHours
from samvad.tenancy.standards import MAX_PASSWORD, MIN_PASSWORD
from samvad.tenancy.types import (
    Alert,
    ApiKey,
    AuditEntry,
    Member,
    Outlet,
    OutletDetails,
    Permission,
    Role,
    Tenant,
    TenantSettings,
)

T = TypeVar("T")
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Email = Annotated[str, StringConstraints(max_length=254), Field(json_schema_extra={"format": "email"})]
Secret = Annotated[str, StringConstraints(max_length=200)]
Hours = Annotated[
    dict[str, list[list[str]]],
    Field(description="Local time; a day left out is closed; `{}` is always open",
          examples=[{"mon": [["09:00", "13:00"], ["14:00", "18:00"]], "fri": [["18:00", "02:00"]]}]),
]  # fmt: skip


class Body(BaseModel):
    """A request: unknown fields are refused, so that a typing error is not silently ignored."""

    model_config = ConfigDict(extra="forbid")


class Listed(BaseModel, Generic[T]):
    items: list[T]
    next_cursor: str | None


class Login(Body):
    email: Email
    password: Secret


class LinkLogin(Body):
    token: Secret


class Token(BaseModel):
    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105


class PasswordChange(Body):
    current_password: Secret | None = None
    new_password: Annotated[str, StringConstraints(min_length=MIN_PASSWORD, max_length=MAX_PASSWORD)]


class TenantOut(BaseModel):
    id: UUID
    slug: str
    name: str
    time_zone: str
    country: str
    currency: str
    language: Language
    business_hours: Hours
    suspended: bool
    created_at: datetime

    @classmethod
    def of(cls, tenant: Tenant) -> Self:
        settings = tenant.settings
        return cls(
            id=tenant.id, slug=tenant.slug, name=settings.name, time_zone=settings.time_zone,
            country=settings.country, currency=settings.currency, language=settings.language,
            business_hours=settings.business_hours.to_json(),
            suspended=tenant.suspended_at is not None, created_at=tenant.created_at,
        )  # fmt: skip


class TenantChange(Body):
    """What is left out stays."""

    name: Name | None = None
    time_zone: Annotated[str, StringConstraints(max_length=64)] | None = None
    country: Annotated[str, StringConstraints(pattern="^[A-Za-z]{2}$", to_upper=True)] | None = None
    currency: Annotated[str, StringConstraints(pattern="^[A-Za-z]{3}$", to_upper=True)] | None = None
    language: Language | None = None
    business_hours: Hours | None = None

    def apply(self, settings: TenantSettings) -> TenantSettings:
        hours = settings.business_hours if self.business_hours is None else _hours(self.business_hours)
        return replace(
            settings, name=self.name or settings.name, time_zone=self.time_zone or settings.time_zone,
            country=self.country or settings.country, currency=self.currency or settings.currency,
            language=self.language or settings.language, business_hours=hours,
        )  # fmt: skip


def _hours(hours: dict[str, list[list[str]]]) -> BusinessHours:
    try:
        return BusinessHours.from_json(hours)
    except BadHours as wrong:
        raise Invalid(errors=[FieldError(f"business_hours.{wrong.field}", wrong.detail)]) from wrong


class OutletIn(Body):
    name: Name
    time_zone: Annotated[str, StringConstraints(max_length=64)] | None = None
    business_hours: Hours | None = None

    def details(self) -> OutletDetails:
        hours = None if self.business_hours is None else _hours(self.business_hours)
        return OutletDetails(self.name, self.time_zone, hours)


class OutletChange(Body):
    """What is left out stays; null gives the tenant's value back."""

    name: Name | None = None
    time_zone: Annotated[str, StringConstraints(max_length=64)] | None = None
    business_hours: Hours | None = None

    def apply(self, details: OutletDetails) -> OutletDetails:
        changed = replace(details, name=self.name or details.name)
        if "time_zone" in self.model_fields_set:
            changed = replace(changed, time_zone=self.time_zone)
        if "business_hours" in self.model_fields_set:
            hours = None if self.business_hours is None else _hours(self.business_hours)
            changed = replace(changed, business_hours=hours)
        return changed


class OutletOut(BaseModel):
    id: UUID
    name: str
    time_zone: str | None
    business_hours: Hours | None
    created_at: datetime

    @classmethod
    def of(cls, outlet: Outlet) -> Self:
        hours = outlet.details.business_hours
        return cls(
            id=outlet.id, name=outlet.details.name, time_zone=outlet.details.time_zone,
            business_hours=None if hours is None else hours.to_json(), created_at=outlet.created_at,
        )  # fmt: skip


class MemberIn(Body):
    email: Email
    name: Annotated[str, StringConstraints(max_length=120)] = ""
    role: Role = Role.AGENT


class MemberChange(Body):
    """What is left out stays."""

    name: Name | None = None
    role: Role | None = None
    disabled: bool | None = None


class MemberOut(BaseModel):
    id: UUID
    email: str
    name: str
    role: Role
    has_password: bool
    disabled: bool
    last_seen_at: datetime | None
    created_at: datetime

    @classmethod
    def of(cls, member: Member) -> Self:
        return cls(
            id=member.id, email=member.email, name=member.name, role=member.role,
            has_password=member.has_password, disabled=member.disabled_at is not None,
            last_seen_at=member.last_seen_at, created_at=member.created_at,
        )  # fmt: skip


class LinkOut(BaseModel):
    """Works once; shown once."""

    url: str
    expires_at: datetime


class Invited(BaseModel):
    member: MemberOut
    link: LinkOut


class Me(BaseModel):
    """`member` and `role` are null for an API key; `public`: providers reach this installation at an address
    that was set for it; `models`: a language model puts answers, and reads what is left for the assistant."""

    member: MemberOut | None
    tenant: TenantOut
    role: Role | None
    permissions: list[Permission]
    public: bool
    models: bool


class ApiKeyIn(Body):
    """Without `scopes`: whatever a key may do and its maker may do."""

    name: Name
    scopes: Annotated[list[Permission], Field(max_length=100)] | None = None
    expires_at: AwareDatetime | None = None


class ApiKeyOut(BaseModel):
    id: UUID
    name: str
    prefix: str
    scopes: list[Permission]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, key: ApiKey) -> Self:
        return cls(
            id=key.id, name=key.name, prefix=key.prefix, scopes=sorted(key.scopes),
            created_at=key.created_at, last_used_at=key.last_used_at, expires_at=key.expires_at,
            revoked_at=key.revoked_at,
        )  # fmt: skip


class ApiKeyMade(BaseModel):
    """`key` is shown here and never again."""

    api_key: ApiKeyOut
    key: str


class AlertOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    subject: str
    detail: str
    times: int
    first_at: datetime
    last_at: datetime
    resolved_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str = Field(description="who looks after it; empty: nobody yet")
    resolved_by: str = Field(description="empty: its cause went away by itself")

    @classmethod
    def of(cls, alert: Alert) -> Self:
        return cls.model_validate(alert)


class AuditOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    at: datetime
    actor: str
    action: str
    subject: str
    detail: dict[str, str]

    @classmethod
    def of(cls, entry: AuditEntry) -> Self:
        return cls.model_validate(entry)
