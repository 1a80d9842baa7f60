"""Alerts about a conversation end when a person takes it in hand, and not by themselves."""

import pytest

from samvad.tenancy.service import alerts
from tests.conversations.conftest import heard
from tests.door.stage import Shop

ASHA = "919811500001"


async def open_alerts(shop: Shop) -> list[str]:
    return [alert["name"] for alert in (await shop.get("/alerts"))["items"]]


@pytest.mark.parametrize(
    ("method", "path", "body", "ends"),
    [
        ("POST", "messages", {"text": "Sorry for the wait!", "client_id": "c"}, True),
        ("PUT", "mode", {"mode": "ai"}, True),
        ("PUT", "status", {"status": "resolved"}, True),
        ("POST", "messages", {"text": "call them", "client_id": "n", "private": True}, False),
        ("PUT", "mode", {"mode": "human"}, False),
    ],
)
async def test_they_end_when_somebody_takes_care(
    shop: Shop, method: str, path: str, body: dict[str, object], *, ends: bool
) -> None:
    (talk,) = await heard(shop, ASHA)
    parts = shop.stage.parts
    async with parts.database.unit_of_work(shop.house.tenant) as scope:
        for name, subject in (("nobody_answered", talk["id"]), ("message_not_sent", str(shop.channel.id))):
            await alerts.raise_alert(scope, name, subject=subject, detail="", now=parts.clock.now())
    assert (await shop.api(method, f"/conversations/{talk['id']}/{path}", body)).status < 300
    assert await open_alerts(shop) == (
        ["message_not_sent"] if ends else ["message_not_sent", "nobody_answered"]
    )
