"""From upload to search and back: nothing is found too early, nothing is left behind, nothing is lost."""

from datetime import timedelta

import pytest

from samvad.api.topics import Topic, topic_of
from samvad.jobs import service as jobs
from samvad.jobs.types import TimerKind
from samvad.kernel.ids import TenantId, new_id
from samvad.knowledge.errors import NoSuchSource, TooBig
from samvad.knowledge.repository.search import Index, has_vectors
from samvad.knowledge.service import sources
from samvad.knowledge.service.attempt import READ
from samvad.knowledge.service.indexing import Indexer
from samvad.knowledge.types import Source, SourceState
from samvad.platform.compute.client import Compute
from samvad.platform.compute.codec import Value
from samvad.platform.compute.errors import ComputeFailed
from samvad.platform.wakeups import Wakeups
from tests.conftest import make_tenant
from tests.knowledge.conftest import MOST, Room, Upload, here

HOURS = "We are open from nine to six, on Sunday until noon."
PRICES = "item,price\nCow milk 1 l,Rs. 62\nPaneer 200 g,Rs. 90\n"
NOTHING_OF_IT = {"sources": 0, "files": 0, "passages": 0, "postings": 0, "terms": 0, "vectors": 0}


async def events(room: Room, tenant: TenantId) -> list[tuple[str, str]]:
    async with room.database.reading(tenant) as scope:
        rows = await scope.db.fetch("SELECT type, data FROM events WHERE tenant_id = $1 ORDER BY id", tenant)
    return [(row["type"], row["data"].get("source", {}).get("status", "")) for row in rows]


async def replaced(room: Room, tenant: TenantId, source: Source, name: str, data: str) -> None:
    async with room.database.unit_of_work(tenant) as scope:
        upload = Upload(data.encode())
        await sources.replace(scope, source.id, name, upload, most=MOST, at=room.clock.now())


async def removed(room: Room, tenant: TenantId, source: Source) -> None:
    async with room.database.unit_of_work(tenant) as scope:
        await sources.remove(scope, source.id, at=room.clock.now())


async def restored(room: Room, tenant: TenantId, source: Source) -> Source:
    async with room.database.unit_of_work(tenant) as scope:
        return await sources.restore(scope, source.id, at=room.clock.now())


async def counted(room: Room, tenant: TenantId) -> tuple[dict[str, int], int]:
    """How many passages hold each term, and how many there are."""
    async with room.database.reading(tenant) as scope:
        held = await scope.db.fetch(
            "SELECT term, holding FROM knowledge_terms WHERE tenant_id = $1 ORDER BY term", tenant
        )
        total = await scope.db.fetchval("SELECT passages FROM knowledge_totals WHERE tenant_id = $1", tenant)
    return {row["term"]: row["holding"] for row in held}, total


async def test_an_upload_waits_then_is_found(room: Room, tenant: TenantId) -> None:
    source = await room.add(tenant, "hours.txt", HOURS)
    assert (source.state, source.passages) == (SourceState.PENDING, 0)
    assert await room.found(tenant, "when are you open on sunday") == []
    await room.index()
    done = await room.get(tenant, source)
    assert (done.state, done.kind, done.passages, done.error) == (SourceState.COMPLETED, "text", 1, None)
    assert await room.found(tenant, "when are you open on sunday") == [HOURS]
    every = await events(room, tenant)
    assert [status for kind, status in every if kind == "knowledge.source.updated"] == [
        "pending", "processing", "completed",
    ]  # fmt: skip
    uploads = [kind for kind, _ in every if topic_of(kind, {}) is Topic.DOCUMENT_UPLOADED]
    assert uploads == ["knowledge.source.uploaded"]


async def test_rows_and_questions_come_back_with_their_fields(room: Room, tenant: TenantId) -> None:
    await room.added(tenant, "prices.csv", PRICES)
    (first, _) = await room.finder.search("price of paneer", tenant=tenant)
    assert first.passage.fields == (("item", "Paneer 200 g"), ("price", "Rs. 90"))
    assert first.passage.source == "prices.csv"
    assert 0 < first.score < 1


async def test_a_damaged_file_fails_with_its_reason_and_harms_nothing(room: Room, tenant: TenantId) -> None:
    await room.add(tenant, "broken.pdf", b"%PDF-1.7 broken")
    good = await room.added(tenant, "hours.txt", HOURS)
    async with room.database.reading(tenant) as scope:
        page = await sources.list_sources(scope, cursor=None, limit=10)
    states = {source.name: (source.state, source.error) for source in page.items}
    assert states["broken.pdf"] == (SourceState.FAILED, "The PDF is damaged and cannot be opened")
    assert good.state is SourceState.COMPLETED
    assert await room.found(tenant, "open on sunday") == [HOURS]


async def test_removed_is_gone(room: Room, tenant: TenantId) -> None:
    source = await room.added(tenant, "hours.txt", HOURS)
    assert all(count > 0 for count in (await room.rows(tenant)).values())
    await removed(room, tenant, source)
    assert await room.found(tenant, "open on sunday") == []
    with pytest.raises(NoSuchSource):
        await room.get(tenant, source)
    await room.kept_no_longer()
    assert await room.rows(tenant) == NOTHING_OF_IT
    with pytest.raises(NoSuchSource):
        await restored(room, tenant, source)


async def test_what_was_removed_comes_back_without_being_read_again(room: Room, tenant: TenantId) -> None:
    source = await room.added(tenant, "hours.txt", HOURS)
    rows, counts = await room.rows(tenant), await counted(room, tenant)
    for _ in range(2):
        await removed(room, tenant, source)
        room.clock.advance(sources.KEPT - timedelta(seconds=1))
        assert not await room.indexer.round()
        assert await room.found(tenant, "open on sunday") == []
        assert await restored(room, tenant, source) == source
        assert await room.found(tenant, "open on sunday") == [HOURS]
        assert (await room.rows(tenant), await counted(room, tenant)) == (rows, counts)
    room.clock.advance(timedelta(hours=1))
    assert not await room.indexer.round()
    assert await room.found(tenant, "open on sunday") == [HOURS]
    with pytest.raises(NoSuchSource):
        await restored(room, tenant, source)


async def test_what_was_removed_takes_nobody_s_place_among_the_nearest(room: Room, tenant: TenantId) -> None:
    """Also while it may still be restored, however much of it there is."""
    kept = await room.added(tenant, "hours.txt", HOURS)
    twin = await room.added(tenant, "copy.txt", HOURS)
    async with room.database.unit_of_work(tenant) as scope:
        await scope.db.execute(
            """INSERT INTO knowledge_vectors (tenant_id, source_id, edition, position, part, embedding)
               SELECT tenant_id, source_id, edition, position, part + n, embedding FROM knowledge_vectors
               CROSS JOIN generate_series(1, 20) n WHERE tenant_id = $1 AND source_id = $2""",
            tenant, twin.id,
        )  # fmt: skip
    await removed(room, tenant, twin)
    vector = (await here("samvad.knowledge.adapters.worker:embed", ["open on sunday"]))[0]  # type: ignore[index]
    async with room.database.reading(tenant) as scope:
        index = Index(scope, vectors=await has_vectors(scope))
        found = [await index.exact(vector, 5, windows=5)]  # type: ignore[arg-type]
        found += [await index.nearest(vector, 5, windows=5)] if index.has_nearest else []  # type: ignore[arg-type]
    assert [{place.source for place in one} for one in found] == [{kept.id}] * len(found)


async def test_one_that_was_not_indexed_yet_is_indexed_when_it_comes_back(
    room: Room, tenant: TenantId
) -> None:
    source = await room.add(tenant, "hours.txt", HOURS)
    await removed(room, tenant, source)
    assert not await room.indexer.round()
    assert (await restored(room, tenant, source)).state is SourceState.PENDING
    await room.index()
    assert await room.found(tenant, "open on sunday") == [HOURS]


async def test_removing_one_leaves_the_counts_of_the_other(room: Room, tenant: TenantId) -> None:
    kept = await room.added(tenant, "hours.txt", HOURS)
    before = await room.rows(tenant)
    twin = await room.added(tenant, "copy.txt", HOURS)
    await removed(room, tenant, twin)
    await room.kept_no_longer()
    assert await room.rows(tenant) == before
    held, total = await counted(room, tenant)
    assert (set(held.values()), total) == ({1}, kept.passages)


async def test_until_the_new_file_is_indexed_the_old_one_is_found(room: Room, tenant: TenantId) -> None:
    source = await room.added(tenant, "hours.txt", HOURS)
    await replaced(room, tenant, source, "hours.txt", "On Sunday we are closed.")
    assert await room.found(tenant, "open on sunday") == [HOURS]
    await room.index()
    assert await room.found(tenant, "open on sunday") == ["On Sunday we are closed."]
    assert (await room.get(tenant, source)).version == 2
    assert (await room.rows(tenant))["passages"] == 1


async def test_a_failed_replacement_leaves_the_old_one(room: Room, tenant: TenantId) -> None:
    source = await room.added(tenant, "hours.txt", HOURS)
    await replaced(room, tenant, source, "hours.pdf", "%PDF-1.7 broken")
    await room.index()
    assert (await room.get(tenant, source)).state is SourceState.FAILED
    assert await room.found(tenant, "open on sunday") == [HOURS]


async def test_indexing_anew_changes_nothing_twice(room: Room, tenant: TenantId) -> None:
    source = await room.added(tenant, "prices.csv", PRICES)
    before = await room.rows(tenant)
    async with room.database.unit_of_work(tenant) as scope:
        await sources.reindex(scope, source.id, at=room.clock.now())
    await room.index()
    assert await room.rows(tenant) == before


@pytest.mark.parametrize("act", ["removed", "replaced"])
async def test_what_changes_while_it_is_indexed_wins(room: Room, tenant: TenantId, act: str) -> None:
    source = await room.add(tenant, "hours.txt", HOURS)

    async def meanwhile(function: str, *arguments: Value, timeout: float = 30) -> Value:
        found = await here(function, *arguments)
        if function == READ and (await room.get(tenant, source)).version == 1:
            if act == "removed":
                await removed(room, tenant, source)
            else:
                await replaced(room, tenant, source, "hours.txt", "On Sunday we are closed.")
        return found

    async with Wakeups(room.database.connect_settings()) as wakeups:
        indexer = Indexer(database=room.database, call=meanwhile, wakeups=wakeups, clock=room.clock)
        room.indexer = indexer
        await room.index() if act == "replaced" else await indexer.round()
    if act == "removed":
        await room.kept_no_longer()
        assert await room.rows(tenant) == NOTHING_OF_IT
    else:
        assert await room.found(tenant, "open on sunday") == ["On Sunday we are closed."]
        assert (await room.rows(tenant))["passages"] == 1


async def test_a_worker_that_lost_its_lease_publishes_nothing(room: Room, tenant: TenantId) -> None:
    source = await room.add(tenant, "hours.txt", HOURS)

    async def stolen(function: str, *arguments: Value, timeout: float = 30) -> Value:
        room.clock.advance(timedelta(minutes=2))
        async with room.database.system() as scope:
            await jobs.claim_due(
                scope,
                TimerKind.INDEX,
                now=room.clock.now(),
                lease=timedelta(minutes=1),
                owner=new_id(),
                most=1,
            )
        return await here(function, *arguments)

    async with Wakeups(room.database.connect_settings()) as wakeups:
        await Indexer(database=room.database, call=stolen, wakeups=wakeups, clock=room.clock).round()
    assert await room.found(tenant, "open on sunday") == []
    room.clock.advance(timedelta(minutes=2))
    await room.index()
    assert await room.found(tenant, "open on sunday") == [HOURS]
    assert (await room.rows(tenant))["passages"] == 1
    assert (await room.get(tenant, source)).state is SourceState.COMPLETED


async def test_a_compute_process_that_dies_is_tried_three_times(room: Room, tenant: TenantId) -> None:
    source = await room.add(tenant, "hours.txt", HOURS)

    async def dying(function: str, *arguments: Value, timeout: float = 30) -> Value:
        raise ComputeFailed

    async with Wakeups(room.database.connect_settings()) as wakeups:
        indexer = Indexer(database=room.database, call=dying, wakeups=wakeups, clock=room.clock)
        for _ in range(3):
            assert await indexer.round()
            room.clock.advance(timedelta(minutes=5))
        assert not await indexer.round()
    failed = await room.get(tenant, source)
    assert failed.state is SourceState.FAILED
    assert failed.error is not None and "several times" in failed.error


async def test_too_large_a_file_is_refused_before_anything_is_stored(room: Room, tenant: TenantId) -> None:
    with pytest.raises(TooBig):
        await room.add(tenant, "big.txt", b"x" * (MOST + 1))
    assert (await room.rows(tenant)) == NOTHING_OF_IT


async def test_tenants_find_their_own_alone(room: Room, tenant: TenantId) -> None:
    rival = await make_tenant(room.database, slug="rival")
    await room.add(tenant, "mine.txt", "The mango lassi costs Rs. 40.")
    await room.added(rival, "theirs.txt", "The mango lassi costs Rs. 95.")
    assert await room.found(tenant, "what does the mango lassi cost") == ["The mango lassi costs Rs. 40."]
    assert await room.found(rival, "what does the mango lassi cost") == ["The mango lassi costs Rs. 95."]


async def test_the_real_compute_process_reads_and_embeds(room: Room, tenant: TenantId) -> None:
    async with Compute() as compute, Wakeups(room.database.connect_settings()) as wakeups:
        room.indexer = Indexer(database=room.database, call=compute.call, wakeups=wakeups, clock=room.clock)
        source = await room.added(tenant, "prices.csv", PRICES)
    assert source.state is SourceState.COMPLETED
    assert (await room.rows(tenant))["vectors"] == 2
