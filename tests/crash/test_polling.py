"""A worker killed anywhere between question and settlement: the next one misses nothing."""

import signal
from datetime import timedelta
from pathlib import Path

import pytest

from samvad.kernel.clock import FrozenClock, SystemClock
from samvad.kernel.ids import TenantId
from samvad.platform.crashpoints import Moment, Point
from samvad.platform.crypto import Keyring
from samvad.platform.db import Database
from tests.crash.killing import killed
from tests.support import meta
from tests.support.feed import polling

NUMBER = "200100"
POINTS = (Point.POLL_CLAIM, Point.POLL_FETCH, Point.INTAKE_STORE, Point.POLL_ADVANCE, Point.POLL_SETTLE,
          Point.POLL_RELEASE)  # fmt: skip
TWICE = (Point.INTAKE_STORE, Point.POLL_ADVANCE)  # stored, and the provider does not know it yet


@pytest.mark.parametrize("point", POINTS)  # before one is after the one before it
async def test_the_next_worker_misses_nothing(
    database: Database, database_url: str, keyring: Keyring, tenant: TenantId, tmp_path: Path, point: Point
) -> None:
    place = f"{point}:{Moment.AFTER}"
    clock = FrozenClock(SystemClock().now())
    async with polling(database, keyring, clock, tmp_path) as scene:
        channel = await scene.connect(tenant, NUMBER)
        items = [meta.message("hello", sender="919999900001", id=id_) for id_ in ("a", "b")]
        bodies = [meta.messages(NUMBER, f"9{NUMBER}", item) for item in items]
        scene.feed.book(NUMBER).add(*bodies)
        assert await killed("tests.crash.poller", database_url, place, str(tmp_path)) == -signal.SIGKILL
        clock.advance(timedelta(minutes=3))
        await scene.ask()
        assert await scene.came(channel) == (["a", "a", "b"] if point in TWICE else ["a", "b"])
        assert scene.feed.book(NUMBER).settled() == [True, True]
        assert scene.feed.book(NUMBER).told()[1] == 1
