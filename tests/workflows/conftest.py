"""Whole-path fixtures."""

from collections.abc import AsyncIterator

import pytest

from samvad.platform.crypto import Keyring
from tests.support.house import House, house


@pytest.fixture
async def shop(database_url: str, keyring: Keyring) -> AsyncIterator[House]:
    """One tenant, one Meta number, workers running, replies due at once."""
    async with house(database_url, keyring) as built:
        yield built
