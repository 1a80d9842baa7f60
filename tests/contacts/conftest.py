"""The working installation of the conversations' tests, with a database of its own."""

from collections.abc import AsyncIterator

import pytest

from samvad.platform.crypto import Keyring
from samvad.platform.postgres.testing import Scratch
from tests.door.stage import Shop, Stage, stage


@pytest.fixture(scope="module")
async def working(cluster: Scratch, template: str, keyring: Keyring) -> AsyncIterator[Stage]:
    async with (
        cluster.database(template=template) as name,
        stage(cluster.dsn(name), keyring, working=True) as opened,
    ):
        yield opened


@pytest.fixture
async def shop(working: Stage) -> Shop:
    return await working.shop()
