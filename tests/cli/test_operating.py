"""`samvad channel|delivery|message|doctor`, with and without --json."""

import json
from typing import Any

import asyncpg
import pytest

from samvad.channels.types import Verdict
from samvad.kernel.ids import new_id
from tests.cli.conftest import Cli

SECRETS = {"META_ACCESS_TOKEN": "the access token", "META_APP_SECRET": "the app secret"}


@pytest.fixture
async def dairy(cli: Cli) -> None:
    assert (await cli("tenant", "create", "Dairy", "--email", "o@dairy.test")).exit_code == 0


async def asked(cli: Cli, *arguments: str) -> Any:
    result = await cli(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


async def connected(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, number: str = "10601", base_url: str | None = None
) -> Any:
    for name, word in SECRETS.items():
        monkeypatch.setenv(name, word)
    where = ["--base-url", base_url] if base_url else []
    return await asked(cli, "channel", "create", "Shop", "--phone-number-id", number, *where)


async def test_channel_life(cli: Cli, dairy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made = await connected(cli, monkeypatch)
    assert (made["provider"], made["status"]) == ("meta", "active")
    assert made["webhook_url"].endswith(made["key"])
    assert made["made"]["verify_token"]
    listed = await cli("channel", "list", "--json")
    assert [c["id"] for c in json.loads(listed.stdout)["items"]] == [made["id"]]
    assert not [word for word in (*SECRETS.values(), made["made"]["verify_token"]) if word in listed.stdout]
    assert "Shop" in (await cli("channel", "list")).stdout
    assert (await asked(cli, "channel", "delete", made["id"]))["deleted"] is True
    again = await cli("channel", "delete", made["id"])
    assert (again.exit_code, again.stderr.count("\n")) == (1, 1)
    assert (await asked(cli, "channel", "list"))["items"] == []


async def test_templates_are_asked_for_and_listed(
    cli: Cli, dairy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await connected(cli, monkeypatch)
    assert (await asked(cli, "template", "list"))["items"] == []
    refused = await cli("template", "sync", made["id"])  # it names no account
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "templates belong to an account" in refused.stderr


async def test_a_bad_channel_is_one_sentence_without_secrets(
    cli: Cli, dairy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, word in SECRETS.items():
        monkeypatch.setenv(name, word)
    result = await cli("channel", "create", "x", "--phone-number-id", "1/2", "--base-url", "ftp://x")
    assert result.exit_code == 1
    assert "phone_number_id" in result.stderr
    assert not [word for word in SECRETS.values() if word in result.output]


async def test_a_channel_test_names_the_failing_step(
    cli: Cli, dairy: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, word in SECRETS.items():
        monkeypatch.setenv(name, word)
    made = await asked(
        cli, "channel", "create", "x", "--phone-number-id", "10602", "--base-url", "http://127.0.0.1:1"
    )
    result = await cli("channel", "test", made["id"], "--json")
    assert result.exit_code == 1
    assert [(s["name"], s["ok"]) for s in json.loads(result.stdout)["steps"]] == [("connection", False)]
    assert "FAILED" in (await cli("channel", "test", made["id"])).stdout


async def test_a_delivery_is_listed_shown_and_driven_again(
    cli: Cli, dairy: None, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await connected(cli, monkeypatch, "10603")
    body = {
        "object": "whatsapp_business_account",
        "entry": [
            {
                "id": "1",
                "changes": [
                    {
                        "field": "messages",
                        "value": {
                            "metadata": {"phone_number_id": "10603"},
                            "messages": [
                                {
                                    "from": "919800000001",
                                    "id": "wamid.1",
                                    "timestamp": "1",
                                    "type": "text",
                                    "text": {"body": "hi"},
                                }
                            ],
                        },
                    }
                ],
            }
        ],
    }
    delivery = new_id()
    connection = await asyncpg.connect(database_url)
    await connection.execute(
        """INSERT INTO deliveries (tenant_id, id, channel_id, door, received_at, headers, body, verdict,
             items, note)
           SELECT tenant_id, $1, id, 'meta/own', now(), '{}', $2, 'failed', 1, 'a broken parser'
           FROM channels WHERE id = $3""",
        delivery, json.dumps(body).encode(), made["id"],
    )  # fmt: skip
    (listed,) = (await asked(cli, "delivery", "list", "--verdict", "failed"))["items"]
    assert (listed["id"], listed["note"]) == (str(delivery), "a broken parser")
    assert json.loads((await asked(cli, "delivery", "show", str(delivery)))["body"]) == body
    assert (await cli("delivery", "redrive")).exit_code == 2
    driven = await asked(cli, "delivery", "redrive", "--verdict", "failed")
    assert driven == {"deliveries": 1, "items": 1, "refused": []}
    stored = await connection.fetch("SELECT event->'event'->>'text' AS text FROM inbound_items")
    assert [row["text"] for row in stored] == ["hi"]
    await connection.close()
    assert (await asked(cli, "delivery", "list", "--verdict", Verdict.FAILED))["items"] == []
    assert (await cli("delivery", "redrive", str(new_id()))).exit_code == 1
    assert (await asked(cli, "delivery", "list", "--nobodys"))["items"] == []


async def test_a_message_that_is_not_there_cannot_be_retried(cli: Cli, dairy: None) -> None:
    result = await cli("message", "retry", str(new_id()))
    assert (result.exit_code, result.stderr) == (1, "samvad: Not found\n")


async def test_the_doctor_names_every_part(cli: Cli, dairy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    await connected(cli, monkeypatch, "10604", "http://127.0.0.1:1")
    result = await cli("doctor", "--json")
    found = json.loads(result.stdout)
    parts = {
        "data folder",
        "disk",
        "secret key",
        "database",
        "migrations",
        "versions",
        "roles",
        "row security",
        "clock",
        "public URL",
        "backups",
        "channels",
        "channel Shop",
    }
    assert parts <= set(found["components"])
    for part in ("database", "migrations", "roles", "channels"):
        assert found["components"][part]["status"] == "ok", found
    assert (result.exit_code, found["status"]) == (1, "fail")
    assert "channel Shop" in found["failed"]  # its provider cannot be reached
    assert found["components"]["channel Shop"]["remedy"]
    lines = (await cli("doctor")).stdout.splitlines()
    assert "Samvad needs you." in lines[-1]
    (at,) = [n for n, line in enumerate(lines) if line.startswith("fail  channel Shop")]
    assert lines[at + 1].lstrip().startswith("-> ")
    assert found["components"]["channels"]["channels"] == 1
