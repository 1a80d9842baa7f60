"""A provider that accepts every message after a delay and remembers when each call began.

`python -m benchmarks.peers.provider DELAY_MS` prints its port; `GET /ledger` tells and `DELETE /ledger`
forgets what was sent: rows of (monotonic seconds, recipient, text). After `PUT /statuses` (a `Where`) it
tells what becomes of each; `GET /statuses` says how many of these webhooks were taken, and refused.
"""

import asyncio
import sys
import time
from itertools import count
from typing import Any, cast

import orjson

from benchmarks.peers.http import Messages, response
from benchmarks.peers.statuses import Teller, Where

Call = tuple[float, str, str]


class Ledger:
    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.calls: list[Call] = []
        self.receipts = 0
        self.numbers = count()
        self.teller: Teller | None = None


class Connection(asyncio.Protocol):
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._messages = Messages(self._answer)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass

    def data_received(self, data: bytes) -> None:
        self._messages.feed(data)

    def _answer(self, head: bytes, body: bytes) -> None:
        ledger = self._ledger
        if head.startswith(b"put"):
            ledger.teller = Teller(Where(**orjson.loads(body)))
            self._transport.write(response(b"{}"))
        elif head.startswith(b"get /statuses"):
            teller = ledger.teller
            told = [teller.told, teller.refused] if teller else [0, 0]
            self._transport.write(response(orjson.dumps(told)))
        elif head.startswith(b"get"):
            self._transport.write(response(orjson.dumps([ledger.receipts, ledger.calls])))
        elif head.startswith(b"delete"):
            ledger.calls, ledger.receipts = [], 0
            self._transport.write(response(b"{}"))
        else:
            self._accept(orjson.loads(body))

    def _accept(self, call: dict[str, Any]) -> None:
        if "text" not in call:
            self._ledger.receipts += 1
            self._transport.write(response(b'{"success":true}'))
            return
        to = str(call["to"]).lstrip("+")
        self._ledger.calls.append((time.monotonic(), to, call["text"]["body"]))
        wamid = f"wamid.OUT{next(self._ledger.numbers)}"
        answer = {"contacts": [{"input": to, "wa_id": to}], "messages": [{"id": wamid}]}
        if self._ledger.teller:
            self._ledger.teller.accepted(wamid, to, call.get("biz_opaque_callback_data", ""))
        asyncio.get_running_loop().call_later(self._ledger.delay, self._write, response(orjson.dumps(answer)))

    def _write(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


async def main(delay: float) -> None:
    ledger = Ledger(delay)
    server = await asyncio.get_running_loop().create_server(lambda: Connection(ledger), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) / 1000))
