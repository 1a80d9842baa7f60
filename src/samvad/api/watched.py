"""The door of a process without API: for machines that watch it. `cli` names it by string."""

from starlette.applications import Starlette
from starlette.types import ASGIApp

from samvad.api.health import health_routes
from samvad.bootstrap.parts import Parts
from samvad.platform.health import (
    Check,
    alerts_check,
    compute_check,
    database_check,
    migrations_check,
    queue_checks,
)
from samvad.platform.migrations.version import HEAD


def watched(parts: Parts, loops: Check) -> ASGIApp:
    """`loops`: whether the work of this process still goes on."""
    checks = [
        database_check(parts.database),
        migrations_check(parts.database, expected=HEAD),
        loops,
        *queue_checks(parts.database, parts.clock),
        compute_check(parts.compute),
    ]
    return Starlette(routes=health_routes(checks, alerts=alerts_check(parts.database)))
