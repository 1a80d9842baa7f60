"""Killed while two contacts become one, or are parted: it happened once and wholly, or not at all."""

import signal
from collections.abc import AsyncIterator

import pytest

from samvad.platform.crashpoints import Moment, Point
from samvad.platform.crypto import Keyring
from samvad.platform.postgres.testing import Scratch
from tests.crash.killing import killed
from tests.door.stage import stage
from tests.workflows.test_identities import TALKS, People, Word

QUEUED = "SELECT count(*) AS rows FROM outbound WHERE tenant_id = $1 AND state = 'queued'"
DUE = "UPDATE timers SET run_at = now() - interval '1 minute', lease_until = NULL WHERE kind = 'merge'"


@pytest.fixture
async def place(cluster: Scratch, template: str) -> AsyncIterator[str]:
    async with cluster.database(template=template) as name:
        yield cluster.dsn(name)


@pytest.mark.parametrize("moment", Moment)
async def test_a_merge_and_its_undoing_are_whole_or_not_there(
    place: str, keyring: Keyring, moment: Moment
) -> None:
    async with stage(place, keyring) as opened:
        people = People(await opened.shop())
        shop = people.shop
        await people.say(Word("b"), queue=True)
        await people.say(Word("a"))
        await people.say(Word("ab"))
        await shop.stage.superuser.execute(DUE)
        assert (
            await killed("tests.crash.merging", place, f"{Point.CONTACT_MERGE}:{moment}") == -signal.SIGKILL
        )
        before = moment is Moment.BEFORE
        assert [row["messages"] for row in await people.rows(TALKS)] == ([1, 2] if before else [3])
        await shop.stage.superuser.execute(DUE)
        await people.weigh()
        (talk,) = await people.rows(TALKS)
        assert talk["messages"] == 3
        assert (await people.rows(QUEUED))[0]["rows"] == 1
        kept = str(talk["contact_id"])
        (record,) = (await shop.get(f"/contacts/{kept}/merges"))["items"]

        parted = (str(shop.house.tenant), kept, record["id"])
        died = await killed("tests.crash.merging", place, f"{Point.CONTACT_PART}:{moment}", *parted)
        assert died == -signal.SIGKILL
        assert len(await people.rows(TALKS)) == (1 if before else 2)
        again = await shop.api("POST", f"/contacts/{kept}/merges/{record['id']}/undo")
        assert again.status == (200 if before else 409)
        talks = {str(row["contact_id"]): row["messages"] for row in await people.rows(TALKS)}
        assert sorted(talks.values()) in ([1, 2], [0, 3]), talks
        assert sum(talks.values()) == 3
        assert (await people.rows(QUEUED))[0]["rows"] == 1
