"""Passwords are hashed where the loop does not wait for it."""

from samvad.platform.compute.client import Compute
from samvad.tenancy.passwords import NOBODY, ComputeHasher
from tests.tenancy.factories import PASSWORD


async def test_hash_and_verify_in_the_compute_process() -> None:
    async with Compute() as compute:
        hasher = ComputeHasher(compute.call)
        first, second = await hasher.hash(PASSWORD), await hasher.hash(PASSWORD)
        assert first != second
        assert first.startswith("$argon2id$")
        assert await hasher.verify(first, PASSWORD)
        assert not await hasher.verify(first, PASSWORD + " ")
        assert not await hasher.verify(NOBODY, PASSWORD)
