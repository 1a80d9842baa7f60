"""The use cases of the tenancy room, by theme; other rooms enter here."""

from samvad.tenancy.service.access import Caller, Gatekeeper, caller_of, tenant_of_token
from samvad.tenancy.service.alerts import (
    acknowledge_alert,
    list_alerts,
    raise_alert,
    resolve_alert,
    resolve_alerts_named,
)
from samvad.tenancy.service.audit import list_audit, record
from samvad.tenancy.service.tenants import OnTenantCreated, get_tenant

__all__ = [
    "Caller",
    "Gatekeeper",
    "OnTenantCreated",
    "acknowledge_alert",
    "caller_of",
    "get_tenant",
    "list_alerts",
    "list_audit",
    "raise_alert",
    "record",
    "resolve_alert",
    "resolve_alerts_named",
    "tenant_of_token",
]
