"""A browser's live stream: one WebSocket that signs in with its first frame and replays from a cursor."""

import asyncio
from collections.abc import Coroutine
from contextlib import aclosing
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

import orjson
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from samvad.kernel.errors import Forbidden, Unauthenticated
from samvad.kernel.ids import TenantId, parse_id
from samvad.platform import metrics
from samvad.platform.db import is_down
from samvad.platform.events import JsonValue
from samvad.platform.events.hub import Frame, Hub, Subscription, frame
from samvad.platform.logging import get_logger
from samvad.tenancy.service import Caller
from samvad.tenancy.types import Permission

log = get_logger("api")

_LARGEST_FRAME = 8192
_LEFT = "left"
_STATES = frozenset({"viewing", "typing", _LEFT})


class Close(IntEnum):
    """Why we end a socket. A browser comes again with its cursor after any but 4401 and 4403."""

    AGAIN_LATER = 1013  # the database is away
    BAD_FRAME = 4400
    UNAUTHENTICATED = 4401
    FORBIDDEN = 4403
    TOO_SLOW = 4408


class Admission(Protocol):
    """Tenancy's Gatekeeper."""

    async def admit(self, token: str | None, permission: Permission) -> tuple[TenantId, Caller]: ...


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: until the first frame, between two looks at the session, for a slow one to take its end."""

    auth: float = 5
    recheck: float = 50
    close: float = 5


class _Ended(Exception):
    """The socket is to be closed with this code."""

    def __init__(self, code: Close) -> None:
        super().__init__(code)
        self.code = code


def live_route(hub: Hub, admission: Admission, *, patience: Patience = Patience()) -> WebSocketRoute:
    """`/ws`; any `viewer` may read it, so events hold nothing that a viewer may not."""

    async def endpoint(socket: WebSocket) -> None:
        await _Live(socket, hub, admission, patience).run()

    return WebSocketRoute("/ws", endpoint, name="live")


class _Live:
    """One socket, from its handshake to its end."""

    def __init__(self, socket: WebSocket, hub: Hub, admission: Admission, patience: Patience) -> None:
        self._socket = socket
        self._hub = hub
        self._admission = admission
        self._patience = patience

    async def run(self) -> None:
        await self._socket.accept()
        with metrics.sockets.track_inprogress():
            try:
                await self._serve()
            except _Ended as ended:
                await self._close(ended.code)
            except WebSocketDisconnect:
                return

    async def _serve(self) -> None:
        token, cursor = await self._first_frame()
        tenant, caller = await self._admit(token)
        with self._hub.subscribed(tenant) as subscription:
            await _until_one_ends(
                self._send(subscription, cursor),
                self._listen(subscription, caller),
                self._recheck(token),
                _overflow(subscription),
            )

    async def _first_frame(self) -> tuple[str, str | None]:
        try:
            async with asyncio.timeout(self._patience.auth):
                first = await self._receive()
        except TimeoutError as late:
            raise _Ended(Close.UNAUTHENTICATED) from late
        token, cursor = first.get("token"), first.get("cursor")
        if first.get("type") != "auth" or not isinstance(token, str):
            raise _Ended(Close.UNAUTHENTICATED)
        return token, cursor if isinstance(cursor, str) else None

    async def _receive(self) -> dict[str, object]:
        """The next frame. Raises _Ended for anything but a JSON object of a modest size."""
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code") or 1005)
        text = message.get("text")
        if not isinstance(text, str) or len(text) > _LARGEST_FRAME:
            raise _Ended(Close.BAD_FRAME)
        try:
            parsed = orjson.loads(text)
        except ValueError as wrong:
            raise _Ended(Close.BAD_FRAME) from wrong
        if not isinstance(parsed, dict):
            raise _Ended(Close.BAD_FRAME)
        return parsed

    async def _admit(self, token: str) -> tuple[TenantId, Caller]:
        try:
            return await self._admission.admit(token, Permission.INBOX_READ)
        except Unauthenticated as refused:
            raise _Ended(Close.UNAUTHENTICATED) from refused
        except Forbidden as refused:
            raise _Ended(Close.FORBIDDEN) from refused
        except Exception as failure:
            raise _away(failure) from failure

    async def _send(self, subscription: Subscription, cursor: str | None) -> None:
        try:
            async with aclosing(self._hub.stream(subscription, cursor)) as texts:
                async for text in texts:
                    await self._socket.send_text(text)
        except WebSocketDisconnect:
            raise
        except Exception as failure:
            raise _away(failure) from failure

    async def _listen(self, subscription: Subscription, caller: Caller) -> None:
        while True:
            said = await self._receive()
            if said.get("type") == "ping":
                subscription.offer_lightly(Frame(frame("pong")))
            elif said.get("type") == "presence":
                self._present(subscription, caller, said)

    def _present(self, subscription: Subscription, caller: Caller, said: dict[str, object]) -> None:
        conversation, state = parse_id(str(said.get("conversation_id"))), str(said.get("state"))
        if conversation is None or state not in _STATES:
            raise _Ended(Close.BAD_FRAME)
        self._hub.present(
            subscription,
            {"conversation_id": str(conversation), "state": state, **_person(caller)},
            gone=state == _LEFT,
        )

    async def _recheck(self, token: str) -> None:
        """A revoked session is closed within a minute; a database that is away revokes nobody."""
        while True:
            await asyncio.sleep(self._patience.recheck)
            try:
                await self._admit(token)
            except _Ended as ended:
                if ended.code is not Close.AGAIN_LATER:
                    raise

    async def _close(self, code: Close) -> None:
        """A browser that does not read cannot take the frame: after a while the connection just ends."""
        if self._socket.client_state is not WebSocketState.CONNECTED:
            return
        try:
            async with asyncio.timeout(self._patience.close):
                await self._socket.close(code)
        except (TimeoutError, WebSocketDisconnect, RuntimeError):
            log.info("socket.abandoned", code=int(code))


async def _until_one_ends(*works: Coroutine[object, object, None]) -> None:
    """All of them are endless, so the first to end says why."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        done.pop().result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _overflow(subscription: Subscription) -> None:
    await subscription.overflowed.wait()
    raise _Ended(Close.TOO_SLOW)


def _away(failure: Exception) -> Exception:
    """A database that is away ends the socket politely; anything else is a fault of ours."""
    return _Ended(Close.AGAIN_LATER) if is_down(failure) else failure


def _person(caller: Caller) -> dict[str, JsonValue]:
    if caller.session is None:
        return {"member_id": None, "name": None}
    return {"member_id": str(caller.session.member.id), "name": caller.session.member.name}
