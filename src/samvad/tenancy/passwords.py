"""argon2id (RFC 9106, OWASP's 19 MiB variant) for passwords: the part that computes, and who runs it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import cast

from argon2 import PasswordHasher as Argon2
from argon2.exceptions import InvalidHashError, VerificationError

_ARGON2 = Argon2(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# What an unknown e-mail is verified against, so that it takes as long as a known one. Of no password.
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$c2FtdmFkLW5vYm9keS0wMA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def make(password: str) -> str:
    """The hash to store; about 20 ms and 19 MiB."""
    return _ARGON2.hash(password.encode("utf-8", "surrogatepass"))


def verify(stored: str, password: str) -> bool:
    try:
        return _ARGON2.verify(stored, password.encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False


class ThreadHasher:
    """Hashes in a thread (argon2 releases the GIL); for the command line."""

    async def hash(self, password: str) -> str:
        return await asyncio.to_thread(make, password)

    async def verify(self, stored: str, password: str) -> bool:
        return await asyncio.to_thread(verify, stored, password)


class ComputeHasher:
    """Hashes in the compute process; `call("module:function", *arguments)` is its door."""

    def __init__(self, call: Callable[..., Awaitable[object]]) -> None:
        self._call = call

    async def hash(self, password: str) -> str:
        return cast(str, await self._call("samvad.tenancy.passwords:make", password))

    async def verify(self, stored: str, password: str) -> bool:
        return bool(await self._call("samvad.tenancy.passwords:verify", stored, password))
