"""What became of our messages: the sender's outcomes and the provider's statuses, forward only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from samvad.channels.service import outbox
from samvad.channels.types import Delivery, Purpose, SendOutcome, SendResult, StatusReceived
from samvad.conversations import rules
from samvad.conversations.repository import conversations, progress
from samvad.conversations.repository.progress import Step
from samvad.conversations.repository.standing import SENT_AS_TEMPLATE
from samvad.conversations.service import marketing, resending, unknowns
from samvad.conversations.service.announce import announce
from samvad.conversations.service.standing_in import CLOSED, Met, stand_in
from samvad.conversations.types import Conversation, Message, MessageStatus, TraceStage
from samvad.kernel.json import JsonObject
from samvad.platform.db import Scope
from samvad.tenancy.service import alerts

_DELIVERY = {
    Delivery.SENT: MessageStatus.SENT,
    Delivery.DELIVERED: MessageStatus.DELIVERED,
    Delivery.READ: MessageStatus.READ,
    Delivery.PLAYED: MessageStatus.READ,
    Delivery.FAILED: MessageStatus.FAILED,
}
_FOR_PEOPLE = {
    "window_closed", "loop_guard", "suspended", "quota_spent", "budget_spent", "portfolio_limit", "restored",
}  # fmt: skip


class MessageOutcomes:
    """The sender's sink: outcomes on the messages, and a person where automation got stuck."""

    async def record(self, scope: Scope, outcomes: Sequence[SendOutcome]) -> None:
        closed = {o.id: o for o in outcomes if _met_closed_window(o)}
        if closed:  # before their messages: whoever takes over locks in this order
            await conversations.lock(scope, [o.conversation for o in closed.values()])
        moved = await progress.apply_outcomes(scope, [_step(outcome) for outcome in outcomes])
        await unknowns.settle(scope, _proved_before(outcomes, moved), at=outcomes[0].at)
        met = [
            Met(
                message,
                automatic=closed[message.id].purpose in (Purpose.REPLY, Purpose.HANDOFF),
                told=closed[message.id].result is SendResult.FAILED,
            )
            for message in moved
            if message.id in closed and message.status is MessageStatus.HELD
        ]
        stood = await stand_in(scope, met, at=outcomes[0].at)
        spared = stood.handled | {m.id for m in moved if m.reason == SENT_AS_TEMPLATE}
        stuck = [o for o in outcomes if _needs_person(o) and o.id not in spared]
        for outcome in stuck:
            await _tell(scope, outcome.conversation, outcome.reason, outcome.detail, at=outcome.at)
        await _note_marketing(scope, [(o.id, o.reason, o.at) for o in outcomes])
        at = outcomes[0].at
        await _call_a_person(scope, {o.conversation: o.reason for o in stuck}, at)
        await announce(
            scope,
            at=at,
            created=stood.created,
            updated=stood.updated,
            moved=[message for message in moved if message.id not in stood.updated],
            conversations={o.conversation for o in stuck} | stood.changed.keys() | stood.shut,
        )


def _proved_before(outcomes: Sequence[SendOutcome], moved: Sequence[Message]) -> list[UUID]:
    """Of what is open as far as the sender knows, and a status has told meanwhile."""
    open_ = {o.id for o in outcomes if o.result in (SendResult.RETRY, SendResult.UNKNOWN)}
    waiting = (MessageStatus.QUEUED, MessageStatus.UNKNOWN)
    return [message.id for message in moved if message.id in open_ and message.status not in waiting]


async def _tell(scope: Scope, conversation: UUID, reason: str, detail: str, *, at: datetime) -> None:
    said = f"{reason}: {detail}" if detail else reason
    await alerts.raise_alert(scope, "message_not_sent", subject=str(conversation), detail=said, now=at)


def _step(outcome: SendOutcome) -> Step:
    name = "gate" if outcome.result is SendResult.REFUSED else "send"
    verdict = outcome.reason or outcome.result.value
    detail: JsonObject = {"attempt": outcome.attempts, "detail": outcome.detail}
    if outcome.provider_code:
        detail["code"] = outcome.provider_code
    sent = outcome.result is SendResult.SENT
    return Step(
        id=outcome.id,
        status=rules.status_after(outcome.result, outcome.reason),
        at=outcome.at,
        external_id=outcome.external_id,
        reason=(outcome.reason or None) if sent else outcome.reason,
        detail="" if sent else outcome.detail,
        provider_code=None if sent else outcome.provider_code,
        trace=(TraceStage(name, verdict, outcome.milliseconds, detail),),
    )


def _met_closed_window(outcome: SendOutcome) -> bool:
    return outcome.reason == CLOSED and outcome.result in (SendResult.REFUSED, SendResult.FAILED)


def _needs_person(outcome: SendOutcome) -> bool:
    """A reply that failed or was held back is never silence: somebody must look."""
    if outcome.purpose in (Purpose.AGENT, Purpose.BULK):
        return False  # its author sees it
    if outcome.result is SendResult.FAILED:
        return True
    return outcome.result is SendResult.REFUSED and outcome.reason in _FOR_PEOPLE


async def _note_marketing(scope: Scope, failures: Sequence[tuple[UUID, str | None, datetime]]) -> None:
    """`failures`: message, code or None, time."""
    await marketing.note_stops(scope, {id_: at for id_, reason, at in failures if _unwanted(reason)})
    rests = {
        id_: at + timedelta(seconds=outbox.asked_by(reason).marketing_rest)
        for id_, reason, at in failures
        if reason and outbox.asked_by(reason).marketing_rest
    }
    await marketing.note_rests(scope, rests)


def _unwanted(reason: str | None) -> bool:
    return reason is not None and outbox.asked_by(reason).opt_out


async def _call_a_person(
    scope: Scope,
    reasons: dict[UUID, str],
    at: datetime,
    *,
    known: Mapping[UUID, Conversation] = MappingProxyType({}),
) -> None:
    if not reasons:
        return
    locked = await conversations.lock(scope, list(reasons), known=known)
    for conversation in locked.values():
        conversation.call_person(reasons[conversation.id])
    await conversations.save(scope, list(locked.values()), at=at)


@dataclass(frozen=True, slots=True)
class StatusEntry:
    channel: UUID
    event: StatusReceived
    at: datetime
    patient: bool = False  # whether it may wait for the answer of its own send, which it overtook


async def apply_statuses(
    scope: Scope,
    entries: Sequence[StatusEntry],
    *,
    at: datetime,
    known_talks: Mapping[UUID, Conversation] = MappingProxyType({}),
) -> list[bool]:
    """Whether each status found its message; not yet, if that may be sent again and its send is still under
    way. A status is also the evidence that settles an unknown.
    `known_talks`: conversations that this transaction has locked already."""
    known = [e for e in entries if e.event.state in _DELIVERY]
    targets = await _targets(scope, known)
    known = await _without_early(scope, known, targets)
    seen: dict[UUID, Message] = {}
    stuck: dict[UUID, Step] = {}
    closed: dict[UUID, bool] = {}
    again: set[UUID] = set()
    for steps in _rounds([(targets[id(e)], e) for e in known if id(e) in targets]):
        anew = await resending.send_again(scope, steps, at=at, known=known_talks)
        again |= anew
        seen = {id_: message for id_, message in seen.items() if id_ not in anew}
        steps = [step for step in steps if step.id not in anew]
        news = await _failing(scope, steps)
        stuck |= {talk: step for step, talk, automatic in news if automatic and not _unwanted(step.reason)}
        closed |= {s.id: automatic for s, _, automatic in news if s.status is MessageStatus.HELD}
        seen |= {message.id: message for message in await progress.apply_statuses(scope, steps)}
        await _note_marketing(scope, [(s.id, s.reason, s.at) for s in steps])
    await unknowns.settle(scope, list(seen), at=at)
    met = [Met(seen[id_], automatic, told=True) for id_, automatic in closed.items() if id_ in seen]
    stood = await stand_in(scope, met, at=at, known=known_talks)
    stuck = {talk: step for talk, step in stuck.items() if step.id not in stood.handled}
    for conversation, step in stuck.items():
        await _tell(scope, conversation, step.reason or "", step.detail, at=at)
    reasons = {talk: step.reason or "" for talk, step in stuck.items()}
    await _call_a_person(scope, reasons, at, known=known_talks)
    await announce(
        scope,
        at=at,
        created=stood.created,
        updated=stood.updated | (again - seen.keys()),
        moved=[message for message in seen.values() if message.id not in stood.updated],
        conversations=stuck.keys() | stood.changed.keys() | stood.shut,
    )
    told = [(targets[id(e)], e.event.external_id) for e in known if id(e) in targets]
    met_by = seen.keys() | again
    met_by |= await resending.of_earlier_attempts(scope, [pair for pair in told if pair[0] not in met_by])
    done = {id(e) for e in known if targets.get(id(e)) in met_by}
    return [e.event.state not in _DELIVERY or id(e) in done for e in entries]


async def _without_early(
    scope: Scope, entries: Sequence[StatusEntry], targets: Mapping[int, UUID]
) -> list[StatusEntry]:
    """What the sender is told yet would end the attempt that is queued now."""
    waiting = [e for e in entries if e.patient and id(e) in targets]
    steps = {id(e): _status_step(targets[id(e)], e) for e in waiting}
    asking = {entry: step.id for entry, step in steps.items() if resending.asks(step)}
    early = await outbox.under_way(scope, sorted(set(asking.values())))
    return [e for e in entries if asking.get(id(e)) not in early]


async def _failing(scope: Scope, steps: Sequence[Step]) -> list[tuple[Step, UUID, bool]]:
    """The steps by which a message fails, its conversation, whether it is automatic: never silence."""
    failed = {s.id: s for s in steps if s.status in (MessageStatus.FAILED, MessageStatus.HELD)}
    news = await progress.failing(scope, list(failed.values())) if failed else {}
    return [(failed[message], talk, automatic) for message, (talk, automatic) in news.items()]


async def _targets(scope: Scope, entries: Sequence[StatusEntry]) -> dict[int, UUID]:
    pairs = [(e.channel, e.event.external_id) for e in entries if e.event.our_id is None]
    found = await progress.of_external(scope, pairs) if pairs else {}
    bare = [
        (e.channel, e.event.bare_id)
        for e in entries
        if e.event.our_id is None and e.event.bare_id and (e.channel, e.event.external_id) not in found
    ]
    elsewhere = await progress.of_bare(scope, bare) if bare else {}
    answers: dict[int, UUID] = {}
    for entry in entries:
        event, channel = entry.event, entry.channel
        target = event.our_id or found.get((channel, event.external_id))
        target = target or elsewhere.get((channel, event.bare_id or ""))
        if target is not None:
            answers[id(entry)] = target
    return answers


def _rounds(pairs: Sequence[tuple[UUID, StatusEntry]]) -> list[list[Step]]:
    """The first event of each message, then the second: one step a message and statement."""
    waiting: dict[UUID, list[Step]] = defaultdict(list)
    for target, entry in pairs:
        waiting[target].append(_status_step(target, entry))
    deepest = max((len(steps) for steps in waiting.values()), default=0)
    return [[steps[i] for steps in waiting.values() if i < len(steps)] for i in range(deepest)]


def _status_step(target: UUID, entry: StatusEntry) -> Step:
    event = entry.event
    error = event.errors[0] if event.errors else None
    status = _DELIVERY[event.state]
    detail = (error.details or error.title) if error else ""
    failed = status is MessageStatus.FAILED
    if failed and event.failure == CLOSED:
        status = MessageStatus.HELD  # as if the gate had refused it: a template may go in its place
    shown: JsonObject | None = {"code": error.code, "detail": detail} if error else None
    return Step(
        id=target,
        status=status,
        at=event.at or entry.at,
        external_id=event.external_id,
        reason=(event.failure or "send_failed") if failed else None,
        detail=detail if failed else "",
        provider_code=str(error.code) if failed and error else None,
        trace=(TraceStage("provider", event.state.value, 0, shown),),
    )
