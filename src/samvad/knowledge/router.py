"""Sources of knowledge and the search over them."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from samvad.knowledge.deps import MOST_BODY, UPLOAD, GivenSource
from samvad.knowledge.schemas import (
    FoundList,
    FoundOut,
    PassageOut,
    PassagePage,
    SearchIn,
    SourceOut,
    SourcePage,
)
from samvad.knowledge.service import sources
from samvad.knowledge.service.search import Search
from samvad.platform.db import ReadScope, Scope
from samvad.platform.settings import KnowledgeSettings
from samvad.platform.wakeups import Topic, Wakeups
from samvad.tenancy.deps import (
    PAGE,
    Admitted,
    Cursor,
    Limit,
    Now,
    admits,
    part,
    reads,
    room_router,
    writes,
)
from samvad.tenancy.types import Permission

router = room_router("knowledge", prefix="/knowledge")
Read = Annotated[ReadScope, reads(Permission.KNOWLEDGE_READ)]
Write = Annotated[Scope, writes(Permission.KNOWLEDGE_WRITE)]
Upload = Annotated[Admitted, admits(Permission.KNOWLEDGE_WRITE)]
Looks = Annotated[Admitted, admits(Permission.KNOWLEDGE_READ)]
Wake = Annotated[Wakeups, Depends(part(Wakeups))]
Limits = Annotated[KnowledgeSettings, Depends(part(KnowledgeSettings))]
Finder = Annotated[Search, Depends(part(Search))]


@router.get("/sources", summary="Sources, newest first")
async def list_knowledge(scope: Read, cursor: Cursor = None, limit: Limit = PAGE) -> SourcePage:
    page = await sources.list_sources(scope, cursor=cursor, limit=limit)
    return SourcePage(items=[SourceOut.of(one) for one in page.items], next_cursor=page.next_cursor)


@router.post(
    "/sources", status_code=201, max_body_size=MOST_BODY, openapi_extra=UPLOAD,
    summary="Add a source: upload a file, or write a text or questions with answers; indexed soon after",
)  # fmt: skip
async def add_source(call: Upload, given: GivenSource, limits: Limits, wakeups: Wake, now: Now) -> SourceOut:
    async with call.unit_of_work() as scope:
        source = await sources.add(scope, given.name, given.file, most=limits.most_megabytes << 20, at=now)
    wakeups.poke(Topic.INDEXING, Topic.EVENTS)
    return SourceOut.of(source)


@router.get("/sources/{source_id}", summary="One source")
async def read_source(scope: Read, source_id: UUID) -> SourceOut:
    return SourceOut.of(await sources.get(scope, source_id))


@router.put(
    "/sources/{source_id}", max_body_size=MOST_BODY, openapi_extra=UPLOAD,
    summary="Put another file in its place; searches find the old one until the new one is indexed",
)  # fmt: skip
async def replace_source(
    call: Upload, source_id: UUID, given: GivenSource, limits: Limits, wakeups: Wake, now: Now
) -> SourceOut:
    most = limits.most_megabytes << 20
    async with call.unit_of_work() as scope:
        source = await sources.replace(scope, source_id, given.name, given.file, most=most, at=now)
    wakeups.poke(Topic.INDEXING, Topic.EVENTS)
    return SourceOut.of(source)


@router.post("/sources/{source_id}/reindex", summary="Read and index the same file anew")
async def reindex_source(scope: Write, source_id: UUID, wakeups: Wake, now: Now) -> SourceOut:
    source = await sources.reindex(scope, source_id, at=now)
    wakeups.poke(Topic.INDEXING, Topic.EVENTS)
    return SourceOut.of(source)


@router.delete(
    "/sources/{source_id}",
    status_code=204,
    summary="Remove a source and all that was made of it; at once no answer comes from it",
)
async def remove_source(scope: Write, source_id: UUID, wakeups: Wake, now: Now) -> None:
    await sources.remove(scope, source_id, at=now)
    wakeups.poke(Topic.EVENTS)


@router.post("/sources/{source_id}/restore", summary="Bring back what was removed within the last 30 seconds")
async def restore_source(scope: Write, source_id: UUID, wakeups: Wake, now: Now) -> SourceOut:
    source = await sources.restore(scope, source_id, at=now)
    wakeups.poke(Topic.INDEXING, Topic.EVENTS)
    return SourceOut.of(source)


@router.get("/sources/{source_id}/passages", summary="What a source was cut into, in its order")
async def list_passages(
    scope: Read,
    source_id: UUID,
    around: Annotated[
        int | None, Query(ge=0, le=10**9, description="only the passage at this position and its neighbours")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = PAGE,
) -> PassagePage:
    if around is not None:
        near = await sources.passages_around(scope, source_id, around)
        return PassagePage(items=[PassageOut.of(one) for one in near], next_cursor=None)
    page = await sources.list_passages(scope, source_id, cursor=cursor, limit=limit)
    return PassagePage(items=[PassageOut.of(one) for one in page.items], next_cursor=page.next_cursor)


@router.post("/search", summary="The passages that answer a question best")
async def search_knowledge(call: Looks, body: SearchIn, finder: Finder) -> FoundList:
    found = await finder.search(body.question, tenant=call.tenant, top_k=body.top_k, sources=body.sources)
    return FoundList(items=[FoundOut.of(one) for one in found if one.score >= body.min_score])
