"""A running PostgreSQL server, seen from a client: its address and whether it answers."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from urllib.parse import quote

import asyncpg

SUPERUSER = "postgres"
PORT = 5432  # only part of the socket's name: there is no network listener


class Reply(Enum):
    YES = "a query came back"
    NOT_NOW = "refused in words: recovering, stopping or out of connections"
    NONE = "no answer"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Its folder and its socket."""

    data_dir: Path
    socket_dir: Path
    port: int = PORT
    superuser: str = SUPERUSER

    def dsn(
        self, *, database: str, user: str, password: str | None = None, driver: str = "postgresql"
    ) -> str:
        """For asyncpg as it is; for SQLAlchemy with `driver="postgresql+asyncpg"`."""
        secret = "" if password is None else f":{quote(password, safe='')}"
        host = quote(str(self.socket_dir), safe="")
        name = quote(database, safe="")
        return f"{driver}://{quote(user, safe='')}{secret}@/{name}?host={host}&port={self.port}"

    async def connect(self, database: str = "postgres", *, patience: float = 5) -> asyncpg.Connection:
        """A connection as the superuser; `patience` in seconds, for the connection and for each statement."""
        return await asyncpg.connect(
            host=str(self.socket_dir),
            port=self.port,
            user=self.superuser,
            database=database,
            ssl=False,
            timeout=patience,
            command_timeout=patience,
        )

    async def ask(self) -> Reply:
        """Send one query and tell what came back."""
        try:
            connection = await self.connect()
        except asyncpg.PostgresError:
            return Reply.NOT_NOW
        except (OSError, asyncpg.InterfaceError):
            return Reply.NONE
        try:
            await connection.fetchval("SELECT 1")
        except (asyncpg.PostgresError, asyncpg.InternalClientError):  # the latter: its farewell came first
            return Reply.NOT_NOW
        except (OSError, asyncpg.InterfaceError):
            return Reply.NONE
        else:
            return Reply.YES
        finally:
            connection.terminate()
