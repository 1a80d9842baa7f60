"""The doctor fails on each fault that is planted, and says what to do."""

import os
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from samvad.cli.doctor import machine
from samvad.cli.doctor.command import REMEDIES, checks_of
from samvad.kernel.clock import FrozenClock, SystemClock
from samvad.kernel.ids import new_id
from samvad.platform.crypto import Keyring
from samvad.platform.health import Check, Examiner, Finding, State
from samvad.platform.health.certificates import certificate_check
from samvad.platform.settings import Settings
from tests.support.house import House, house

WITHDRAWN = """WITH one AS (INSERT INTO contacts (tenant_id, id, name, created_at, updated_at)
  VALUES ($1, $2, 'Asha', now(), now()) RETURNING id)
INSERT INTO consents (tenant_id, id, contact_id, change, method, words, actor, at)
  SELECT $1, id, id, 'opt_out', 'word', 'STOP', 'system', now() FROM one"""
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


async def examined(checks: Sequence[Check]) -> dict[str, Finding]:
    report = await Examiner(checks, wait_seconds=20).examine()
    for name, finding in report.findings.items():
        kind = "channel" if name.startswith("channel ") else name
        assert finding.state is State.OK or REMEDIES[kind]
    return dict(report.findings)


def _nothing(folder: Path) -> None:
    (folder / "secret.key").unlink()


def _open_key(folder: Path) -> None:
    (folder / "secret.key").chmod(0o644)


def _old_backup(folder: Path) -> None:
    os.utime(folder / "backups/samvad-x.backup", (NOW.timestamp() - 40 * 3600,) * 2)


def _no_backup(folder: Path) -> None:
    (folder / "backups/samvad-x.backup").unlink()


def _whole(folder: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("harm", "part", "state"),
    [
        (_whole, "secret key", State.OK),
        (_whole, "backups", State.OK),
        (_nothing, "secret key", State.DOWN),
        (_open_key, "secret key", State.DOWN),
        (_old_backup, "backups", State.DEGRADED),
        (_no_backup, "backups", State.DEGRADED),
    ],
)
async def test_the_machine(tmp_path: Path, harm: Callable[[Path], None], part: str, state: State) -> None:
    folder = tmp_path / "data"
    (folder / "backups").mkdir(parents=True)
    (folder / "secret.key").write_text("k" * 40)
    (folder / "secret.key").chmod(0o600)
    (folder / "backups/samvad-x.backup").write_text("")
    os.utime(folder / "backups/samvad-x.backup", (NOW.timestamp() - 3600,) * 2)
    harm(folder)
    settings = Settings.model_validate({"data_dir": folder})
    found = await examined(machine.checks(settings, FrozenClock(NOW)))
    assert found[part].state is state, found[part]


@pytest.fixture
async def shop(database_url: str, keyring: Keyring) -> AsyncIterator[House]:
    async with house(database_url, keyring, working=False) as built:
        yield built


async def test_what_providers_and_the_database_say(shop: House, database_url: str) -> None:
    """One installation, one fault after the other."""
    found = await examined(await checks_of(shop.parts))
    assert found["provider clock"].state is State.OK
    assert found["row security"].state is State.OK
    assert found["channel Shop"].state is State.DEGRADED  # nothing listens here: the provider says yes
    assert found["public URL"].state is State.DOWN
    assert found["consents"].state is State.OK

    shop.graph.knows_token = False
    connection = await asyncpg.connect(database_url)
    await connection.execute("ALTER TABLE rules NO FORCE ROW LEVEL SECURITY")
    await connection.execute(WITHDRAWN, shop.tenant, new_id())
    await connection.close()
    late = FrozenClock(SystemClock().now() + timedelta(minutes=3))
    found = await examined(await checks_of(replace(shop.parts, clock=late)))
    assert found["channel Shop"].state is State.DOWN
    assert (found["row security"].state, found["row security"].detail) == (State.DOWN, "not forced on rules")
    assert found["provider clock"].state is State.DOWN
    assert 170 < float(found["provider clock"].facts["seconds_apart"]) < 190
    assert found["clock"].state is State.DEGRADED
    assert (found["consents"].state, found["consents"].facts["lacking"]) == (State.DEGRADED, 1), "no worker"


def certificate(folder: Path, *, days: float) -> Path:
    """Of our own making, for localhost, with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "tls.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


@asynccontextmanager
async def https(file: Path) -> AsyncIterator[int]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    runner = web.AppRunner(web.Application())
    await runner.setup()
    site = web.TCPSite(runner, "localhost", 0, ssl_context=context)
    await site.start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("days", "trusted", "state", "said"),
    [
        (60, True, State.OK, ""),
        (60, False, State.DOWN, "not trusted"),
        (5, True, State.DEGRADED, "ends soon"),
        (-1, True, State.DOWN, "expired"),
    ],
)
async def test_the_certificate(tmp_path: Path, days: float, trusted: bool, state: State, said: str) -> None:
    file = certificate(tmp_path, days=days)
    trust = ssl.create_default_context(cafile=file if trusted else None)
    async with https(file) as port:
        check = certificate_check("localhost", port, SystemClock(), trust=trust)
        found = (await examined([check]))["certificate"]
    assert (found.state, said in found.detail) == (state, True), found
