"""The hot queries use their indexes under row-level security, with 50,000 messages of one tenant."""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import asyncpg
import orjson
import pytest

from benchmarks import bulk
from samvad.channels.repository import gate, inbound, journal, routes, watch
from samvad.channels.repository.templates import Templates
from samvad.channels.types import (
    GateLimits,
    JournalFilter,
    Priority,
    Provider,
    RouteKind,
    TemplateFilter,
    Verdict,
)
from samvad.contacts.repository import Contacts, Place
from samvad.contacts.repository import find as find_people
from samvad.conversations.repository import bursts, conversations, finding, inbox, log, progress, standing
from samvad.conversations.repository.inbox import Filter
from samvad.conversations.repository.messages import Messages, known_external
from samvad.conversations.types import ACTIVE, MessageStatus, Mode, State
from samvad.conversations.types.log import Action, LogFilter
from samvad.jobs import repository as timers
from samvad.jobs.types import TimerKind
from samvad.kernel.ids import ChannelId, TenantId, new_id
from samvad.platform.db import Database, Scope, SystemScope
from samvad.platform.events.cursor import Place as EventPlace
from samvad.platform.events.repository import stream
from samvad.platform.postgres.testing import Scratch
from tests.conftest import make_tenant

NOW = datetime.now(UTC)
PEOPLE, MESSAGES = 5_000, 10
BORNE = (2, *bulk.LABELLED)  # more than are sorted, and few
BIG = {
    "messages", "conversations", "contacts", "identities", "send_facts", "outbound", "events", "timers",
    "inbound_lanes", "inbound_items", "channel_routes", "deliveries", "templates",
}  # fmt: skip

_CHANNEL = """
INSERT INTO channels (tenant_id, id, provider, name, key, address, account, credentials, base_url,
  options, settings, created_at, updated_at)
VALUES ($1, $2, 'meta', 'c', 'k', 'a', 'b', '', '', '{}', '{}', now(), now())
"""
_CHANNEL_FACTS = """
INSERT INTO channel_send_facts (tenant_id, channel_id, has_window, per_second, tokens, refilled_at, status,
  version) VALUES ($1, $2, true, 1000, 20, now(), 'active', 1)
"""
_TIMERS = """
INSERT INTO timers (tenant_id, kind, key, run_at, first_at, gen)
SELECT $1, 'idle', uuidv7(), now() + n * interval '1 second', now(), 1 FROM generate_series(1, 5000) n
"""
_LANES = """
INSERT INTO inbound_lanes (tenant_id, channel_id, lane, ready_at, gen)
SELECT $1, $2, 'm:' || n, now() + n * interval '1 second', 1 FROM generate_series(1, 5000) n
"""
_ITEMS = """
INSERT INTO inbound_items (tenant_id, id, channel_id, lane, delivery_id, event, sent_at, arrived_at)
SELECT $1, uuidv7(), $2, 'm:' || n, uuidv7(), '{}', now(), now() FROM generate_series(1, 5000) n
"""
_EVENTS = """
INSERT INTO events (tenant_id, id, type, data, at)
SELECT $1, uuidv7(), 'x', '{}', now() FROM generate_series(1, 20000)
"""
_ROUTES = """
INSERT INTO channel_routes (family, kind, value, tenant_id, channel_id, secret, verify_token)
SELECT 'meta', 'address', n::text, $1, uuidv7(), '', '' FROM generate_series(1, 2000) n
"""
# one in a thousand went wrong
_DELIVERIES = """
INSERT INTO deliveries (tenant_id, id, channel_id, door, received_at, headers, body, verdict, items)
SELECT $1, uuidv7(), $2, 'meta/own', now() - n * interval '1 minute', '{}', '',
  CASE WHEN n % 1000 = 0 THEN 'failed' ELSE 'accepted' END, 1 FROM generate_series(1, 30000) n
"""
# of two accounts
_TEMPLATES = """
INSERT INTO templates (tenant_id, id, provider, account, external_id, name, language, category, status,
  quality, reason, layout, created_at, updated_at)
SELECT $1, uuidv7(), 'meta', (n % 2)::text, n::text, 'template_' || n, 'en', 'utility', 'approved', 'high',
  '', '{"body": "Hello"}', now(), now() FROM generate_series(1, 5000) n
"""


class Explaining:
    """A connection that notes the plan of every query before it runs it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self.scans: set[str] = set()
        self.indexes: set[str] = set()
        self.seen = 0

    async def _explain(self, query: str, values: tuple[object, ...]) -> None:
        plan = await self._connection.fetchval(f"EXPLAIN (FORMAT JSON) {query}", *values)
        self.seen += 1
        plan = plan if isinstance(plan, list) else orjson.loads(plan)
        self.scans |= set(_named(plan, "Relation Name", of="Seq Scan"))
        self.indexes |= set(_named(plan, "Index Name"))

    async def fetch(self, query: str, *values: object) -> Any:
        await self._explain(query, values)
        return await self._connection.fetch(query, *values)

    async def fetchrow(self, query: str, *values: object) -> Any:
        await self._explain(query, values)
        return await self._connection.fetchrow(query, *values)

    async def fetchval(self, query: str, *values: object) -> Any:
        await self._explain(query, values)
        return await self._connection.fetchval(query, *values)

    async def execute(self, query: str, *values: object) -> Any:
        await self._explain(query, values)
        return await self._connection.execute(query, *values)


def _named(node: Any, what: str, *, of: str | None = None) -> Iterator[str]:
    """Names of tables or indexes in a plan, of its nodes of one type; "Seq Scan" reads from end to end."""
    if isinstance(node, dict):
        if what in node and of in (None, node["Node Type"]):
            yield node[what]
        node = list(node.values())
    if isinstance(node, list):
        for entry in node:
            yield from _named(entry, what, of=of)


@dataclass(frozen=True)
class Stock:
    """A database that nobody is connected to, and whose history it holds."""

    name: str
    tenant: TenantId
    channel: ChannelId


@pytest.fixture(scope="module")
async def stock(cluster: Scratch, template: str, passwords: dict[str, str]) -> AsyncIterator[Stock]:
    """The number of a tenant with a long history and full queues; made once, as it takes seconds."""
    async with cluster.database(template=template) as name:
        async with Database(cluster.dsn(name), passwords) as database:
            tenant = await make_tenant(database)
        channel = ChannelId(new_id())
        connection = await asyncpg.connect(cluster.dsn(name))
        try:
            for statement in (_CHANNEL, _CHANNEL_FACTS, _LANES, _ITEMS, _DELIVERIES):
                await connection.execute(statement, tenant, channel)
            for statement in (_TIMERS, _EVENTS, _ROUTES, _TEMPLATES):
                await connection.execute(statement, tenant)
            await bulk.load_people(connection, str(tenant), str(channel), people=PEOPLE, messages=MESSAGES)
            await bulk.put_labels(connection, str(tenant), BORNE)
            await bulk.queue_sends(connection, str(tenant), str(channel), count=3_000)
            await connection.execute("ANALYZE")
        finally:
            await connection.close()
        yield Stock(name, tenant, channel)


@pytest.fixture
async def database_url(cluster: Scratch, stock: Stock) -> AsyncIterator[str]:
    async with cluster.database(template=stock.name) as name:
        yield cluster.dsn(name)


@pytest.fixture
def tenant(stock: Stock) -> TenantId:
    return stock.tenant


@pytest.fixture
def channel(stock: Stock) -> ChannelId:
    return stock.channel


@pytest.fixture
async def app(database: Database, tenant: TenantId) -> AsyncIterator[Scope]:
    async with database.unit_of_work(tenant) as scope:
        yield Scope(Explaining(scope.db), tenant)  # type: ignore[arg-type]


@pytest.fixture
async def system(database: Database) -> AsyncIterator[SystemScope]:
    async with database.system() as scope:
        yield SystemScope(Explaining(scope.db))  # type: ignore[arg-type]


def assert_indexed(scope: Scope | SystemScope, *, queries: int) -> None:
    db: Any = scope.db
    assert db.seen >= queries
    assert not db.scans & BIG


async def _ids(scope: Scope) -> list[UUID]:
    return [view.id for view in await inbox.newest(scope, Filter(), before=None, limit=50)]


async def test_the_screens_of_the_app_role(app: Scope) -> None:
    first = await inbox.newest(app, Filter(), before=None, limit=51)
    before = (first[-1].last_message_at, first[-1].id)
    assert len(await inbox.newest(app, Filter(), before=before, limit=51)) == 51
    for wanted in (
        Filter(mode=Mode.HUMAN),
        Filter(states=frozenset({State.RESOLVED})),
        Filter(states=ACTIVE),
        Filter(states=ACTIVE, unassigned=True),
        Filter(found=inbox.Found([first[0].contact], [first[1].id])),
    ):
        assert await inbox.newest(app, wanted, before=None, limit=51)
    assert await inbox.newest(app, Filter(assignee=new_id()), before=None, limit=51) == []
    for every in BORNE:
        label = await app.db.fetchval(
            "SELECT id FROM labels WHERE tenant_id = $1 AND name = $2", app.tenant, bulk.label_name(every)
        )
        borne = PEOPLE // every
        page = await inbox.newest(app, Filter(label=label), before=None, limit=51)
        assert len(page) == min(borne, 51) == len({view.id for view in page})
        assert all(label in [one.id for one in view.labels] for view in page)
        assert page == sorted(page, key=lambda view: (view.last_message_at, view.id), reverse=True)
        assert 0 < (await inbox.counts(app, ACTIVE, member=None, label=label, most=1000)).all <= borne
    assert (await inbox.counts(app, ACTIVE, member=new_id(), label=None, most=1000)).ai == 1000
    assert len(await inbox.some(app, [view.id for view in first])) == 51
    thread = await Messages(app).newest(first[0].id, before=None, limit=51)
    assert len(thread) >= MESSAGES
    assert len(await Messages(app).some([m.id for m in thread])) == len(thread)
    assert await Contacts(app).by_phone("+918000000007")
    assert_indexed(app, queries=13)


async def test_a_message_is_found_by_the_provider_s_own_id(app: Scope, channel: ChannelId) -> None:
    await app.db.execute(
        "UPDATE messages SET bare_id = id::text WHERE tenant_id = $1 AND direction = 'out'", app.tenant
    )
    wanted = await app.db.fetchval("SELECT max(bare_id) FROM messages WHERE tenant_id = $1", app.tenant)
    cast(Explaining, app.db).scans.clear()
    assert len(await progress.of_bare(app, [(channel, wanted)])) == 1
    assert "messages_bare" in cast(Explaining, app.db).indexes
    assert_indexed(app, queries=1)


async def test_those_that_need_a_person_are_found_by_their_index(
    app: Scope, database_url: str, tenant: TenantId
) -> None:
    newest = await inbox.newest(app, Filter(states=ACTIVE), before=None, limit=400)
    asking = [view.id for view in newest[100::100]]
    await _escalate(database_url, tenant, asking)
    first = await inbox.escalated_first(app, Filter(states=ACTIVE), after=None, limit=51)
    assert [view.id for view in first[: len(asking)]] == asking
    after = (False, (first[-1].last_message_at, first[-1].id))
    assert len(await inbox.escalated_first(app, Filter(states=ACTIVE), after=after, limit=51)) == 51
    assert "conversations_escalated" in cast(Explaining, app.db).indexes
    assert_indexed(app, queries=4)


async def _escalate(database_url: str, tenant: TenantId, asking: Sequence[UUID]) -> None:
    """These need a person, and no others."""
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(
            "UPDATE conversations SET needs_person_reason = CASE WHEN id = ANY($2) THEN 'asked' END"
            " WHERE tenant_id = $1",
            tenant, asking,
        )  # fmt: skip
        await connection.execute("ANALYZE conversations")
    finally:
        await connection.close()


async def test_words_of_messages_are_found_by_their_index(
    app: Scope, database: Database, database_url: str, tenant: TenantId
) -> None:
    """The function hides its plan from EXPLAIN, so the statistics say which indexes it read."""
    assert len(await finding.newest(app, ["history"], most=200)) == 200  # in all 50,000 messages
    assert len(await finding.newest(app, ["message", "n7"], most=200)) > 1
    assert_indexed(app, queries=2)
    connection = await asyncpg.connect(database_url)
    try:
        async with database.reading(tenant) as fresh:
            await fresh.db.fetchval("SELECT pg_stat_force_next_flush()")
            before = await _reads(connection)
            assert await finding.newest(fresh, ["n77"], most=200)
            await fresh.db.fetchval("SELECT pg_stat_force_next_flush()")
        after = await _reads(connection)
    finally:
        await connection.close()
    assert after["messages_search"] > before["messages_search"]
    assert after["whole table"] == before["whole table"]


async def _reads(connection: Any) -> dict[str, int]:
    rows = await connection.fetch(
        """SELECT indexrelname AS name, idx_scan AS count FROM pg_stat_user_indexes
           WHERE relname = 'messages' UNION ALL
           SELECT 'whole table', seq_scan FROM pg_stat_user_tables WHERE relname = 'messages'"""
    )
    return {row["name"]: row["count"] for row in rows}


async def test_the_log_of_messages(app: Scope, channel: ChannelId) -> None:
    """Each filter along an index; none of them reads the history."""
    (talk, *_) = await _ids(app)
    long_ago = NOW - timedelta(days=1)
    for wanted, least in (
        (LogFilter(), 51),
        (LogFilter(channel=channel), 51),
        (LogFilter(direction="in", since=long_ago), 51),
        (LogFilter(state=MessageStatus.READ, until=NOW + timedelta(hours=1)), 51),
        (LogFilter(state=MessageStatus.QUEUED), 51),
        (LogFilter(state=MessageStatus.SENDING), 0),
        (LogFilter(conversations=[talk]), MESSAGES),
        *((LogFilter(state=state), 0) for state in (MessageStatus.FAILED, MessageStatus.HELD)),
        (LogFilter(reason="window_closed"), 0),
    ):
        first = (await log.newest(app, wanted, now=NOW, before=None, limit=51)).lines
        assert len(first) >= least, wanted
        if first:
            before = (first[-1].created_at, first[-1].id)
            await log.newest(app, wanted, now=NOW, before=before, limit=51)
    for wanted in (LogFilter(state=MessageStatus.SENT), LogFilter(action=Action.BLOCKED, channel=channel)):
        missed = await log.newest(app, wanted, now=NOW, before=None, limit=51)
        assert not missed.lines
        assert missed.reached  # broken off after some of the newest
        assert (await log.newest(app, wanted, now=NOW, before=missed.reached, limit=51)).reached
    assert await log.talks_with(app, [new_id()]) == []
    assert {"messages_log", "messages_trouble", "messages_reason"} <= cast(Explaining, app.db).indexes
    assert_indexed(app, queries=21)


async def test_the_journal(app: Scope, channel: ChannelId) -> None:
    lines = journal.Lines(app)
    week_ago = NOW - timedelta(days=7)
    for wanted, most in (
        (JournalFilter(), 51),
        (JournalFilter(channel=channel), 51),
        (JournalFilter(since=week_ago - timedelta(hours=1), until=week_ago), 51),
        (JournalFilter(verdict=Verdict.FAILED), 30),
        (JournalFilter(verdict=Verdict.FORGED), 0),
    ):
        found = await lines.newest(wanted, before=None, limit=51)
        assert len(found) == most, wanted
        if found:
            await lines.newest(wanted, before=(found[-1].received_at, found[-1].id), limit=51)
    assert {"deliveries_log", "deliveries_verdict"} <= cast(Explaining, app.db).indexes
    assert_indexed(app, queries=9)


async def test_templates(app: Scope) -> None:
    templates = Templates(app)
    first = await templates.page(TemplateFilter(), after=None, limit=51)
    last = first[-1]
    after = (last.listed.name, last.listed.language, last.id)
    assert len(await templates.page(TemplateFilter(), after=after, limit=51)) == 51
    meta = Provider("meta")
    assert len(await templates.page(TemplateFilter(provider=meta, account="1"), after=None, limit=51)) == 51
    assert len(await templates.of_account(meta, "1", name="template_7")) == 1
    assert await templates.get(last.id)
    assert_indexed(app, queries=5)


async def test_the_way_in_of_the_app_role(app: Scope, channel: ChannelId) -> None:
    places = [Place("wa_id", "", str(918_000_000_000 + n)) for n in range(1, 65)]
    people = await find_people(app, places)
    assert len(people) == 64
    keys = [(channel, found.contact) for found in people.values()]
    talks = await conversations.lock_or_create(app, keys, at=NOW)
    assert len(talks) == 64
    await conversations.save(app, list(talks.values()), at=NOW)
    assert len(await known_external(app, channel, ["wamid.OLD7.1", "wamid.OLD8.3"])) == 2
    assert await bursts.unanswered(app, [talk.id for talk in talks.values()])
    assert_indexed(app, queries=5)


async def test_what_becomes_of_a_message(app: Scope, channel: ChannelId) -> None:
    pairs = [(channel, f"wamid.OLD{n}.2") for n in range(1, 65)]
    known = await progress.of_external(app, pairs)
    assert len(known) == 64
    steps = [progress.Step(message, MessageStatus.READ, NOW) for message in known.values()]
    assert len(await progress.apply_statuses(app, steps)) == 64
    assert len(await progress.apply_outcomes(app, steps)) == 64
    assert_indexed(app, queries=3)


async def test_what_a_closed_window_holds(app: Scope, channel: ChannelId) -> None:
    """Asked at every reply, so it costs the look into an index that is all but empty."""
    talks = await _ids(app)
    assert await standing.supersede(app, talks) == []
    assert not await standing.held(app, talks[0])
    assert "messages_held" in cast(Explaining, app.db).indexes
    known = await progress.of_external(app, [(channel, "wamid.OLD7.2")])
    assert await standing.parts(app, list(known.values()))
    assert_indexed(app, queries=5)


async def test_the_watch_and_the_ageing_of_the_journal(system: SystemScope) -> None:
    """Queues are short or late; the journal is neither, and never read from end to end."""
    assert await watch.unread(system, since=NOW - timedelta(days=1))
    await watch.quiet(system, before=NOW, now=NOW, days=14)
    old = datetime.now(UTC) - timedelta(minutes=29_900)  # NOW is older than the stock
    assert 95 < await journal.purge(system, before=old, limit=5000, nobody=UUID(int=0)) < 105
    assert "deliveries" not in cast(Explaining, system.db).scans


async def test_live_events(system: SystemScope, tenant: TenantId) -> None:
    await stream.read_all(system, {tenant: EventPlace(0, UUID(int=0))}, limit=100)
    assert_indexed(system, queries=1)


async def test_the_drivers_of_the_system_role(
    system: SystemScope, tenant: TenantId, channel: ChannelId
) -> None:
    now = datetime.now(UTC)
    until, owner = now + timedelta(seconds=10), new_id()
    await inbound.claim(system, now=now, lease_until=until, owner=owner, most=64)
    await timers.claim(system, TimerKind.IDLE, now=now, lease_until=until, owner=owner, most=64)
    assert await gate.channels_due(system, now=until)
    claimed = await gate.pass_gate(
        system, tenant, channel, now=until, lease_until=until, owner=owner, most=16,
        least_urgent=Priority.BULK, limits=GateLimits(),
    )  # fmt: skip
    assert len(claimed) == 15  # all the tokens that 1,000 a second may gather
    assert len(await gate.facts_now(system, claimed)) == 15  # type: ignore[arg-type]
    assert await routes.find(system, "meta", RouteKind.ADDRESS, ["7"])
    assert_indexed(system, queries=6)
