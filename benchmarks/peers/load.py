"""The load tool: signed webhooks over keep-alive connections, as fast as they go or at a fixed rate.

`python -m benchmarks.peers.load` reads a plan (JSON) from standard input and prints a result (JSON).
At a fixed rate latency counts from the moment when a request was due, so a slow server cannot hide.
"""

import asyncio
import hashlib
import hmac
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import orjson

from benchmarks.peers.http import Messages, request

_TICK = 0.001
CUT = "cut"  # the status of a request whose connection ended before its answer


@dataclass(frozen=True, slots=True)
class Plan:
    """`rate` 0: as fast as answers come. Message i: contact i % contacts says words[i // contacts]."""

    port: int
    number: str
    secret: str
    count: int
    contacts: int
    words: list[str]
    run: str
    connections: int = 64
    rate: float = 0.0
    first_contact: int = 919_000_000_000


@dataclass(slots=True)
class Result:
    """`sent` holds the monotonic second of each message, in order."""

    seconds: float
    statuses: dict[str, int]
    latencies: list[float]
    sent: list[float]
    cpu: float


def contact_of(plan: Plan, i: int) -> str:
    return str(plan.first_contact + i % plan.contacts)


def word_of(plan: Plan, i: int) -> str:
    return plan.words[i // plan.contacts % len(plan.words)]


def webhook(plan: Plan, i: int) -> bytes:
    sender = contact_of(plan, i)
    message = {
        "from": sender,
        "id": f"wamid.{plan.run}.{i:022d}",
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": word_of(plan, i)},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550100000", "phone_number_id": plan.number},
        "contacts": [{"profile": {"name": f"Customer {sender[-6:]}"}, "wa_id": sender}],
        "messages": [message],
    }
    change = {"field": "messages", "value": value}
    whole = {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [change]}]}
    return orjson.dumps(whole)


def requests(plan: Plan) -> Iterator[bytes]:
    for i in range(plan.count):
        body = webhook(plan, i)
        digest = hmac.new(plan.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"content-type": "application/json", "x-hub-signature-256": f"sha256={digest}"}
        yield request("POST", "/webhooks/meta", host="127.0.0.1", body=body, headers=headers)


class Run:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.work = list(requests(plan))
        self.next = 0
        self.due: deque[tuple[int, float]] = deque()
        self.idle: list[Connection] = []
        self.statuses: Counter[str] = Counter()
        self.latencies: list[float] = []
        self.sent = [0.0] * plan.count
        self.over = asyncio.Event()
        self.open = 0

    def take(self) -> tuple[int, float] | None:
        if self.plan.rate:
            return self.due.popleft() if self.due else None
        if self.next >= self.plan.count:
            return None
        self.next += 1
        return self.next - 1, time.monotonic()

    def answered(self, began: float, status: str) -> None:
        self.statuses[status] += 1
        self.latencies.append(time.monotonic() - began)
        if len(self.latencies) == self.plan.count:
            self.over.set()

    async def connect(self) -> bool:
        """One more connection, idle, while there may be more."""
        if self.open >= self.plan.connections:
            return False
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(lambda: Connection(self), "127.0.0.1", self.plan.port)
        self.idle.append(connection)
        return True

    async def keep_rate(self, began: float) -> None:
        while self.next < self.plan.count:
            until = int((time.monotonic() - began) * self.plan.rate)
            while self.next < min(until, self.plan.count):
                self.due.append((self.next, began + self.next / self.plan.rate))
                self.next += 1
            while self.due and (self.idle or await self.connect()):
                self.idle.pop().go()
            await asyncio.sleep(_TICK)


class Connection(asyncio.Protocol):
    def __init__(self, run: Run) -> None:
        self._run = run
        self._messages = Messages(self._answered)
        self._began = 0.0
        self._waits = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass
        self._run.open += 1

    def connection_lost(self, _: Exception | None) -> None:
        """A server closes what rests too long; the most recently used rests least, so it stays on top.

        One that closes at the moment of our request leaves it without an answer: a provider repeats it.
        """
        self._run.open -= 1
        if self._waits:
            self._run.answered(self._began, CUT)
        if self in self._run.idle:
            self._run.idle.remove(self)

    def go(self) -> None:
        work = self._run.take()
        if work is None:
            self._run.idle.append(self)
            return
        number, self._began = work
        self._run.sent[number] = time.monotonic()
        self._waits = True
        self._transport.write(self._run.work[number])

    def data_received(self, data: bytes) -> None:
        self._messages.feed(data)

    def _answered(self, head: bytes, _: bytes) -> None:
        self._waits = False
        self._run.answered(self._began, head[9:12].decode())
        self.go()


async def main(plan: Plan) -> Result:
    run = Run(plan)
    while await run.connect():
        pass
    began, cpu = time.monotonic(), time.process_time()
    if plan.rate:
        await run.keep_rate(began)
    else:
        for connection in [*run.idle]:
            run.idle.remove(connection)
            connection.go()
    await run.over.wait()
    seconds = time.monotonic() - began
    return Result(seconds, dict(run.statuses), run.latencies, run.sent, time.process_time() - cpu)


if __name__ == "__main__":
    told = Plan(**orjson.loads(sys.stdin.buffer.read()))
    try:
        from uvloop import Loop
    except ImportError:
        Loop = asyncio.SelectorEventLoop  # type: ignore[assignment,misc]
    with asyncio.Runner(loop_factory=Loop) as runner:
        sys.stdout.buffer.write(orjson.dumps(runner.run(main(told))))
