"""The rules of a tenant."""

from typing import Annotated
from uuid import UUID

from samvad.assistant.schemas import (
    Burst,
    RuleChange,
    RuleIn,
    RuleOrder,
    RuleOrdered,
    RuleOut,
    RulePage,
    TrialOut,
)
from samvad.assistant.service import rules
from samvad.platform.db import ReadScope, Scope
from samvad.tenancy.deps import PAGE, Cursor, Limit, Now, reads, room_router, writes
from samvad.tenancy.types import Permission

router = room_router("rules", prefix="/rules")
Read = Annotated[ReadScope, reads(Permission.RULES_READ)]
Write = Annotated[Scope, writes(Permission.RULES_WRITE)]


@router.get("", summary="Rules in the order in which they are tried")
async def list_rules(scope: Read, cursor: Cursor = None, limit: Limit = PAGE) -> RulePage:
    page = await rules.list_rules(scope, cursor=cursor, limit=limit)
    return RulePage(items=[RuleOut.of(rule) for rule in page.items], next_cursor=page.next_cursor)


@router.post("", status_code=201, summary="Add a rule; it takes effect at once")
async def add_rule(scope: Write, body: RuleIn, now: Now) -> RuleOut:
    return RuleOut.of(await rules.add_rule(scope, body.details(), order=body.order, at=now))


@router.post("/test", summary="Which rule would answer these messages, and with what")
async def try_rules(scope: Read, body: Burst) -> TrialOut:
    return TrialOut.of(await rules.try_rules(scope, body.texts))


@router.put("/order", summary="Put all rules into a new order")
async def order_rules(scope: Write, body: RuleOrder, now: Now) -> RuleOrdered:
    ordered = await rules.order_rules(scope, body.ids, at=now)
    return RuleOrdered(items=[RuleOut.of(rule) for rule in ordered])


@router.get("/{rule_id}", summary="One rule")
async def read_rule(scope: Read, rule_id: UUID) -> RuleOut:
    return RuleOut.of(await rules.get_rule(scope, rule_id))


@router.patch("/{rule_id}", summary="Change a rule; what is left out stays")
async def change_rule(scope: Write, rule_id: UUID, body: RuleChange, now: Now) -> RuleOut:
    return RuleOut.of(await rules.change_rule(scope, rule_id, body, at=now))


@router.delete("/{rule_id}", status_code=204, summary="Remove a rule of your own")
async def remove_rule(scope: Write, rule_id: UUID, now: Now) -> None:
    await rules.remove_rule(scope, rule_id, at=now)
