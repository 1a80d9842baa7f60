"""An external database that cannot be used is one sentence; one that recovers is waited for."""

import asyncio
import shutil
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from samvad.bootstrap.engine import CannotStart, Schema, engine
from samvad.platform.settings import Settings
from tests.conftest import SECRET


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("crm.example.test", "SAMVAD_DATABASE_URL is no postgresql:// address"),
        ("postgresql://shop@127.0.0.1:1/crm", "The database does not answer"),
    ],
)
async def test_it_says_what_is_wrong(url: str, sentence: str) -> None:
    settings = Settings.model_validate({"database_url": url, "secret_key": "x" * 40})
    with pytest.raises(CannotStart, match=sentence):
        async with engine(settings):
            raise AssertionError("it cannot start")


class Recovering:
    """Before a PostgreSQL: it refuses the first visitors as one does that reads its log again."""

    def __init__(self, socket: str, *, refused: int) -> None:
        self._socket, self.left = socket, refused

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.left:
            self.left -= 1
            await reader.readexactly(4)
            fields = b"SFATAL\0VFATAL\0C57P03\0Mthe database system is in recovery mode\0\0"
            writer.write(b"E" + (len(fields) + 4).to_bytes(4) + fields)
            writer.close()
            return
        inner, outer = await asyncio.open_unix_connection(self._socket)
        await asyncio.gather(_pumped(reader, outer), _pumped(inner, writer))


async def _pumped(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
    writer.close()


async def test_one_that_recovers_from_a_crash_is_waited_for(database_url: str) -> None:
    host = parse_qs(urlsplit(database_url).query)["host"][0]
    folder = Path(tempfile.mkdtemp(dir="/tmp"))  # the name of a socket is short
    door = Recovering(f"{host}/.s.PGSQL.5432", refused=2)
    server = await asyncio.start_unix_server(door, folder / ".s.PGSQL.5432")
    try:
        address = database_url.replace(host, str(folder)).replace(quote(host, safe=""), str(folder))
        settings = Settings.model_validate({"database_url": address, "secret_key": SECRET})
        async with engine(settings, schema=Schema.ANY):
            assert not door.left
    finally:
        server.close()
        shutil.rmtree(folder)
