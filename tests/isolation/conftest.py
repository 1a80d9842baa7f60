"""Two tenants that live: channels, customers, conversations, answers, rules, events, alerts, keys."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from samvad.kernel.ids import new_id
from samvad.platform.crypto import Keyring
from samvad.platform.db import Scope
from samvad.platform.postgres.testing import Scratch
from samvad.tenancy.service import alerts
from tests.api.rows import ROWS
from tests.conversations.conftest import heard, until
from tests.door.stage import Shop, Stage, stage

PATIENCE = 20.0


@dataclass(frozen=True)
class Pair:
    stage: Stage
    ours: Shop
    theirs: Shop
    ids: dict[str, str]  # of their rows, by the name of the path parameter
    cursor: str  # of our events, before anything happened

    async def superuser(self, query: str, *values: object) -> Any:
        return await self.stage.superuser.fetchval(query, *values)


async def _live(shop: Shop) -> dict[str, str]:
    """A customer who was answered, a second outlet, a key, an alert, a rule, a source."""
    (talk,) = await heard(shop, f"9198{new_id().int % 10**8:08d}", text=f"words of {shop.channel.address}")
    messages = (await shop.get(f"/conversations/{talk['id']}/messages"))["items"]
    key = await shop.api("POST", "/api-keys", {"name": "till", "scopes": ["inbox:read"]})
    outlet = await shop.api("POST", "/outlets", {"name": f"Outlet of {shop.channel.address}"})
    assert (key.status, outlet.status) == (201, 201), (key.text, outlet.text)
    parts = shop.stage.parts
    async with parts.database.unit_of_work(shop.house.tenant) as scope:
        await alerts.raise_alert(scope, "test", subject="x", detail="y", now=parts.clock.now())
        rule = new_id()
        await scope.db.execute(
            """INSERT INTO rules (tenant_id, id, name, match, phrases, action, text, position, enabled,
                 created_at, updated_at)
               VALUES ($1, $2, 'of a test', 'phrase', ARRAY['zzz'], 'reply', 'z', 1, true, now(), now())""",
            shop.house.tenant, rule,
        )  # fmt: skip
        await _with_file(scope, UUID(messages[0]["id"]))
    alert = (await shop.get("/alerts"))["items"][0]
    source = await _indexed(shop)
    return {
        "channel_id": str(shop.channel.id),
        "delivery_id": (await shop.get("/deliveries"))["items"][0]["id"],
        "contact_id": talk["contact"]["id"],
        "conversation_id": talk["id"],
        "message_id": messages[0]["id"],
        "key_id": (await shop.get("/api-keys"))["items"][0]["id"],
        "outlet_id": outlet.json["id"],
        "member_id": str(shop.house.owner.id),
        "alert_id": alert["id"],
        "rule_id": str(rule),
        "label_id": await _label(shop, talk["id"]),
        "canned_reply_id": await _canned(shop),
        "source_id": source,
        "scenario_id": await _scenario(shop),
        "template_id": await _template(shop),
        "merge_id": await _merged(shop, talk["contact"]["id"]),
    }


async def _merged(shop: Shop, contact: str) -> str:
    """Somebody who turned out to be that contact."""
    other = new_id()
    async with shop.stage.parts.database.unit_of_work(shop.house.tenant) as scope:
        await scope.db.execute(
            """INSERT INTO contacts (tenant_id, id, name, created_at, updated_at)
               VALUES ($1, $2, 'of a test', now(), now())""",
            shop.house.tenant, other,
        )  # fmt: skip
    merged = await shop.api("POST", f"/contacts/{contact}/merge", {"contact_id": str(other)})
    assert merged.status == 200, merged.text
    return str(merged.json["id"])


async def _scenario(shop: Shop) -> str:
    said = await shop.api("POST", "/scenarios", {"text": "name: of a test\nsteps:\n  - customer reads\n"})
    assert said.status == 201, said.text
    return str(said.json["id"])


async def _label(shop: Shop, conversation: str) -> str:
    """One that this conversation bears."""
    label = await shop.api("POST", "/labels", {"name": f"of {shop.channel.address}"})
    assert label.status == 201, label.text
    borne = await shop.api("PUT", f"/conversations/{conversation}/labels/{label.json['id']}")
    assert borne.status == 200, borne.text
    return str(label.json["id"])


async def _canned(shop: Shop) -> str:
    body = {"shortcut": "test", "name": f"of {shop.channel.address}", "text": "Hello {{contact.name}}"}
    reply = await shop.api("POST", "/canned-replies", body)
    assert reply.status == 201, reply.text
    return str(reply.json["id"])


async def _with_file(scope: Scope, message: UUID) -> None:
    """As the fetching worker leaves it."""
    await scope.db.execute(
        "UPDATE messages SET media = $3::jsonb WHERE tenant_id = $1 AND id = $2",
        scope.tenant, message, {"state": "stored", "size": 1, "mime_type": "image/png"},
    )  # fmt: skip
    await scope.db.execute(
        "INSERT INTO message_files (tenant_id, message_id, part, content) VALUES ($1, $2, 0, 'x')",
        scope.tenant, message,
    )  # fmt: skip


async def _template(shop: Shop) -> str:
    """What a sync brings: it would take a row away that the provider does not have."""
    body = {"type": "BODY", "text": "Hello"}
    entry = {"id": "1", "name": "hello", "language": "en", "status": "APPROVED", "category": "UTILITY"}
    shop.stage.graph.templates = [entry | {"components": [body]}]
    synced = await shop.api("POST", "/templates/sync", {"channel_id": str(shop.channel.id)})
    assert synced.status == 200, synced.text
    return str((await shop.get("/templates"))["items"][0]["id"])


async def _indexed(shop: Shop) -> str:
    """A source that was read and can be found."""
    body = {"name": "hours", "text": f"We are open from nine to six at {shop.channel.address}."}
    source = await shop.api("POST", "/knowledge/sources", body)
    assert source.status == 201, source.text

    async def done() -> bool:
        found = await shop.get(f"/knowledge/sources/{source.json['id']}")
        assert found["status"] != "failed", found
        return bool(found["status"] == "completed")

    await until(done)
    return str(source.json["id"])


@pytest.fixture(scope="package")
async def pair(cluster: Scratch, template: str, keyring: Keyring) -> AsyncIterator[Pair]:
    async with (
        cluster.database(template=template) as name,
        stage(cluster.dsn(name), keyring, working=True) as opened,
    ):
        ours, theirs = await opened.shop(), await opened.shop()
        cursor = (await ours.get("/events"))["next_cursor"]
        await _live(ours)
        ids = await _live(theirs)
        missing = set(ROWS) - set(ids)
        assert not missing, f"let a tenant live with {missing} too"
        yield Pair(opened, ours, theirs, ids, cursor)
