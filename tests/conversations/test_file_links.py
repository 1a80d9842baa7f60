"""Addresses of files: made by us, for one file of one tenant, until they end."""

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import AsyncMock

import pytest
from structlog.testing import capture_logs

from samvad.api.media import _name
from samvad.api.middleware import LastNet
from samvad.conversations.service.file_links import LIFE, FileLinks
from samvad.kernel.clock import FrozenClock
from samvad.kernel.ids import TenantId, new_id

TENANT, MESSAGE = TenantId(new_id()), new_id()


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(datetime(2026, 6, 1, 12, tzinfo=UTC))


@pytest.fixture
def links(clock: FrozenClock) -> FileLinks:
    return FileLinks("a key", "https://crm.example", clock)


def token(links: FileLinks) -> str:
    return links.link(TENANT, MESSAGE).removeprefix("https://crm.example/media/out/")


def test_a_link_opens_its_own_file_until_it_ends(links: FileLinks, clock: FrozenClock) -> None:
    made = token(links)
    assert links.opened(made) == (TENANT, MESSAGE)
    clock.advance(LIFE - timedelta(seconds=1))
    assert links.opened(made) == (TENANT, MESSAGE)
    clock.advance(timedelta(seconds=1))
    assert links.opened(made) is None


def test_no_other_character_opens_anything(links: FileLinks, clock: FrozenClock) -> None:
    made = token(links)
    for at in range(len(made)):
        other = "A" if made[at] != "A" else "B"
        assert links.opened(made[:at] + other + made[at + 1 :]) is None, at
    for wrong in ("", "x", made[:-1], made + "A", made[:-1] + "=", made[:-1] + "é", "+" * 96, "A" * 96):
        assert links.opened(wrong) is None, wrong
    assert FileLinks("another key", "https://crm.example", clock).opened(made) is None


async def test_a_failure_logs_no_address_of_a_file(links: FileLinks) -> None:
    async def broken(scope: Any, receive: Any, send: Any) -> None:
        raise RuntimeError("broken")

    path = links.link(TENANT, MESSAGE).removeprefix("https://crm.example")
    with capture_logs() as logged, pytest.raises(RuntimeError):
        await LastNet(broken)({"type": "http", "method": "GET", "path": path}, AsyncMock(), AsyncMock())
    assert [one["path"] for one in logged] == ["/media/out/***"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("prices.pdf", "prices.pdf"),
        ('a"b\r\nX-Evil: 1.pdf', "a_b_X-Evil_1.pdf"),
        ("दूध.jpg", "file.jpg"),
        ("no ending", "no_ending"),
        ("", "file"),
        (".pdf", "file.pdf"),
        ("a very long name of a list of prices.xlsx", "a_very_long_nam.xlsx"),
    ],
)
def test_names_are_harmless_and_keep_their_ending(given: str, shown: str) -> None:
    assert _name(given) == shown
    assert len(shown) <= 20
