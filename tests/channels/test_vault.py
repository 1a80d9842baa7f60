"""Sealed secrets of channels, also those that an older version sealed."""

from dataclasses import replace

import orjson

from samvad.platform.crypto import Keyring
from tests.door.stage import TOKEN, VERIFY, Shop


async def test_secrets_sealed_before_they_had_names_are_read(shop: Shop, keyring: Keyring) -> None:
    """Until version 8 of the database they were a list of Meta's three."""
    plain = orjson.dumps(["a", "b", "c"]).decode()
    old = replace(shop.channel, credentials=keyring.encrypt(plain, owner=str(shop.channel.id)))
    assert shop.stage.parts.vault.unseal(old) == {"access_token": "a", "app_secret": "b", "verify_token": "c"}


async def test_an_adapter_gets_the_url_that_its_provider_calls(shop: Shop) -> None:
    via = shop.stage.parts.vault.credentials(shop.house.tenant, shop.channel)
    assert via.webhook_url == f"{shop.stage.url}/webhooks/meta/{shop.channel.key}"
    assert (via.secret("access_token"), via.secret("verify_token"), via.secret("none")) == (TOKEN, VERIFY, "")
    assert TOKEN not in repr(via)
