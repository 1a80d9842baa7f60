"""`samvad channel tunnel`: webhooks to this machine through a public URL of somebody else's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from samvad.bootstrap.parts import Parts
from samvad.channels.service.selftest import SelfTest
from samvad.channels.service.vault import Vault
from samvad.channels.types import Channel, PointsWebhook, ProbeStep
from samvad.cli.runtime import Runtime, chosen_tenant
from samvad.kernel.errors import FieldError, Invalid
from samvad.kernel.ids import ChannelId
from samvad.platform.db.scope import SYSTEM
from samvad.platform.http import HostPolicy
from samvad.platform.settings import Settings

_LINE = "SAMVAD_PUBLIC_URL"
_BY_HAND: Mapping[str, str] = {
    "twilio": "In Twilio's console, where a message comes in to the sender, method POST: {url}#rc=3&rp=all",
    "chat": "On your pages: the script line of the channel's card, which begins with {base}",
}
_TAKEN_BACK = "The channel's next test lets Meta go back to the URL of the app's dashboard."


@dataclass(frozen=True, slots=True)
class Tunnelled:
    webhook_url: str
    steps: Sequence[ProbeStep]
    left: Sequence[str]

    @property
    def ok(self) -> bool:
        return all(step.ok for step in self.steps)


def public(url: str) -> str:
    """Without a slash at its end. Raises Invalid."""
    parts = urlsplit(url.strip())
    if parts.scheme != "https" or not parts.hostname or parts.path.strip("/") or parts.query:
        raise Invalid(
            errors=[FieldError("url", "is the tunnel's address alone, such as https://some-words.example")]
        )
    return f"https://{parts.netloc}"


async def point(runtime: Runtime, channel: UUID, base: str, slug: str | None) -> Tunnelled:
    """The self-test through this address, then the provider is told of it, where it can be."""
    async with runtime.open_parts() as built:
        tenant = await chosen_tenant(built.database, slug)
        async with built.database.reading(tenant) as scope:
            found = await built.registry.get(scope, ChannelId(channel))
        vault = Vault(built.keyring, built.database, adapters=built.adapters, public_url=base)
        report = await _selftest(built, vault).run(tenant, SYSTEM, found)
        steps, adapter = list(report.steps), built.adapters[found.provider]
        if report.ok and isinstance(adapter, PointsWebhook):
            steps.append(await adapter.point_webhook(vault.credentials(tenant, found)))
        url = vault.webhook_url(found)
        return Tunnelled(url, steps, _left(found, url, base, runtime.settings))


def _selftest(built: Parts, vault: Vault) -> SelfTest:
    return SelfTest(
        standings=built.standings,
        database=built.database,
        vault=vault,
        registry=built.registry,
        adapters=built.adapters,
        http=built.http,
        allow=HostPolicy(allowed=built.settings.http.allow_hosts),
        clock=built.clock,
    )


def _left(channel: Channel, url: str, base: str, settings: Settings) -> list[str]:
    left = []
    if (settings.public_url or "").rstrip("/") != base:
        left.append(f"Start Samvad again with {_LINE}={base} (--save writes it into .env)")
    if by_hand := _BY_HAND.get(channel.provider):
        left.append(by_hand.format(url=url, base=base))
    elif channel.provider == "meta":
        left.append(_TAKEN_BACK)
    return left


def save(base: str, file: Path) -> None:
    """The one line of the settings file that says it; the others stay."""
    lines = file.read_text().splitlines() if file.exists() else []
    kept = [line for line in lines if line.partition("=")[0].strip() != _LINE]
    file.write_text("\n".join([*kept, f"{_LINE}={base}"]) + "\n")
