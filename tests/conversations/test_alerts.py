"""Alerts about a conversation end when a person takes it in hand, and not by themselves."""

import json

import pytest

from samvad.tenancy.service import alerts
from tests.conversations.conftest import heard, until
from tests.door.stage import Shop

ASHA = "919811500001"


async def open_alerts(shop: Shop) -> list[str]:
    return [alert["name"] for alert in (await shop.get("/alerts"))["items"]]


@pytest.mark.parametrize(
    ("method", "path", "body", "ends", "undo"),
    [
        ("POST", "messages", {"text": "Sorry for the wait!", "client_id": "c"}, True, None),
        ("PUT", "mode", {"mode": "ai"}, True, {"mode": "human"}),
        ("PUT", "status", {"status": "resolved"}, True, {"status": "open"}),
        ("POST", "messages", {"text": "call them", "client_id": "n", "private": True}, False, None),
        ("PUT", "mode", {"mode": "human"}, False, None),
    ],
)
async def test_they_end_when_somebody_takes_care(
    shop: Shop, method: str, path: str, body: dict[str, object], *, ends: bool, undo: dict[str, object] | None
) -> None:
    """And stand again when giving back or resolving is undone, once."""
    (talk,) = await heard(shop, ASHA)
    parts = shop.stage.parts
    async with parts.database.unit_of_work(shop.house.tenant) as scope:
        for name, subject in (("nobody_answered", talk["id"]), ("message_not_sent", str(shop.channel.id))):
            await alerts.raise_alert(scope, name, subject=subject, detail="", now=parts.clock.now())
    assert (await shop.api(method, f"/conversations/{talk['id']}/{path}", body)).status < 300
    both = ["message_not_sent", "nobody_answered"]
    assert await open_alerts(shop) == (both[:1] if ends else both)
    back, path = (undo, path) if undo else ({"status": "open"}, "status")
    for _ in range(2):
        said = await shop.api("PUT", f"/conversations/{talk['id']}/{path}", {**back, "undo": True})
        assert said.status < 300, said.text
        assert sorted(await open_alerts(shop)) == (both if undo or not ends else both[:1])


async def test_good_news_of_the_provider_end_the_bad(shop: Shop) -> None:
    """Each ends its own: quality is not the limit, and neither is the ban."""

    async def told(field: str, **value: object) -> None:
        change = {"field": field, "value": {**value, "metadata": {"phone_number_id": shop.channel.address}}}
        entry = {"id": shop.channel.account, "changes": [change]}
        body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
        assert (await shop.knock(body)).status == 200

    async def opened(*names: str) -> None:
        async def holds() -> bool:
            return {name for name in await open_alerts(shop) if name.startswith("provider_")} == {
                f"provider_{name}" for name in names
            }

        await until(holds)

    quality, limit = "phone_number_quality_update", "messaging_limit"
    await told("account_update", event="DISABLED_UPDATE", ban_info={"waba_ban_state": "DISABLE"})
    await told(quality, event="FLAGGED", current_limit="TIER_1K")
    await told("business_capability_update", max_daily_conversations_per_business=1000)
    await opened("account_ban", quality)
    await told("business_capability_update", max_daily_conversations_per_business=250)
    await opened("account_ban", quality, limit)
    await told("account_update", event="DISABLED_UPDATE", ban_info={"waba_ban_state": "REINSTATE"})
    await told(quality, event="UNFLAGGED", current_limit="TIER_250")
    await opened(limit)
    await told("business_capability_update", max_daily_conversations_per_business=2000)
    await opened()
