"""One open door for all tests of this folder; every test brings its own tenants and numbers."""

from collections.abc import AsyncIterator

import pytest

from samvad.platform.crypto import Keyring
from samvad.platform.postgres.testing import Scratch
from tests.door.stage import Shop, Stage, stage


@pytest.fixture(scope="package")
async def door(cluster: Scratch, template: str, keyring: Keyring) -> AsyncIterator[Stage]:
    """Without META_APP_SECRET."""
    async with cluster.database(template=template) as name, stage(cluster.dsn(name), keyring) as opened:
        yield opened


@pytest.fixture
async def shop(door: Stage) -> Shop:
    return await door.shop()
