"""Idempotency-Key on every POST: the first answer is kept with its effect, and a replay is given it again.

A route with a transaction claims the key in it, so that effect, claim and answer are one. A route without one
(it calls other servers, or computes for long) looks beforehand and keeps its answer afterwards.
"""

import hashlib
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from typing import TypeAlias

from fastapi import Request, Response
from fastapi.routing import APIRoute

from samvad.kernel.errors import FieldError, Invalid
from samvad.platform.db import Database, ReadScope, Scope
from samvad.tenancy.errors import AnswerNotKept, KeyReused
from samvad.tenancy.repository import KeptAnswer, KeptAnswers, KeptAnswerWriter

_KEPT_FOR = timedelta(hours=24)
_MOST_KEY = 255

Keep: TypeAlias = Callable[[Response], Awaitable[None]]


class Replayed(Exception):
    """Not a failure: this very call was answered before, and here is that answer."""

    def __init__(self, response: Response) -> None:
        super().__init__("replayed")
        self.response = response


def key_of(request: Request) -> str | None:
    """The call's Idempotency-Key, on POST only. Raises Invalid when it cannot be used."""
    key = request.headers.get("idempotency-key")
    if key is None or request.method != "POST":
        return None
    if not (1 <= len(key) <= _MOST_KEY and key.isascii() and key.isprintable()):
        raise Invalid(
            errors=[FieldError("Idempotency-Key", f"use 1 to {_MOST_KEY} printable ASCII characters")]
        )
    return key


async def claim(request: Request, scope: Scope, *, now: datetime) -> None:
    """In the transaction of the effect. Raises Replayed with the first answer, KeyReused, AnswerNotKept."""
    given = key_of(request)
    if given is None:
        return
    key, fingerprint = _owned(scope, given), await _fingerprint(request)
    answers = KeptAnswerWriter(scope)
    await answers.forget_before(now - _KEPT_FOR)
    if not await answers.claim(key, fingerprint, now=now):
        _replay(await KeptAnswers(scope).find(key), fingerprint)

    async def keep(response: Response) -> None:
        await _keep(answers, key, response)

    request.state.keep = keep


async def ask(request: Request, database: Database, scope: ReadScope, *, now: datetime) -> None:
    """For a call that has no transaction of its own; `scope` is read from now. Raises as `claim` does."""
    given = key_of(request)
    if given is None:
        return
    tenant, actor = scope.tenant, scope.actor
    key, fingerprint = _owned(scope, given), await _fingerprint(request)
    kept = await KeptAnswers(scope).find(key)
    if kept and kept.created_at >= now - _KEPT_FOR:
        _replay(kept, fingerprint)

    async def keep(response: Response) -> None:
        async with database.unit_of_work(tenant, actor) as later:
            answers = KeptAnswerWriter(later)
            await answers.forget_before(now - _KEPT_FOR)
            if await answers.claim(key, fingerprint, now=now):
                await _keep(answers, key, response)

    request.state.keep = keep


def _owned(scope: ReadScope, key: str) -> str:
    """Keys of two callers are two keys."""
    return f"{scope.actor.label} {key}"


async def _fingerprint(request: Request) -> bytes:
    """Of method, address and body: what makes two calls the same."""
    if request.headers.get("content-type", "").startswith("multipart/"):
        raise Invalid(errors=[FieldError("Idempotency-Key", "uploads do not take one")])
    head = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    return hashlib.sha256(head + await request.body()).digest()


def _replay(kept: KeptAnswer | None, fingerprint: bytes) -> None:
    if kept is None or kept.fingerprint != fingerprint:
        raise KeyReused
    if kept.status is None:
        raise AnswerNotKept
    again = {"Idempotent-Replayed": "true"}
    raise Replayed(Response(kept.body, kept.status, again, media_type=kept.content_type))


async def _keep(answers: KeptAnswerWriter, key: str, response: Response) -> None:
    await answers.keep(
        key,
        status=response.status_code,
        content_type=response.headers.get("content-type"),
        body=bytes(response.body),
    )


class OnceRoute(APIRoute):
    """Keeps the answer of a call with an Idempotency-Key, unless it holds a secret."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[object, object, Response]]:
        answer: Callable[[Request], Awaitable[Response]] = super().get_route_handler()

        async def handle(request: Request) -> Response:
            response = await answer(request)
            keep: Keep | None = getattr(request.state, "keep", None)
            if keep and response.headers.get("cache-control") != "no-store":
                await keep(response)
            return response

        return handle
