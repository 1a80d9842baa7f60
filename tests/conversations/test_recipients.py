"""Whom a channel may write to: a person's addresses that are good with its own account."""

from uuid import UUID

from samvad.conversations.service.agents import recipient
from tests.conversations.conftest import heard
from tests.door.stage import Shop

ASHA = "919999900031"
_ADD = """INSERT INTO identities (tenant_id, kind, scope, value, contact_id, created_at)
          VALUES ($1, $2, $3, $4, $5, now())"""


async def test_another_accounts_name_for_a_person_is_no_address_here(shop: Shop) -> None:
    (found,) = await heard(shop, ASHA)
    contact = UUID(found["contact"]["id"])
    for kind, scope, value in (
        ("bsuid", shop.channel.account, "IN.own"),
        ("bsuid", "another-portfolio", "IN.strange"),
        ("lid", "7103000042", "77700000000001"),
        ("visitor", "another-widget", "web-1"),
        ("telegram", "", "5301447720"),
    ):
        await shop.stage.superuser.execute(_ADD, shop.house.tenant, kind, scope, value, contact)
    async with shop.stage.parts.database.unit_of_work(shop.house.tenant) as scope_:
        to = await recipient(scope_, UUID(found["id"]))
    assert {f"{one.kind}:{one.value}" for one in to} == {
        "bsuid:IN.own", "phone:+919999900031", "telegram:5301447720", f"wa_id:{ASHA}",
    }  # fmt: skip
