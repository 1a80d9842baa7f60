"""What a number's own people should be told without asking: pure decisions on what the watch has seen."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from samvad.channels.types.watch import Alarm, Finding, Quiet, Stuck, Unread

KEPT = timedelta(hours=24)  # how long a webhook that could not be taken in keeps its alarm up
LATE = timedelta(minutes=5)  # beyond every pause between two tries but those that a provider asks for
UNKNOWN = timedelta(hours=1)
DOWN = timedelta(minutes=1)
REST = timedelta(minutes=15)  # after one has ended, so that what comes and goes is one alert and not a storm

SHORTEST_SILENCE = timedelta(hours=24)
HISTORY_DAYS = 14  # before the last event
_REGULAR_DAYS = 10  # of them with events
_PATIENCE = 1.5  # times the longest silence that is usual

_UNREAD = {
    "unparsable": (Alarm.UNPARSABLE, "could not be read"),
    "unrouted": (Alarm.UNROUTED, "name a number that is not connected here"),
    "failed": (Alarm.FAILED, "came in and could not be handled"),
}
_STUCK = {
    Alarm.OUTBOUND_LATE: "Messages that should have left and wait for a worker",
    Alarm.INBOUND_LATE: "Items of webhooks that came in and wait for a worker",
    Alarm.UNKNOWN: "Messages of which nobody knows whether they were sent",
}


def unread(seen: Unread) -> Finding:
    alarm, words = _UNREAD[seen.verdict]
    detail = f"Webhooks of the last 24 hours that {words}: {seen.count}. See Settings, Webhooks"
    return Finding(seen.tenant, seen.channel, alarm, detail)


def late(alarm: Alarm, seen: Stuck) -> Finding:
    minutes = int(seen.waited.total_seconds() // 60)
    detail = f"{_STUCK[alarm]}: {seen.count}, the oldest for {minutes} minutes"
    return Finding(seen.tenant, seen.channel, alarm, detail)


def down(seen: Stuck) -> Finding:
    minutes = int(seen.waited.total_seconds() // 60)
    detail = (
        f"The provider has taken nothing for {minutes} minutes. Messages that wait: {seen.count}. "
        "They leave by themselves when it is back"
    )
    return Finding(seen.tenant, seen.channel, Alarm.DOWN, detail)


def silent(seen: Quiet, *, known: bool) -> Finding | None:
    """Only a number that had events regularly is missed; once it is, until the next event (`known`)."""
    if not known and (len(seen.days) < _REGULAR_DAYS or seen.silence < usual_silence(seen.days) * _PATIENCE):
        return None
    hours = int(seen.silence.total_seconds() // 3600)
    detail = f"No webhook for {hours} hours, more than is usual here: test it under Settings, Channels"
    return Finding(seen.tenant, seen.channel, Alarm.SILENT, detail)


def usual_silence(days: Sequence[int]) -> timedelta:
    """The longest between two days with events; `days` count back from the last event, in order."""
    gaps = (later - earlier for earlier, later in pairwise(days))
    return SHORTEST_SILENCE * max(gaps, default=1)
