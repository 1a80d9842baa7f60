"""The door over real HTTP with a Graph peer that also answers the questions of a self-test."""

from collections.abc import AsyncIterator

import pytest

from samvad.platform.crypto import Keyring
from samvad.platform.postgres.testing import Scratch
from tests.door.stage import Shop, Stage, stage


@pytest.fixture(scope="package")
async def door(cluster: Scratch, template: str, keyring: Keyring) -> AsyncIterator[Stage]:
    async with cluster.database(template=template) as name, stage(cluster.dsn(name), keyring) as opened:
        yield opened


@pytest.fixture
async def shop(door: Stage) -> Shop:
    return await door.shop()
