"""Providers of the other transports: each keeps what it accepted, and fails as providers do."""

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson
from aiohttp import web
from tests.support import green, twilio
from tests.support.green import GreenPeer
from tests.support.twilio import Peer as TwilioPeer

from samvad.kernel.ids import new_id


class Mishap(StrEnum):
    """What becomes of a send beside being taken and answered."""

    REFUSED = "refused"
    CUT_BEFORE = "cut before it was taken"
    CUT_AFTER = "taken, and cut before the answer"


_EACH = 0.04  # of sends meet each mishap
_PATIENCE = 0.2  # seconds until a callback that was not taken is repeated


@dataclass
class Ledger:
    """How often something was accepted for each address, and what went wrong."""

    dice: random.Random
    accepted: Counter[str] = field(default_factory=Counter)
    mishaps: Counter[str] = field(default_factory=Counter)

    def fate(self, address: str) -> Mishap | None:
        """Decides, and writes down what was taken."""
        at = int(self.dice.random() / _EACH)
        met = [*Mishap][at] if at < len(Mishap) else None
        if met:
            self.mishaps[met] += 1
        if met in (None, Mishap.CUT_AFTER):
            self.accepted[address] += 1
        return met


def digits(address: str) -> str:
    """By which an address is the same in each spelling."""
    return "".join(c for c in address.partition("@")[0] if c.isdigit())


def _cut(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


@dataclass
class Twilio(TwilioPeer):
    """Calls our status callback until it is taken; its list tells what it accepted."""

    ledger: Ledger = field(default_factory=lambda: Ledger(random.Random(0)))
    calling: set[asyncio.Task[None]] = field(default_factory=set)

    async def take(self, request: web.Request) -> web.StreamResponse:
        form = {name: str(value) for name, value in (await request.post()).items()}
        met = self.ledger.fate(digits(form["To"]))
        if met is Mishap.REFUSED:
            return web.json_response({"code": 20500, "message": "try again", "status": 503}, status=503)
        if met is Mishap.CUT_BEFORE:
            return _cut(request)
        sid = f"SM{new_id().hex}"
        account = request.match_info["account"]
        told = {"to": form["To"], "body": form["Body"]}
        self.listed.insert(0, twilio.sent(account, sid, "delivered", datetime.now(UTC), **told))
        task = asyncio.create_task(self._tell(form, account, sid))
        self.calling.add(task)
        task.add_done_callback(self.calling.discard)
        return _cut(request) if met else web.json_response({"sid": sid}, status=201)

    async def _tell(self, form: Mapping[str, str], account: str, sid: str) -> None:
        url = form["StatusCallback"]
        for word in ("sent", "delivered"):
            ends = {"From": form["From"], "To": form["To"], "AccountSid": account}
            body, headers = twilio.signed(
                url, {"MessageSid": sid, "MessageStatus": word, "SmsStatus": word, **ends}
            )
            await insisted(url, body, headers)


@dataclass
class Green(GreenPeer):
    """Its queue tells of each message that it took."""

    ledger: Ledger = field(default_factory=lambda: Ledger(random.Random(0)))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        name = request.path.strip("/").split("/")[1]
        if request.method != "POST" or not name.startswith("sendMessage"):
            return await super().handle(request)
        body = await request.json()
        met = self.ledger.fate(digits(body["chatId"]))
        if met is Mishap.REFUSED:
            return web.json_response({"message": "too many"}, status=429)
        if met is Mishap.CUT_BEFORE:
            return _cut(request)
        id_ = f"BAE5{new_id().hex[-12:].upper()}"
        echo = {"id": id_, "word": "outgoingAPIMessageReceived", "chat": body["chatId"]}
        self.push(green.said(body["message"], **echo))
        self.push(green.status(id_, "delivered", chat=body["chatId"]))
        return _cut(request) if met else web.json_response({"idMessage": id_})


@dataclass
class Telegram:
    """A bot that is asked for its updates. It tells of nothing that it took, as the real one."""

    ledger: Ledger
    url: str = ""
    updates: list[dict[str, Any]] = field(default_factory=list)
    numbers: Callable[[], int] = field(default_factory=lambda: itertools.count(1).__next__)

    def push(self, message: dict[str, Any]) -> None:
        number = self.numbers()
        chat = message["chat"]["id"]
        told = {"message_id": number, "date": int(datetime.now(UTC).timestamp()), **message}
        self.updates.append({"update_id": number, "message": told | {"from": {"id": chat, "is_bot": False,
                             "first_name": "Asha"}}})  # fmt: skip

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.path.rpartition("/")[2]
        body = orjson.loads(await request.read() or b"{}")
        if method == "getUpdates":
            self.updates = [one for one in self.updates if one["update_id"] >= body.get("offset", 0)]
            await asyncio.sleep(0 if self.updates else 0.2)
            return self._said(self.updates)
        if method == "getMe":
            return self._said({"id": 7104225518, "is_bot": True, "username": "govind_bot"})
        if method != "sendMessage":
            return self._said(True)
        met = self.ledger.fate(str(body["chat_id"]))
        if met is Mishap.REFUSED:
            told = {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests",
                "parameters": {"retry_after": 1},
            }
            return web.json_response(told, status=429)
        chat = {"id": body["chat_id"], "type": "private"}
        sent = {
            "message_id": 1_000_000 + self.numbers(),
            "date": 1760000000,
            "chat": chat,
            "text": body["text"],
        }
        return _cut(request) if met else self._said(sent)

    def _said(self, result: object) -> web.Response:
        return web.json_response({"ok": True, "result": result})


async def insisted(url: str, body: bytes, headers: Mapping[str, str]) -> Any:
    """Until it is taken, as providers repeat a webhook; its answer."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http:
        while True:
            try:
                async with http.post(url, data=body, headers=headers) as answer:
                    if answer.status < 300:
                        return await answer.read()
                    if answer.status < 500 and answer.status != 429:
                        raise RuntimeError(f"{urlsplit(url).path}: {answer.status} {await answer.text()}")
            except (aiohttp.ClientError, TimeoutError):
                pass
            await asyncio.sleep(_PATIENCE)
