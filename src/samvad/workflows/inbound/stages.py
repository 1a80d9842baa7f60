"""The stages of an inbound item, in order: this list is the pipeline's documentation.

contact   who wrote; made where new, by any identity
past      from before the number was connected: into its place, and nothing follows
timeline  into the conversation, once per provider id, in its place; duplicates stop here
echo      the business's own phone wrote: an agent's words, and a takeover
status    a message of ours moved forward; evidence settles what was unknown
person    a number or user id changed: a new identity of the same contact
account   news about number, account or marketing wishes: recorded, alerted where it hurts
content   an empty message ends here
consent   STOP and START in eight languages: stored, confirmed once, never waits
mode      HUMAN, opted out or our own number: nothing automatic, a person is called
reply     a reply to the burst becomes due
"""

from collections.abc import Callable, Sequence

from samvad.conversations.types import TraceStage
from samvad.platform.db import Scope
from samvad.workflows.inbound import account, arming, consent, past, people, timeline, traffic
from samvad.workflows.inbound.types import Batch, Context, Outcome, Stage, Verdict

STAGES: Sequence[Stage] = (
    Stage("contact", people.resolve),
    Stage("past", past.keep),
    Stage("timeline", timeline.append),
    Stage("echo", traffic.take_echoes),
    Stage("status", traffic.apply_statuses),
    Stage("person", people.change_identities),
    Stage("account", account.note),
    Stage("content", timeline.check_content),
    Stage("consent", consent.hear),
    Stage("mode", arming.call_people),
    Stage("reply", arming.arm),
)


async def run(
    scope: Scope, batch: Batch, contexts: Sequence[Context], *, stopwatch: Callable[[], float]
) -> list[Context]:
    """All stages over all contexts; returns those that are deferred."""
    going = list(contexts)
    deferred: list[Context] = []
    for stage in STAGES:
        if not going:
            break
        began = stopwatch()
        outcomes = await stage.work(scope, batch, going)
        share = round((stopwatch() - began) * 1000 / len(going), 3)
        deferred += [c for c, o in zip(going, outcomes, strict=True) if o.verdict is Verdict.DEFER]
        going = _onward(stage, going, outcomes, share)
    return deferred


def _onward(stage: Stage, going: Sequence[Context], outcomes: Sequence[Outcome], ms: float) -> list[Context]:
    onward = []
    for context, outcome in zip(going, outcomes, strict=True):
        if outcome.said:
            context.trace.append(TraceStage(stage.name, outcome.said, ms))
        if outcome.verdict is Verdict.NEXT:
            onward.append(context)
    return onward
