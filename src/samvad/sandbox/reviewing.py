"""Templates are written, reviewed, stopped and told of: each one unit of work."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from samvad.kernel.errors import NotFound
from samvad.sandbox import pacing
from samvad.sandbox.behaviour import Review
from samvad.sandbox.ids import template_id
from samvad.sandbox.jsonio import JsonObject, JsonValue
from samvad.sandbox.posting import Item, enqueue
from samvad.sandbox.templates import Category, Status, Template
from samvad.sandbox.world import Unit

_VERDICTS = {Review.APPROVE: Status.APPROVED, Review.REJECT: Status.REJECTED, Review.WAIT: None}

STARTERS: Sequence[tuple[str, str, Category, Sequence[JsonObject]]] = (
    ("hello_world", "en_US", Category.UTILITY, (
        {"type": "HEADER", "format": "TEXT", "text": "Hello World"},
        {"type": "BODY", "text": "This is a first message from the sandbox. Answer it to open the window."},
    )),
    ("order_update", "en", Category.UTILITY, (
        {"type": "HEADER", "format": "TEXT", "text": "Order {{1}}", "example": {"header_text": ["1042"]}},
        {"type": "BODY", "text": "Hello {{1}}, your order arrives on {{2}}. Will somebody be there?",
         "example": {"body_text": [["Asha", "Tuesday"]]}},
        {"type": "FOOTER", "text": "From the sandbox"},
        {"type": "BUTTONS", "buttons": [
            {"type": "QUICK_REPLY", "text": "Yes"},
            {"type": "QUICK_REPLY", "text": "Another day"},
            {"type": "URL", "text": "Follow it", "url": "https://shop.example/orders/{{1}}",
             "example": ["https://shop.example/orders/1042"]},
        ]},
    )),
    ("season_offer", "en", Category.MARKETING, (
        {"type": "BODY", "text": "Dear {{first_name}}, this week everything is ten percent off.",
         "example": {"body_text_named_params": [{"param_name": "first_name", "example": "Asha"}]}},
        {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "No more offers"}]},
    )),
)  # fmt: skip


def begin(unit: Unit) -> None:
    """An account's first templates, as Meta's test accounts have one; once, even if they are deleted."""
    if unit.world.templates.begin(unit.db, unit.number.waba_id):
        for name, language, category, components in STARTERS:
            made = _new(unit, name, language, category, components)
            unit.world.templates.save(unit.db, replace(made, status=Status.APPROVED))


def write(
    unit: Unit, name: str, language: str, category: Category, components: Sequence[JsonObject]
) -> Template:
    made = _new(unit, name, language, category, components)
    return _reviewed(unit, made)


def edit(unit: Unit, template: Template, *, category: Category, components: Sequence[JsonObject]) -> Template:
    changed = replace(template, category=category, components=components, reason="NONE")
    return _reviewed(unit, changed)


def _new(
    unit: Unit, name: str, language: str, category: Category, components: Sequence[JsonObject]
) -> Template:
    id_ = template_id(unit.world.seed, unit.number.waba_id, unit.world.ledger.next_change())
    return Template(id_, unit.number.waba_id, name, language, category, Status.PENDING, components)


def _reviewed(unit: Unit, template: Template) -> Template:
    """Its verdict is told when it counts."""
    habit = unit.number.behaviour.templates
    verdict = _VERDICTS[habit.review]
    decided_ms = unit.world.wall_ms() + habit.review_ms
    waiting = replace(template, status=Status.PENDING, verdict=verdict, decided_ms=decided_ms)
    unit.world.templates.save(unit.db, waiting)
    if verdict is not None:
        tell(unit, waiting.at(decided_ms), after_ms=habit.review_ms)
    return waiting


def decide(unit: Unit, template_id: str, change_: Mapping[str, Any]) -> Template:
    """What somebody of Meta's decides of one of the account's templates. Raises NotFound."""
    template = unit.world.templates.get(template_id)
    if template is None or template.waba_id != unit.number.waba_id:
        raise NotFound("no such template")
    before = template.at(unit.world.wall_ms())
    changed = replace(before, **change_, verdict=None if "status" in change_ else before.verdict)
    change(unit, changed, before)
    pacing.settle(unit, changed)
    return changed


def change(unit: Unit, changed: Template, before: Template, *, told: str | None = None) -> None:
    """What somebody of Meta's decided; each change is told by its own webhook."""
    unit.world.templates.save(unit.db, changed)
    if changed.status is not before.status:
        tell(unit, changed, why=told)
    if changed.quality is not before.quality:
        scores: JsonObject = {
            "previous_quality_score": before.quality.value,
            "new_quality_score": changed.quality.value,
        }
        _post(unit, changed, "message_template_quality_update", scores)
    if changed.category is not before.category:
        words: JsonObject = {
            "previous_category": before.category.value,
            "new_category": changed.category.value,
        }
        _post(unit, changed, "template_category_update", words)


def tell(unit: Unit, template: Template, *, after_ms: int = 0, why: str | None = None) -> None:
    value: dict[str, JsonValue] = {"event": template.status.value, "reason": template.reason}
    if why:
        value["other_info"] = {"title": template.status.value, "description": why}
    _post(unit, template, "message_template_status_update", value, after_ms=after_ms)


def _post(unit: Unit, template: Template, field: str, value: JsonObject, *, after_ms: int = 0) -> None:
    named: JsonObject = {
        "message_template_id": int(template.id),
        "message_template_name": template.name,
        "message_template_language": template.language,
    }
    key = f"template {template.id} {unit.world.ledger.next_change()}"
    enqueue(unit, Item(key=key, field=field, value={**value, **named}), after_ms=after_ms)
