"""All SQL of the tenancy room: a reader from a ReadScope, a writer from a Scope."""

from samvad.tenancy.repository.access import (
    ApiKeys,
    ApiKeyWriter,
    LinkWriter,
    Sessions,
    SessionWriter,
)
from samvad.tenancy.repository.answers import KeptAnswer, KeptAnswers, KeptAnswerWriter
from samvad.tenancy.repository.attempts import Attempts, Directory
from samvad.tenancy.repository.members import Members, MemberWriter
from samvad.tenancy.repository.records import Alerts, AlertWriter, Audit, AuditWriter
from samvad.tenancy.repository.tenants import (
    Outlets,
    OutletWriter,
    SystemTenants,
    Tenants,
    TenantWriter,
)

__all__ = [
    "AlertWriter",
    "Alerts",
    "ApiKeyWriter",
    "ApiKeys",
    "Attempts",
    "Audit",
    "AuditWriter",
    "Directory",
    "KeptAnswer",
    "KeptAnswerWriter",
    "KeptAnswers",
    "LinkWriter",
    "MemberWriter",
    "Members",
    "OutletWriter",
    "Outlets",
    "SessionWriter",
    "Sessions",
    "SystemTenants",
    "TenantWriter",
    "Tenants",
]
