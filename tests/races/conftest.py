"""Houses for races: with workers, or bare for tests that bring their own senders."""

from collections.abc import AsyncIterator

import pytest

from samvad.bootstrap.engine import Engine
from samvad.platform.crypto import Keyring
from tests.support.house import House, house


@pytest.fixture
def engine(database_url: str, keyring: Keyring) -> Engine:
    return Engine(database_url, keyring)


@pytest.fixture
async def shop(engine: Engine) -> AsyncIterator[House]:
    """Workers running, replies due at once."""
    async with house(engine.url, engine.keyring) as built:
        yield built


@pytest.fixture
async def bare(engine: Engine) -> AsyncIterator[House]:
    """No workers."""
    async with house(engine.url, engine.keyring, working=False) as built:
        yield built
