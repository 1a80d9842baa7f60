"""Named places where a process may be killed on purpose, to prove that nothing is lost or doubled.

Armed only by the environment: `SAMVAD_CRASH_AT=gate.claim:after:3` kills the process (SIGKILL) the third
time that the claim has committed. Chaos tests walk over every point.
"""

import os
import signal
from enum import StrEnum
from functools import cache
from itertools import product

VARIABLE = "SAMVAD_CRASH_AT"


class Point(StrEnum):
    """Every COMMIT and provider call of the hot workflows."""

    INTAKE_STORE = "intake.store"
    INBOUND_CLAIM = "inbound.claim"
    INBOUND_APPLY = "inbound.apply"
    INBOUND_REJECT = "inbound.reject"
    REPLY_CLAIM = "reply.claim"
    REPLY_QUEUE = "reply.queue"
    REPLY_RETRY = "reply.retry"
    GATE_CLAIM = "gate.claim"
    PROVIDER_CALL = "provider.call"
    SEND_OUTCOME = "send.outcome"
    SEND_EXPIRE = "send.expire"
    POLL_CLAIM = "poll.claim"
    POLL_FETCH = "poll.fetch"
    POLL_ADVANCE = "poll.advance"
    POLL_SETTLE = "poll.settle"
    POLL_RELEASE = "poll.release"
    RECALL_ASK = "recall.ask"
    RECALL_CLAIM = "recall.claim"
    MODE_CHANGE = "mode.change"
    AGENT_MESSAGE = "agent.message"
    LIFECYCLE_CLAIM = "lifecycle.claim"
    LIFECYCLE_APPLY = "lifecycle.apply"
    CONTACT_MERGE = "contact.merge"
    CONTACT_PART = "contact.part"
    INDEX_CLAIM = "index.claim"
    INDEX_BEGIN = "index.begin"
    INDEX_STORE = "index.store"
    INDEX_PUBLISH = "index.publish"
    INDEX_FAIL = "index.fail"


class Moment(StrEnum):
    BEFORE = "before"
    AFTER = "after"


def every_place() -> list[str]:
    """All values that SAMVAD_CRASH_AT can name."""
    return [f"{point}:{moment}" for point, moment in product(Point, Moment)]


class _Fuse:
    def __init__(self, armed: str | None) -> None:
        parts = (armed or "").split(":")
        self.place = ":".join(parts[:2]) if armed else ""
        self.left = int(parts[2]) if len(parts) > 2 else 1
        if armed and self.place not in every_place():
            raise ValueError(f"{VARIABLE} names no crash point: {armed!r}")

    def burn(self, place: str) -> None:
        if place != self.place:
            return
        self.left -= 1
        if self.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


@cache
def _fuse() -> _Fuse:
    """Asked for when a place is reached: what was forked has an environment of its own."""
    return _Fuse(os.environ.get(VARIABLE))


def reach(point: Point | None, moment: Moment) -> None:
    """Nothing, unless this very place is armed."""
    if point is not None and (fuse := _fuse()).place:
        fuse.burn(f"{point}:{moment}")
