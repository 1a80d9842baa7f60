"""What answers a visitor's message, and how fast somebody may speak; pure."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime

from samvad.conversations.types.threads import Line, Thread


def replies(lines: Sequence[Line], external_id: str) -> tuple[Line | None, Sequence[Line]]:
    """The message and the run of ours that answers it: what was written quickly is answered together, so
    further messages may stand between."""
    at = next((n for n, line in enumerate(lines) if line.incoming and line.external_id == external_id), None)
    if at is None:
        return None, ()
    start = next((n for n in range(at + 1, len(lines)) if not lines[n].incoming), len(lines))
    end = next((n for n in range(start, len(lines)) if lines[n].incoming), len(lines))
    return lines[at], lines[start:end]


def settled(thread: Thread, external_id: str) -> bool:
    """Whether waiting any longer for the answer is pointless: it is there, or the assistant has none."""
    message, found = replies(thread.lines, external_id)
    return message is not None and not thread.pending and (bool(found) or not thread.person)


class Buckets:
    """Tokens by key: `burst` at once, then `per_second`. The `most` keys used last are remembered."""

    def __init__(self, *, burst: int, per_second: float, most: int = 50_000) -> None:
        self._burst = burst
        self._per_second = per_second
        self._most = most
        self._left: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    def take(self, key: str, now: datetime) -> float:
        """Seconds until a token is there; 0: one was taken."""
        left, since = self._left.pop(key, (float(self._burst), now))
        left = min(self._burst, left + max(0.0, (now - since).total_seconds()) * self._per_second)
        wait = 0.0 if left >= 1 else (1 - left) / self._per_second
        self._left[key] = (left if wait else left - 1, now)
        if len(self._left) > self._most:
            self._left.popitem(last=False)
        return wait
