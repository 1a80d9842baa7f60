"""Whether the certificate at our public address is one that a provider accepts, and for how long."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta

from samvad.kernel.clock import Clock
from samvad.platform.health.types import Check, Finding, State

SOON = timedelta(days=14)
_SECONDS = 5.0


def certificate_check(host: str, port: int, clock: Clock, *, trust: ssl.SSLContext | None = None) -> Check:
    """`trust`: the authorities that count; unset, those of this machine."""

    async def probe() -> Finding:
        try:
            async with asyncio.timeout(_SECONDS):
                _, writer = await asyncio.open_connection(
                    host, port, ssl=trust or ssl.create_default_context()
                )
        except ssl.SSLCertVerificationError as wrong:
            return Finding(State.DOWN, f"{host} is not trusted: {wrong.verify_message}")
        except (OSError, TimeoutError) as failure:
            return Finding(State.DOWN, f"{host}:{port} does not answer TLS ({type(failure).__name__})")
        shown = writer.get_extra_info("peercert")
        writer.close()
        ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(shown["notAfter"]), UTC)
        facts = {"ends": f"{ends:%Y-%m-%d}"}
        if ends - clock.now() < SOON:
            return Finding(State.DEGRADED, "it ends soon", facts)
        return Finding(State.OK, "", facts)

    return Check("certificate", True, probe)
