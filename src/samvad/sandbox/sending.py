"""The business sends, marks as read, shows that it types: each one unit of work on the ledger."""

from dataclasses import dataclass, replace
from functools import partial

from samvad.sandbox import portfolio
from samvad.sandbox.announcing import announce
from samvad.sandbox.behaviour import Until
from samvad.sandbox.errors import GraphRefused, refusal
from samvad.sandbox.ids import wamid
from samvad.sandbox.jsonio import Fields, JsonObject
from samvad.sandbox.judging import Bucket, Facts, Judgement, judge
from samvad.sandbox.outbound import MEDIA, MarkRead, Outbound
from samvad.sandbox.people import Person, introduce
from samvad.sandbox.policy import unfit
from samvad.sandbox.repository.messages import PACED, NewMessage
from samvad.sandbox.statuses import Subject, category_of, plan
from samvad.sandbox.templates import Template, fault, header_file, shown
from samvad.sandbox.types import Customer, Direction
from samvad.sandbox.world import Unit

TYPING_MS = 25_000
_REACTION_MS = 30 * 24 * 3600 * 1000
_PAIR_BURST, _PAIR_PER_MS = 45, 1 / 6000


@dataclass(frozen=True, slots=True)
class Outcome:
    """`message_id`, `wamid` and `customer` of an accepted send, and how many statuses were planned."""

    judgement: Judgement
    message_id: int = 0
    wamid: str = ""
    customer: Customer | None = None
    statuses: int = 0


class Switchboard:
    """Takes the sends of all numbers; keeps their rate buckets, which a restart fills again."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, str], Bucket] = {}

    def take(self, unit: Unit, message: Outbound, *, begun_us: int) -> Outcome:
        """Judges a send and, when it is accepted, writes it down with its statuses."""
        world = unit.world
        customer = world.customers.find(unit.id, phone=message.phone, bsuid=message.bsuid)
        template = _template(unit, message)
        facts = self._facts(unit, message, template, customer=customer)
        judgement = judge(unit.number, message, facts)
        if judgement.rule is not None:
            world.numbers.use_rule(unit.db, unit.id, judgement.rule)
        if not judgement.accepted:
            code = judgement.refusal.code if judgement.refusal else 0
            world.messages.refused(unit.db, unit.id, code)
            return Outcome(judgement)
        message = _with_file(unit, message)
        known = customer or introduce(unit, Person(phone=message.phone, bsuid=message.bsuid))
        if template:
            drawn = {
                **_file_of(unit, message),
                "shown": shown(template, message.content),
                "category": template.category.value,
            }
            message = replace(message, content={**message.content, **drawn})
        if template and not facts.window_open and judgement.failed_code is None:
            portfolio.count(unit, message, known)
        return _accept(unit, message, judgement=judgement, customer=known, begun_us=begun_us)

    def _facts(
        self, unit: Unit, message: Outbound, template: Template | None, *, customer: Customer | None
    ) -> Facts:
        habit, now_ms = unit.number.behaviour.sends, unit.now_ms
        throughput = pair = True
        if habit.per_second is not None:
            full = Bucket.full(habit.per_second, per_ms=habit.per_second / 1000, at_ms=now_ms)
            throughput = self._spend((unit.id, f"throughput {habit.per_second}"), full, now_ms=now_ms)
        if habit.pair_rate and throughput:
            full = Bucket.full(_PAIR_BURST, per_ms=_PAIR_PER_MS, at_ms=now_ms)
            pair = self._spend((unit.id, message.phone or message.input), full, now_ms=now_ms)
        reactable = message.kind != "reaction" or _reactable(unit, message, customer)
        known = partial(_type_of, unit)
        wrong = fault(template, message.content, known) if message.kind == "template" else None
        return Facts(
            now_ms,
            customer,
            throughput=throughput,
            pair=pair,
            reactable=reactable,
            template=wrong,
            room=template is None or portfolio.room_left(unit, message, customer),
            marketing=portfolio.against_marketing(unit, template, customer),
            unfit=_unfit(unit, message),
            paced=portfolio.paced(unit, template),
        )

    def _spend(self, key: tuple[str, str], full: Bucket, *, now_ms: int) -> bool:
        left = self._buckets.get(key, full).take(now_ms)
        if left is not None:
            self._buckets[key] = left
        return left is not None


def _template(unit: Unit, message: Outbound) -> Template | None:
    if message.kind != "template":
        return None
    language = Fields(message.content).fields("language").text("code")
    found = unit.world.templates.find(unit.number.waba_id, str(message.content["name"]), language)
    return found.at(unit.world.wall_ms()) if found else None


def _with_file(unit: Unit, message: Outbound) -> Outbound:
    """Of a file sent by its id also what the phone shows. Raises GraphRefused for one that is not there."""
    id_ = message.content.get("id")
    if message.kind not in MEDIA or not isinstance(id_, str):
        return message
    media = unit.world.media.find(id_)
    if media is None or media.phone_number_id != unit.id or media.expires_ms <= unit.now_ms:
        raise GraphRefused(refusal(131009, f"{message.kind}.id: there is no such media"))
    known = {"mime_type": media.mime_type, "filename": media.filename}
    return replace(message, content={**known, **message.content})


def _type_of(unit: Unit, media_id: str) -> str | None:
    media = unit.world.media.find(media_id)
    good = media and media.phone_number_id == unit.id and media.expires_ms > unit.now_ms
    return media.mime_type if media and good else None


def _file_of(unit: Unit, message: Outbound) -> JsonObject:
    """Of a file in a template's header what the phone shows."""
    file = header_file(message.content)
    media = unit.world.media.find(str(file.get("id")))
    if media is None:
        return {}
    return {"id": media.id, "mime_type": media.mime_type, "filename": file.get("filename") or media.filename}


def _unfit(unit: Unit, message: Outbound) -> str | None:
    """Of a file sent by its id; one that is not there is refused later."""
    id_ = message.content.get("id")
    media = unit.world.media.find(id_) if message.kind in MEDIA and isinstance(id_, str) else None
    return unfit(message.kind, media.mime_type, len(media.data)) if media else None


def _reactable(unit: Unit, message: Outbound, customer: Customer | None) -> bool:
    """Something that this customer wrote in the last 30 days, and no reaction."""
    target = unit.world.messages.find(unit.id, str(message.content["message_id"]))
    return (
        target is not None
        and customer is not None
        and target.customer_id == customer.id
        and target.direction is Direction.IN
        and target.kind != "reaction"
        and unit.now_ms - target.at_ms <= _REACTION_MS
    )


def _accept(
    unit: Unit, message: Outbound, *, judgement: Judgement, customer: Customer, begun_us: int
) -> Outcome:
    world = unit.world
    wamid_ = wamid(world.seed, unit.id, unit.next_sequence())
    new = NewMessage(
        phone_number_id=unit.id,
        customer_id=customer.id,
        wamid=wamid_,
        direction=Direction.OUT,
        kind=message.kind,
        content=message.content,
        at_ms=unit.now_ms,
        reply_to=message.reply_to,
        client_id=message.client_id,
        fault=judgement.rule.fault if judgement.rule else PACED if judgement.held else None,
        begun_us=begun_us,
    )
    message_id = world.messages.add(unit.db, new)
    if customer.typing_until_ms:
        world.customers.typing(unit.db, customer.id, until_ms=0)
    habit = unit.number.behaviour.statuses
    if message.kind == "reaction" and habit.until is not Until.NONE:
        habit = replace(habit, until=Until.SENT)  # nothing more is told of reactions
    if world.portfolios.blocked(customer) and habit.until is not Until.NONE:
        habit = replace(habit, until=Until.SENT)
    if judgement.held:
        habit = replace(habit, until=Until.NONE)  # its life begins when it is let go
    steps = plan(habit, failed_code=judgement.failed_code, seed=world.seed, key=wamid_)
    subject = Subject(
        message_id, wamid_, customer, message.kind, message.client_id, category_of(message.content)
    )
    announce(unit, subject, steps=steps)
    return Outcome(judgement, message_id, wamid_, customer, len(steps))


def mark_read(unit: Unit, asked: MarkRead) -> None:
    """Raises GraphRefused when the message is not one that a customer sent."""
    world = unit.world
    message = world.messages.find(unit.id, asked.message_id)
    if message is None or message.direction is not Direction.IN:
        raise GraphRefused(refusal(131009, "message_id: no such message"))
    world.messages.read_up_to(unit.db, message)
    if asked.typing:
        world.customers.typing(unit.db, message.customer_id, until_ms=world.wall_ms() + TYPING_MS)
