"""What a repository is born from: an open transaction that already knows its tenant."""

from dataclasses import dataclass

from samvad.kernel.ids import MemberId, TenantId
from samvad.platform.db.connection import Connection


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member, an API key, or the system (both None)."""

    member: MemberId | None = None
    api_key: str | None = None

    @property
    def label(self) -> str:
        if self.member:
            return f"member:{self.member}"
        return f"api_key:{self.api_key}" if self.api_key else "system"


SYSTEM = Actor()


@dataclass(frozen=True, slots=True)
class ReadScope:
    """A transaction of the app role where `app.tenant` is set: row-level security shows one tenant."""

    db: Connection
    tenant: TenantId
    actor: Actor = SYSTEM


class Scope(ReadScope):
    """A ReadScope that may write; only `Database.unit_of_work` makes it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SystemScope:
    """A transaction of the system role: sees the driver and directory tables of all tenants, no others."""

    db: Connection
