"""The phone door `/phone/`: a customer's phone in the browser, opened by a signed pass for one number."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from samvad.kernel.errors import Invalid, Unauthenticated
from samvad.kernel.signing import BadPhoneToken, verify_phone_token
from samvad.sandbox import administration as admin
from samvad.sandbox import receiving, switches
from samvad.sandbox.door import Handler, answer, bearer, guarded, query_integer, read_fields
from samvad.sandbox.inbound import Draft, read_draft
from samvad.sandbox.jsonio import Fields, JsonObject
from samvad.sandbox.people import begin_anew, forget, introduce, read_person
from samvad.sandbox.phone_policy import PolicyDoor
from samvad.sandbox.types import Customer, Number
from samvad.sandbox.views import clock_view, customer_view, faults_view, message_view
from samvad.sandbox.world import Unit, World

LONG_POLL_S = 25.0
_PAGE = 200
_CORS = {
    "access-control-allow-origin": "*",  # the pass is in a header or the query: no cookie to misuse
    "access-control-allow-headers": "authorization, content-type",
    "access-control-allow-methods": "GET, POST, OPTIONS",
    "access-control-max-age": "600",
    "cache-control": "no-store",
}


class PhoneDoor:
    def __init__(self, world: World, *, secret: str) -> None:
        self._world, self._secret = world, secret

    def routes(self) -> list[Route]:
        one = "/customers/{customer_id:int}"
        table: list[tuple[str, str, Handler]] = [
            ("GET", "/number", self.get_number),
            ("GET", "/customers", self.customers),
            ("POST", "/customers", self.add_customer),
            ("GET", f"{one}/messages", self.messages),
            ("POST", f"{one}/messages", self.say),
            ("POST", f"{one}/read", self.read),
            ("POST", f"{one}/clear", self.clear),
            ("POST", f"{one}/forget", self.forget),
            ("GET", "/media/{media_id}", self.media),
            ("GET", "/events", self.events),
            ("GET", "/clock", self.clock),
            ("POST", "/clock", self.advance),
            ("GET", "/faults", self.faults),
            ("POST", "/faults", self.set_faults),
            ("POST", "/behaviour", self.behave),
            ("POST", "/rules", self.add_rule),
            ("POST", "/calm", self.calm),
            ("POST", "/reset", self.reset),
        ]
        policy = PolicyDoor(self._world, number=self._number, customer=self._customer)
        table += policy.table()
        routes = [Route(p, _open_to_browsers(guarded(h)), methods=[m]) for m, p, h in table]
        return [*routes, Route("/{path:path}", _preflight, methods=["OPTIONS"])]

    def _number(self, request: Request) -> Number:
        """The number of the pass, from the header or `?token=`."""
        token = bearer(request) or request.query_params.get("token", "")
        try:
            id_ = verify_phone_token(self._secret, token, now=self._world.wall_ms() // 1000)
        except BadPhoneToken as failure:
            raise Unauthenticated(f"this phone pass is {failure}") from failure
        return self._world.number(id_)

    def _customer(self, request: Request) -> tuple[Number, Customer]:
        number = self._number(request)
        return number, admin.customer_of(self._world, number, customer_id=request.path_params["customer_id"])

    async def get_number(self, request: Request) -> Response:
        number = self._number(request)
        shown = {
            "phone_number_id": number.phone_number_id,
            "display_phone_number": number.display_phone_number,
        }
        return answer({**shown, "simulated": True, "cursor": self._world.ledger.last_change})

    async def customers(self, request: Request) -> Response:
        """With the cursor from which `events` goes on."""
        number = self._number(request)
        cursor = self._world.ledger.last_change
        found = self._world.customers.all(number.phone_number_id)
        return answer({"items": [customer_view(self._world, c) for c in found], "cursor": cursor})

    async def add_customer(self, request: Request) -> Response:
        number = self._number(request)
        person = read_person(await read_fields(request))
        made = await self._world.work(number, lambda unit: introduce(unit, person))
        return answer(customer_view(self._world, made), status=201)

    async def messages(self, request: Request) -> Response:
        _, customer = self._customer(request)
        after = query_integer(request, "after", default=0)
        found = self._world.messages.thread(customer.id, after=after, limit=_PAGE)
        cursor = found[-1].id if len(found) == _PAGE else None
        return answer({"items": [message_view(m) for m in found], "next_cursor": cursor})

    async def say(self, request: Request) -> Response:
        number, customer = self._customer(request)
        draft = _harmless(await read_fields(request))
        wamid = await self._world.work(number, lambda unit: receiving.say(unit, customer, draft=draft))
        said = self._world.messages.find(number.phone_number_id, wamid)
        return answer(message_view(said) if said else {}, status=201)

    async def read(self, request: Request) -> Response:
        number, customer = self._customer(request)
        count = await self._world.work(number, lambda unit: receiving.read(unit, customer))
        return answer({"read": count})

    async def clear(self, request: Request) -> Response:
        number, customer = self._customer(request)
        await self._world.work(number, lambda unit: begin_anew(unit, customer))
        return await self.customers(request)

    async def forget(self, request: Request) -> Response:
        number, customer = self._customer(request)
        await self._world.work(number, lambda unit: forget(unit, customer))
        return await self.customers(request)

    async def media(self, request: Request) -> Response:
        number = self._number(request)
        media = self._world.media.find(request.path_params["media_id"])
        if media is None or media.phone_number_id != number.phone_number_id:
            return Response(status_code=404)
        headers = {"content-disposition": "attachment", "x-content-type-options": "nosniff"}
        return Response(media.data, media_type=media.mime_type, headers=headers)

    async def events(self, request: Request) -> Response:
        """What changed after the cursor; waits for it at most 25 seconds. States, not steps: apply by id."""
        number = self._number(request)
        after = query_integer(request, "after", default=0)
        seconds = query_integer(request, "wait", default=int(LONG_POLL_S), high=int(LONG_POLL_S))
        found = await self._world.signals.wait_for(
            lambda: self._changes(number.phone_number_id, after), seconds=seconds
        )
        return answer(found or {"items": [], "cursor": after})

    def _changes(self, id_: str, after: int) -> JsonObject | None:
        """Messages, customers (typing, unread), the number (reset, clock, faults); oldest change first."""
        world = self._world
        changes: list[tuple[int, JsonObject]] = [
            (m.changed, {"type": "message", "message": message_view(m)})
            for m in world.messages.changed_since(id_, after, limit=_PAGE)
        ]
        changes += [
            (changed, {"type": "customer", "customer": customer_view(world, c)})
            for changed, c in world.customers.changed_since(id_, after, limit=_PAGE)
        ]
        if (changed := world.numbers.changed_at(id_)) > after:
            changes.append((changed, {"type": "number"}))
        page = sorted(changes, key=lambda change: change[0])[:_PAGE]
        return {"items": [item for _, item in page], "cursor": page[-1][0]} if page else None

    async def clock(self, request: Request) -> Response:
        return answer(clock_view(self._world, self._number(request)))

    async def advance(self, request: Request) -> Response:
        """`{"advance_seconds": n}`, or `{"set_back": true}`: the wall's time again."""
        number, fields = self._number(request), await read_fields(request)
        if fields.flag("set_back", default=False):
            await self._world.work(number, admin.set_back)
        else:
            seconds = fields.integer("advance_seconds", low=1, high=31 * 24 * 3600)
            await self._world.work(number, lambda unit: admin.advance(unit, by_ms=seconds * 1000))
        return answer(clock_view(self._world, self._number(request)))

    async def faults(self, request: Request) -> Response:
        return answer(switches.states(self._number(request).behaviour))

    async def set_faults(self, request: Request) -> Response:
        """`{"expired_token": true, ...}`; what is not named stays."""
        number = self._number(request)
        wanted = switches.changes(await read_fields(request), number.behaviour)

        def work(unit: Unit) -> None:
            for changes in wanted:
                admin.behave(unit, changes)

        await self._world.work(number, work)
        return answer(switches.states(self._number(request).behaviour))

    async def behave(self, request: Request) -> Response:
        """As the control door's `faults`, of this number alone."""
        number = self._number(request)
        changes = _own(await read_fields(request))
        await self._world.work(number, lambda unit: admin.behave(unit, changes))
        return answer(faults_view(self._number(request)))

    async def add_rule(self, request: Request) -> Response:
        number = self._number(request)
        rule = admin.read_rule(await read_fields(request))
        await self._world.work(number, lambda unit: admin.add_rule(unit, rule))
        return answer(faults_view(self._number(request)), status=201)

    async def calm(self, request: Request) -> Response:
        """No rule, and the behaviour that a number begins with."""
        await self._world.work(self._number(request), admin.calm)
        return answer(faults_view(self._number(request)))

    async def reset(self, request: Request) -> Response:
        number = self._number(request)
        await self._world.work(number, lambda unit: admin.reset(unit, seed=None))
        return await self.customers(request)


def _own(changes: Fields) -> Fields:
    """A phone's pass is of one number: it carries nobody else's items along."""
    webhooks = changes.optional_fields("webhooks")
    if webhooks and "share_post_with" in webhooks:
        raise Invalid("a phone cannot name another number")
    return changes


def _harmless(fields: Fields) -> Draft:
    """A phone cannot choose ids, times or raw items: those are for the control door."""
    draft = read_draft(fields)
    if draft.kind == "raw" or draft.wamid or draft.timestamp is not None or "extra" in fields:
        raise Invalid("a phone sends no raw items and chooses no ids")
    return draft


def _open_to_browsers(handler: Handler) -> Handler:
    async def opened(request: Request) -> Response:
        response = await handler(request)
        response.headers.update(_CORS)
        return response

    return opened


async def _preflight(_: Request) -> Response:
    return Response(status_code=204, headers=_CORS)
