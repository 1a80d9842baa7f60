"""The provider's news of what became of each message: sent, delivered, read, each a webhook of its own."""

import asyncio
import hashlib
import hmac
import time
from collections import deque
from dataclasses import dataclass, field
from typing import cast

import orjson

from benchmarks.peers.http import Messages, request

AFTER = {"sent": 0.01, "delivered": 0.1, "read": 0.4}  # seconds from the acceptance
_CONNECTIONS = 16
_AGAIN = 0.5  # seconds until a refused one is repeated


@dataclass(frozen=True, slots=True)
class Where:
    """Whom to tell, and as which number."""

    port: int
    number: str
    secret: str


@dataclass(slots=True)
class Teller:
    """`told`: webhooks answered with 200; refused ones come again until they are."""

    where: Where
    told: int = 0
    refused: int = 0
    waiting: deque[bytes] = field(default_factory=deque)
    idle: list["_Line"] = field(default_factory=list)
    lines: int = 0

    def accepted(self, wamid: str, to: str, ours: str) -> None:
        loop = asyncio.get_running_loop()
        for status, after in AFTER.items():
            loop.call_later(after, self._tell, _webhook(self.where, wamid, to, ours, status))

    def _tell(self, work: bytes) -> None:
        self.waiting.append(work)
        if self.idle:
            self.idle.pop().go()
        elif self.lines < _CONNECTIONS:
            self.lines += 1
            loop = asyncio.get_running_loop()
            opening = loop.create_connection(lambda: _Line(self), "127.0.0.1", self.where.port)
            loop.create_task(opening).add_done_callback(_raise)

    def answered(self, work: bytes, status: bytes) -> None:
        if status == b"200":
            self.told += 1
            return
        self.refused += 1
        asyncio.get_running_loop().call_later(_AGAIN, self._tell, work)


class _Line(asyncio.Protocol):
    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._messages = Messages(self._answered)
        self._work: bytes | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self.go()

    def connection_lost(self, _: Exception | None) -> None:
        self._teller.lines -= 1
        if self in self._teller.idle:
            self._teller.idle.remove(self)
        if self._work is not None:
            self._teller.answered(self._work, b"cut")

    def go(self) -> None:
        if not self._teller.waiting:
            self._teller.idle.append(self)
            return
        self._work = self._teller.waiting.popleft()
        self._transport.write(self._work)

    def data_received(self, data: bytes) -> None:
        self._messages.feed(data)

    def _answered(self, head: bytes, _: bytes) -> None:
        work, self._work = self._work, None
        if work is not None:
            self._teller.answered(work, head[9:12])
        self.go()


def _raise(opening: "asyncio.Task[object]") -> None:
    opening.result()


def _webhook(where: Where, wamid: str, to: str, ours: str, status: str) -> bytes:
    said = {
        "id": wamid, "status": status, "timestamp": str(int(time.time())), "recipient_id": to,
        "biz_opaque_callback_data": ours,
    }  # fmt: skip
    metadata = {"display_phone_number": "15550100000", "phone_number_id": where.number}
    value = {"messaging_product": "whatsapp", "metadata": metadata, "statuses": [said]}
    change = {"field": "messages", "value": value}
    body = orjson.dumps(
        {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [change]}]}
    )
    digest = hmac.new(where.secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"content-type": "application/json", "x-hub-signature-256": f"sha256={digest}"}
    return request("POST", "/webhooks/meta", host="127.0.0.1", body=body, headers=headers)
