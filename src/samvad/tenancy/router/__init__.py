"""The routes of the tenancy room."""

from samvad.tenancy.router import auth, keys, members, records, tenant

ROUTERS = (auth.router, tenant.router, members.router, keys.router, records.router)
