"""The Graph API's `/messages`: what Samvad's ordinary adapter sends to, with every way it can go wrong."""

import asyncio
import logging
import re

from starlette.requests import Request
from starlette.responses import Response

from samvad.sandbox.door import Handler, TooLarge, answer, bearer, read_body, same
from samvad.sandbox.errors import (
    GraphRefused,
    Refusal,
    bad_field,
    bad_token,
    refusal,
    unknown_object,
    unknown_path,
)
from samvad.sandbox.ids import draw, trace_id
from samvad.sandbox.jsonio import BadField, JsonObject, parse_strict
from samvad.sandbox.judging import Answer
from samvad.sandbox.outbound import MarkRead, Outbound, parse_request
from samvad.sandbox.sending import Outcome, Switchboard, mark_read
from samvad.sandbox.silence import Closed, Cut, Held
from samvad.sandbox.types import Number
from samvad.sandbox.world import World

log = logging.getLogger("samvad.sandbox")
_VERSION = re.compile(r"v\d{1,3}\.\d{1,3}")
_EARLY_WAIT_S = 5.0


def refused(found: Refusal, world: World) -> Response:
    trace = trace_id(world.seed, world.ledger.last_change, world.wall_us())
    made = answer(found.body(trace), status=found.http_status)
    if found.http_status == 401:
        made.headers["www-authenticate"] = f'OAuth "Facebook Platform" "invalid_token" "{found.title}"'
    return made


def graph_route(world: World, handler: Handler) -> Handler:
    """Failures as Graph errors, also those that nobody expected."""

    async def guard(request: Request) -> Response:
        try:
            if not _VERSION.fullmatch(request.path_params.get("version", "v1.0")):
                return refused(unknown_path(), world)
            return await handler(request)
        except GraphRefused as failure:
            return refused(failure.refusal, world)
        except BadField as failure:
            return refused(bad_field(failure), world)
        except TooLarge:
            return refused(refusal(100, "the body is too large", http_status=413), world)
        except Exception:
            log.exception("sandbox request failed: %s", request.url.path)
            return refused(refusal(131000), world)

    return guard


def authorised(world: World, request: Request) -> list[Number]:
    """The numbers that the bearer token opens. Raises GraphRefused (401, 190)."""
    token = bearer(request)
    opened = [n for n in world.numbers.all() if same(token, n.access_token)] if token else []
    if not opened:
        raise GraphRefused(bad_token())
    return opened


class MessagesDoor:
    def __init__(self, world: World, switchboard: Switchboard, *, hold_seconds: float) -> None:
        self._world, self._switchboard = world, switchboard
        self._hold_seconds = hold_seconds

    async def post(self, request: Request) -> Response:
        begun_us = self._world.wall_us()
        number = self._number(request)
        parsed = parse_request(parse_strict(await read_body(request)))
        if isinstance(parsed, MarkRead):
            return await self._mark_read(number, parsed)
        return await self._take(number, parsed, begun_us=begun_us)

    def _number(self, request: Request) -> Number:
        """The token is checked before the id, as Meta does."""
        id_ = request.path_params["object_id"]
        number = self._world.numbers.find(id_)
        if number is not None and same(bearer(request), number.access_token):
            return number
        authorised(self._world, request)
        raise GraphRefused(unknown_object(id_))

    async def _mark_read(self, number: Number, asked: MarkRead) -> Response:
        await self._world.work(number, lambda unit: mark_read(unit, asked))
        return answer({"success": True})

    async def _take(self, number: Number, message: Outbound, *, begun_us: int) -> Response:
        outcome = await self._world.work(
            number, lambda unit: self._switchboard.take(unit, message, begun_us=begun_us)
        )
        await self._linger(number, message, outcome)
        return self._ending(message, outcome)

    async def _linger(self, number: Number, message: Outbound, outcome: Outcome) -> None:
        """The number's latency, and the first status before the answer where it behaves so."""
        habit = number.behaviour
        late = habit.sends.latency
        key = outcome.wamid or message.client_id or message.input
        milliseconds = draw(self._world.seed, f"send {key}", low=late.low, high=late.high)
        if milliseconds:
            await asyncio.sleep(milliseconds / 1000)
        if habit.statuses.early and outcome.statuses and number.subscribed:
            queue, id_, planned = self._world.queue, outcome.message_id, outcome.statuses
            await self._world.signals.wait_for(
                lambda: True if queue.waiting_for(id_) < planned else None, seconds=_EARLY_WAIT_S
            )

    def _ending(self, message: Outbound, outcome: Outcome) -> Response:
        judgement = outcome.judgement
        if judgement.answer is Answer.HOLD:
            return Held(self._hold_seconds)
        if judgement.answer is Answer.CLOSE:
            return Closed()
        if judgement.refusal is not None:
            return refused(judgement.refusal, self._world)
        return answer(_receipt(message, outcome), cls=Cut if judgement.answer is Answer.CUT else Response)


def _receipt(message: Outbound, outcome: Outcome) -> JsonObject:
    contact: dict[str, str] = {"input": message.input}
    if outcome.customer is not None:
        if outcome.customer.wa_id:
            contact["wa_id"] = outcome.customer.wa_id
        contact["user_id"] = outcome.customer.bsuid
    made: dict[str, str] = {"id": outcome.wamid}
    if message.kind == "template":
        made["message_status"] = "held_for_quality_assessment" if outcome.judgement.held else "accepted"
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [made]}
