"""A provider that is down: when it is taken for that, how often it is tried, how long a message waits for it.

Three tries are a message's own. Once the provider is known to be down its other messages wait, one at a time
tries whether it is back, and that try costs the message nothing. So an outage of an hour costs the few
messages by which it was noticed, and the rest leave in their order when it is over.
"""

from datetime import datetime, timedelta

from samvad.channels.types import Purpose

FAILURES = 3  # in a row, without one message taken between them
SHORTEST, LONGEST = timedelta(seconds=2), timedelta(seconds=60)  # between two tries
_BEHIND = timedelta(seconds=1)  # another message tries next, so that none of its own holds up all others
_PATIENCE = timedelta(hours=2)  # then a person hears of it: an answer of yesterday is none
_PATIENCE_OF_PEOPLE = timedelta(hours=24)


def pause(since: datetime, now: datetime) -> timedelta:
    """Until the next try: as long again as it has been down, within limits."""
    return min(max(now - since, SHORTEST), LONGEST)


def next_try(since: datetime, now: datetime, *, queued_at: datetime, purpose: Purpose) -> datetime | None:
    """Of a message that found the provider down; None: it has waited long enough."""
    patience = _PATIENCE_OF_PEOPLE if purpose in (Purpose.AGENT, Purpose.BULK) else _PATIENCE
    return None if now - queued_at >= patience else now + pause(since, now) + _BEHIND
