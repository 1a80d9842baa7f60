"""`samvad channel tunnel`: the self-test through another address, the provider told of it, the rest said."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from urllib.parse import urlsplit

import pytest

from samvad.bootstrap.parts import Parts
from samvad.cli import tunnel
from samvad.cli.runtime import Runtime
from samvad.kernel.errors import Invalid
from samvad.platform.crypto import Keyring
from samvad.platform.settings import HttpSettings
from tests.cli.conftest import Cli
from tests.door.stage import VERIFY, Shop, stage


@pytest.fixture
async def shop(database_url: str, keyring: Keyring) -> AsyncIterator[Shop]:
    async with stage(database_url, keyring) as opened:
        yield await opened.shop()


def runtime_of(shop: Shop) -> Runtime:
    """The stage's own server stands in for the tunnel's address."""
    parts, port = shop.stage.parts, urlsplit(shop.stage.url).port or 0
    known = parts.settings.http.allow_hosts
    http = HttpSettings(allow_hosts=known | {("127.0.0.1", port), ("localhost", port)})
    built = replace(parts, settings=parts.settings.model_copy(update={"http": http}))

    @asynccontextmanager
    async def opened() -> AsyncIterator[Parts]:
        yield built

    return cast(Runtime, SimpleNamespace(open_parts=opened, settings=built.settings))


async def test_meta_is_pointed_to_the_tunnel_after_a_test_through_it(shop: Shop) -> None:
    base = shop.stage.url
    done = await tunnel.point(runtime_of(shop), shop.channel.id, base, None)
    assert done.ok, done.steps
    names = [step.name for step in done.steps]
    assert {"webhook_reachable", "signed_event"} < set(names)
    assert names[-1] == "webhook_pointed"
    assert done.webhook_url == f"{base}/webhooks/meta/{shop.channel.key}"
    assert shop.stage.graph.subscriptions == [
        None, {"override_callback_uri": done.webhook_url, "verify_token": VERIFY}
    ]  # fmt: skip
    assert [left.partition(" ")[0] for left in done.left] == ["Start", "The"]


async def test_an_address_that_leads_elsewhere_points_nothing(shop: Shop) -> None:
    done = await tunnel.point(runtime_of(shop), shop.channel.id, shop.stage.graph.url, None)
    assert not done.ok
    assert done.steps[-1].name == "webhook_reachable"
    assert shop.stage.graph.subscriptions == [None]


async def test_a_bad_address_is_one_sentence(cli: Cli) -> None:
    result = await cli("channel", "tunnel", "01a21e33-357f-755f-945f-e638052c4306", "http://127.0.0.1:8400")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "https://some-words.example" in result.stderr
    for wrong in ("some-words.example", "https://x.example/path", "https://"):
        with pytest.raises(Invalid):
            tunnel.public(wrong)
    assert tunnel.public(" https://some-words.example/ ") == "https://some-words.example"


def test_the_settings_file_keeps_its_other_lines(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("SAMVAD_PORT=9000\nSAMVAD_PUBLIC_URL=https://old.example\n# a word\n")
    tunnel.save("https://new.example", file)
    assert file.read_text() == "SAMVAD_PORT=9000\n# a word\nSAMVAD_PUBLIC_URL=https://new.example\n"
