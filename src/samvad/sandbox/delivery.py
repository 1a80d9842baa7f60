"""Posts the queued webhooks until each is answered with 2xx, over restarts of either side."""

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samvad.sandbox import envelope
from samvad.sandbox.repository.webhooks import Queued
from samvad.sandbox.types import Number, State
from samvad.sandbox.wire_client import HttpClient
from samvad.sandbox.world import World

log = logging.getLogger("samvad.sandbox")
_LOOK_AGAIN_S = 5.0
_AFTER_FAILURE_S = 1.0
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Post:
    """One request: the number whose URL and secret it uses, and its items, maybe of two numbers."""

    sender: Number
    items: tuple[Queued, ...]


def posts(due: Sequence[Queued], numbers: Mapping[str, Number]) -> list[Post]:
    """Due items in POSTs of each number's batch size; a number may carry another one's items along."""
    waiting: dict[str, list[Queued]] = {}
    for queued in due:
        waiting.setdefault(queued.webhook.phone_number_id, []).append(queued)
    for id_ in list(waiting):
        other = numbers[id_].behaviour.webhooks.share_post_with
        if other in waiting and other != id_ and id_ in waiting:
            waiting[id_] = _alternate(waiting[id_], waiting.pop(other))
    made = []
    for id_, items in waiting.items():
        habit = numbers[id_].behaviour.webhooks
        size = max(habit.batch, 2 if habit.share_post_with else 1)
        made += [Post(numbers[id_], tuple(items[i : i + size])) for i in range(0, len(items), size)]
    return made


def _alternate(first: list[Queued], second: list[Queued]) -> list[Queued]:
    """One of each in turn, so that every POST holds both while both last."""
    pairs = [item for pair in zip(first, second, strict=False) for item in pair]
    longer = max(first, second, key=len)
    return pairs + longer[min(len(first), len(second)) :]


def gap_ms(number: Number, attempts: int) -> int:
    """Doubles with each attempt, up to the number's cap."""
    habit = number.behaviour.webhooks
    return int(min(habit.retry_cap_ms, habit.retry_base_ms * 2 ** min(attempts, 30)))


class Courier:
    """At most `slots` POSTs at a time; `wake` when something may be due."""

    def __init__(self, world: World, client: HttpClient, *, slots: int, timeout: float) -> None:
        self._world, self._client = world, client
        self._slots, self._timeout = slots, timeout
        self._ready: deque[Post] = deque()
        self._flying: set[int] = set()  # ready ones too
        self._tasks: set[asyncio.Task[None]] = set()
        self._bell = asyncio.Event()

    def wake(self) -> None:
        self._bell.set()

    async def run(self) -> None:
        try:
            while True:
                self._bell.clear()
                self._start()
                await self._rest()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _paused(self) -> list[str]:
        return [n.phone_number_id for n in self._world.numbers.all() if n.behaviour.webhooks.paused]

    def _start(self) -> None:
        while len(self._tasks) < self._slots and (self._ready or self._fetch()):
            post = self._ready.popleft()
            task = asyncio.create_task(self._deliver(post))
            self._tasks.add(task)
            task.add_done_callback(self._landed)

    def _fetch(self) -> bool:
        """The next due items, more than there are slots: one look for many POSTs."""
        numbers = {n.phone_number_id: n for n in self._world.numbers.all()}
        widest = max((n.behaviour.webhooks.batch for n in numbers.values()), default=1)
        due = self._world.queue.due(
            self._world.wall_ms(),
            paused=self._paused(),
            flying=self._flying,
            limit=_AHEAD * self._slots * widest,
        )
        self._flying.update(queued.id for queued in due)
        self._ready.extend(posts(due, numbers))
        return bool(due)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._bell.set()

    async def _rest(self) -> None:
        if self._ready:
            await self._bell.wait()
            return
        now_ms = self._world.wall_ms()
        due_ms = self._world.queue.next_after(now_ms, paused=self._paused())
        seconds = _LOOK_AGAIN_S if due_ms is None else min(_LOOK_AGAIN_S, (due_ms - now_ms) / 1000)
        try:
            async with asyncio.timeout(seconds):
                await self._bell.wait()
        except TimeoutError:
            return

    async def _deliver(self, post: Post) -> None:
        try:
            sender = self._world.numbers.find(post.sender.phone_number_id)
            if sender is None or sender.behaviour.webhooks.paused:
                return
            answered = await self._post(sender, post.items)
            await self._world.ledger.write(lambda db: self._settle(db, post, answered=answered))
        except Exception:
            log.exception("a webhook's outcome could not be written down; it will be posted again")
            await asyncio.sleep(_AFTER_FAILURE_S)
        finally:
            self._flying.difference_update(q.id for q in post.items)

    async def _post(self, sender: Number, items: Sequence[Queued]) -> bool:
        known = [(self._world.numbers.find(q.webhook.phone_number_id), q.webhook) for q in items]
        carried = [(n.waba_id, webhook) for n, webhook in known if n is not None]
        if sender.behaviour.webhooks.stranger:
            carried.append(envelope.stranger(self._world.wall_ms() // 1000))
        body = envelope.compose(carried)
        signed = envelope.signature(sender.app_secret, body)
        if sender.behaviour.webhooks.bad_signature or any(q.webhook.bad_signatures for q in items):
            signed = envelope.forged(signed)
        headers = envelope.headers(signed)
        try:
            response = await self._client.request(
                "POST", sender.webhook_url, headers=headers, body=body, timeout=self._timeout
            )
        except Exception as failure:
            # Whatever went wrong, the webhook is not answered: it stays queued and its next gap is longer.
            log.info("webhook of %s not answered: %r", sender.phone_number_id, failure)
            return False
        return 200 <= response.status < 300

    def _settle(self, db: sqlite3.Connection, post: Post, *, answered: bool) -> None:
        if answered:
            self._world.queue.answered(db, post.items)
            for queued in post.items:
                self._tick(db, queued)
            return
        attempts = max(q.attempts for q in post.items)
        at_ms = self._world.wall_ms() + gap_ms(post.sender, attempts)
        self._world.queue.again(db, post.items, at_ms=at_ms)

    def _tick(self, db: sqlite3.Connection, queued: Queued) -> None:
        """The app took it: the customer's message has its second tick, the business's message its status."""
        webhook = queued.webhook
        if webhook.message_id is not None and webhook.state not in (None, State.FAILED):
            self._world.messages.advance(db, webhook.message_id, webhook.state)
