"""The final transaction of a reply: nothing newer came, nobody took over, then it is queued."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from samvad.channels.types import Identity, Purpose
from samvad.contacts.rules import Consent
from samvad.contacts.types import ConsentMethod
from samvad.conversations.service import mode as modes
from samvad.conversations.service import outgoing, records
from samvad.conversations.service.announce import mode_event
from samvad.conversations.service.bursts import said_before
from samvad.conversations.service.outgoing import Composed
from samvad.conversations.types import (
    Author,
    Burst,
    Conversation,
    Draft,
    Mode,
    State,
    TraceStage,
)
from samvad.jobs import service as jobs
from samvad.jobs.types import NewTimer, TimerKind
from samvad.platform.db import Scope
from samvad.platform.events import NewEvent
from samvad.workflows.consent import Wish, grant
from samvad.workflows.reply.decide import Act, Decision, Situation
from samvad.workflows.reply.escalation import summarised

MOST_RESTARTS = 2
SILENCE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with the snapshot that it was made on. `restarts`: how often a newer message undid it."""

    situation: Situation
    decision: Decision
    trace: Sequence[TraceStage]
    silence_from: datetime  # now, or when the business opens again
    restarts: int

    @property
    def burst(self) -> Burst:
        return self.situation.burst


@dataclass(slots=True)
class Effects:
    """What the transaction changes: gathered over all conversations, written in a few statements."""

    recipients: Mapping[UUID, Sequence[Identity]]
    removed: Set[UUID] = frozenset()  # sources that drafts cite and that are no longer to be cited
    said: list[Composed] = field(default_factory=list)
    changed: list[Conversation] = field(default_factory=list)
    timers: list[NewTimer] = field(default_factory=list)
    created: set[UUID] = field(default_factory=set)
    updated: set[UUID] = field(default_factory=set)
    conversations: set[UUID] = field(default_factory=set)
    events: list[NewEvent] = field(default_factory=list)
    answered: list[UUID] = field(default_factory=list)  # conversations in which something older may be held

    async def write(self, scope: Scope, *, at: datetime) -> None:
        self.created.update(await outgoing.put(scope, self.said, at=at))
        await records.save(scope, self.changed, at=at)
        self.updated.update(await outgoing.supersede(scope, self.answered))
        await jobs.arm(scope, self.timers)


async def finish(
    scope: Scope, decided: Decided, locked: Conversation, effects: Effects, *, at: datetime
) -> bool:
    """False: a newer message came, or what it cites was removed: the draft must be made again."""
    burst, decision = decided.burst, decided.decision
    if locked.epoch != burst.epoch or decision.act is Act.SILENCE:
        return True
    if locked.answered_seq >= burst.inbound_seq:  # another worker did, when our lease had run out
        return True
    if locked.inbound_seq != burst.inbound_seq and decided.restarts < MOST_RESTARTS:
        return False
    if cited(decision) & effects.removed:
        return False
    locked.answered_seq = max(locked.answered_seq, burst.inbound_seq)
    effects.conversations.add(locked.id)
    if decision.act in (Act.OPT_OUT, Act.OPT_IN):
        await _consent(scope, decided, locked, effects, at)
    elif decision.act is Act.HANDOFF and locked.state is State.RESOLVED:
        effects.changed.append(locked)  # a person dealt with it; the next word reopens it
    elif decision.act is Act.HANDOFF:
        await _hand_over(scope, decided, locked, effects, at)
    else:
        locked.state = State.PENDING
        _say(decided, locked, effects, Purpose.REPLY, at)
    return True


def cited(decision: Decision) -> Set[UUID]:
    """The sources of knowledge that an answer stands on."""
    return {UUID(str(one["source_id"])) for one in decision.citations}


def _say(decided: Decided, locked: Conversation, effects: Effects, purpose: Purpose, at: datetime) -> None:
    newest = decided.burst.messages[-1]
    draft = Draft(
        purpose,
        decided.decision.texts,
        decided.decision.source if purpose is Purpose.REPLY else None,
        Author.ASSISTANT,
        trace=(*newest.trace, *decided.trace),
        citations=decided.decision.citations,
    )
    to = effects.recipients.get(locked.id, ())
    effects.said.append(outgoing.compose(locked, draft, to=to, at=at, correlation=newest.correlation))
    effects.changed.append(locked)
    if purpose is Purpose.REPLY:
        effects.answered.append(locked.id)


async def _hand_over(
    scope: Scope, decided: Decided, locked: Conversation, effects: Effects, at: datetime
) -> None:
    """Mode HUMAN, the reason, the explanation if there is one and the watch on silence, or none of them."""
    reason = decided.decision.reason
    by = Author.ASSISTANT.value
    before = await said_before(scope, decided.burst)
    summary = summarised(decided.situation, decided.decision, before)
    change = await modes.switch(scope, locked, Mode.HUMAN, reason=reason, at=at, by=by, summary=summary)
    effects.created.update(change.lines)
    effects.updated.update(change.skipped)
    effects.events.append(mode_event(locked, by=by, reason=reason))
    locked.call_person(reason, summary)
    if decided.decision.texts:
        _say(decided, locked, effects, Purpose.HANDOFF, at)
    else:
        effects.changed.append(locked)
    due = decided.silence_from + SILENCE
    effects.timers.append(NewTimer(TimerKind.SILENCE, locked.id, due, at, latest=due))


async def _consent(
    scope: Scope, decided: Decided, locked: Conversation, effects: Effects, at: datetime
) -> None:
    newest = decided.burst.messages[-1]
    change = Consent.OPT_OUT if decided.decision.act is Act.OPT_OUT else Consent.OPT_IN
    said = await grant(
        scope,
        locked,
        Wish(change, ConsentMethod.RULE, newest.text, newest.id),
        language=decided.decision.language,
        business=decided.situation.business,
        at=at,
        correlation=newest.correlation,
    )
    effects.created.update(said.messages)
    effects.updated.update(said.withdrawn)
