"""The control door `/_sandbox/`: numbers, customers who write, faults, clock, ledger."""

import asyncio
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from samvad.kernel.errors import Unauthenticated
from samvad.sandbox import administration as admin
from samvad.sandbox import portfolio, receiving, reviewing
from samvad.sandbox.door import Handler, answer, bearer, guarded, query_integer, read_fields, same
from samvad.sandbox.handshake import Handshake
from samvad.sandbox.inbound import Draft, read_draft
from samvad.sandbox.jsonio import Fields, JsonObject, JsonValue
from samvad.sandbox.people import Person, dismiss, introduce, meet, read_person, stand, stand_no_more
from samvad.sandbox.posting import Item, enqueue
from samvad.sandbox.types import Customer, Number
from samvad.sandbox.views import (
    clock_view,
    customer_view,
    faults_view,
    message_view,
    number_view,
    rule_view,
    send_view,
)
from samvad.sandbox.world import Unit, World

_DAY_S = 24 * 3600


class ControlDoor:
    def __init__(self, world: World, handshake: Handshake, *, secret: str) -> None:
        self._world, self._handshake, self._secret = world, handshake, secret

    def routes(self) -> list[Route]:
        number = "/numbers/{phone_number_id}"
        table: list[tuple[str, str, Handler]] = [
            ("GET", "/numbers", self.list_numbers),
            ("PUT", number, self.put_number),
            ("GET", number, self.get_number),
            ("DELETE", number, self.delete_number),
            ("POST", f"{number}/verify", self.verify),
            ("POST", f"{number}/messages", self.say),
            ("POST", f"{number}/events", self.event),
            ("GET", f"{number}/templates", self.templates),
            ("PATCH", f"{number}/templates/{{template_id}}", self.decide),
            ("GET", f"{number}/customers", self.customers),
            ("POST", f"{number}/customers", self.add_customer),
            ("DELETE", f"{number}/customers/{{customer_id:int}}", self.drop_customer),
            ("POST", f"{number}/customers/{{customer_id:int}}/read", self.read),
            ("POST", f"{number}/customers/{{customer_id:int}}/offers", self.offers),
            ("GET", f"{number}/customers/{{customer_id:int}}/messages", self.thread),
            ("GET", f"{number}/ledger", self.ledger),
            ("GET", f"{number}/ledger/counts", self.counts),
            ("GET", f"{number}/faults", self.faults),
            ("PUT", f"{number}/faults", self.set_behaviour),
            ("POST", f"{number}/faults/rules", self.add_rule),
            ("DELETE", f"{number}/faults/rules", self.drop_rules),
            ("POST", f"{number}/clock", self.advance),
            ("POST", f"{number}/reset", self.reset),
            ("PUT", "/faults", self.set_behaviours),
            ("POST", "/clock", self.advance_all),
            ("POST", "/reset", self.reset_all),
            ("PUT", "/seed", self.set_seed),
        ]
        return [
            Route(path, guarded(self._authorised(handler)), methods=[method])
            for method, path, handler in table
        ]

    def _authorised(self, handler: Handler) -> Handler:
        async def check(request: Request) -> Response:
            if not same(bearer(request), self._secret):
                raise Unauthenticated("the control secret is missing or wrong")
            return await handler(request)

        return check

    def _number(self, request: Request) -> Number:
        return self._world.number(request.path_params["phone_number_id"])

    async def list_numbers(self, _: Request) -> Response:
        return answer({"items": [number_view(self._world, n) for n in self._world.numbers.all()]})

    async def put_number(self, request: Request) -> Response:
        """Registers, then shakes hands with the webhook URL unless `verify` is false; stands either way."""
        fields = await read_fields(request)
        number = admin.read_number(request.path_params["phone_number_id"], fields)
        wanted = fields.flag("verify", default=True)
        await self._world.work(number, lambda unit: admin.register(unit, number))
        problem = await self._shake(number) if wanted else None
        return answer({**self._view(number), "verification_error": problem})

    async def verify(self, request: Request) -> Response:
        number = self._number(request)
        problem = await self._shake(number)
        return answer({**self._view(number), "verification_error": problem})

    async def _shake(self, number: Number) -> str | None:
        problem = await self._handshake.shake(number.webhook_url, verify_token=number.verify_token)
        await self._world.work(number, lambda unit: admin.prove(unit, verified=problem is None))
        return problem

    def _view(self, number: Number) -> JsonObject:
        return number_view(self._world, self._world.number(number.phone_number_id))

    async def get_number(self, request: Request) -> Response:
        return answer(self._view(self._number(request)))

    async def delete_number(self, request: Request) -> Response:
        number = self._number(request)
        await self._world.work(number, admin.forget)
        return Response(status_code=204)

    async def say(self, request: Request) -> Response:
        """One message, or `{"messages": [...]}`: all in one commit, in their order."""
        number = self._number(request)
        fields = await read_fields(request)
        several = "messages" in fields
        asked = fields.items("messages") if several else [fields]
        drafts = [(read_person(f.fields("customer")), read_draft(f)) for f in asked]
        waiting = [self._world.work(number, partial(_say, person, draft)) for person, draft in drafts]
        said = await asyncio.gather(*waiting)
        return answer({"items": said} if several else said[0], status=201)

    async def event(self, request: Request) -> Response:
        """Any other webhook field (`account_update`, a template's status, ...) with the given `value`."""
        number = self._number(request)
        fields = await read_fields(request)
        key = f"event {self._world.ledger.next_change()}"
        item = Item(key=key, field=fields.text("field", limit=64), value=fields.fields("value").values)
        await self._world.work(number, lambda unit: enqueue(unit, item))
        return Response(status_code=202)

    async def templates(self, request: Request) -> Response:
        found = self._world.templates.page(self._number(request).waba_id, after="", limit=1000)
        return answer({"items": [one.at(self._world.wall_ms()).view() for one in found]})

    async def decide(self, request: Request) -> Response:
        """`{status?, quality?, category?, reason?}`: what Meta decides of a template, told by webhooks."""
        number = self._number(request)
        change = admin.read_decision(await read_fields(request))
        id_ = request.path_params["template_id"]
        changed = await self._world.work(number, lambda unit: reviewing.decide(unit, id_, change))
        return answer(changed.view())

    async def customers(self, request: Request) -> Response:
        found = self._world.customers.all(self._number(request).phone_number_id)
        return answer({"items": [customer_view(self._world, c) for c in found]})

    async def add_customer(self, request: Request) -> Response:
        """`standing`: known or new, and there again after a reset."""
        number, fields = self._number(request), await read_fields(request)
        person, come = read_person(fields), stand if fields.flag("standing", default=False) else introduce
        made = await self._world.work(number, lambda unit: come(unit, person))
        return answer(customer_view(self._world, made), status=201)

    async def drop_customer(self, request: Request) -> Response:
        """Only one who never wrote and was never written to: history is kept."""
        number, customer = self._number(request), self._customer(request)
        await self._world.work(number, lambda unit: stand_no_more(unit, customer))
        await self._world.work(number, lambda unit: dismiss(unit, customer))
        return Response(status_code=204)

    def _customer(self, request: Request) -> Customer:
        number = self._number(request)
        return admin.customer_of(self._world, number, customer_id=request.path_params["customer_id"])

    async def read(self, request: Request) -> Response:
        number, customer = self._number(request), self._customer(request)
        count = await self._world.work(number, lambda unit: receiving.read(unit, customer))
        return answer({"read": count})

    async def offers(self, request: Request) -> Response:
        """`{stop}`: this customer wants no marketing any more, or again."""
        number, customer = self._number(request), self._customer(request)
        stop = (await read_fields(request)).flag("stop", default=True)
        await self._world.work(number, lambda unit: portfolio.stop_offers(unit, customer, stop=stop))
        return answer({"stopped": stop})

    async def thread(self, request: Request) -> Response:
        customer = self._customer(request)
        after, limit = _page(request)
        messages = self._world.messages.thread(customer.id, after=after, limit=limit)
        cursor = messages[-1].id if len(messages) == limit else None
        return answer({"items": [message_view(m) for m in messages], "next_cursor": cursor})

    async def ledger(self, request: Request) -> Response:
        """Accepted sends in order of acceptance; the first page has the totals of the number too."""
        id_ = self._number(request).phone_number_id
        after, limit = _page(request)
        sends = self._world.messages.sends(id_, after=after, limit=limit)
        cursor = sends[-1].cursor if len(sends) == limit else None
        page: JsonObject = {"items": [send_view(s) for s in sends], "next_cursor": cursor}
        return answer(page if after else {**page, "totals": self._totals(id_)})

    def _totals(self, id_: str) -> JsonObject:
        accepted, distinct = self._world.messages.count_sends(id_)
        return {"accepted": accepted, "client_ids": distinct, "refused": self._world.messages.refusals(id_)}

    async def counts(self, request: Request) -> Response:
        """How often each of our ids was accepted; `at_least=2` lists the doubled ones."""
        id_ = self._number(request).phone_number_id
        _, limit = _page(request, after=False)
        counts = self._world.messages.counts_by_client_id(
            id_,
            after=request.query_params.get("after", ""),
            at_least=query_integer(request, "at_least", default=1, low=1),
            limit=limit,
        )
        items: list[JsonValue] = [{"client_id": client_id, "count": count} for client_id, count in counts]
        return answer({"items": items, "next_cursor": counts[-1][0] if len(counts) == limit else None})

    async def faults(self, request: Request) -> Response:
        return answer(faults_view(self._number(request)))

    async def set_behaviour(self, request: Request) -> Response:
        number = self._number(request)
        changes = await read_fields(request)
        await self._world.work(number, lambda unit: admin.behave(unit, changes))
        return answer(faults_view(self._number(request)))

    async def set_behaviours(self, request: Request) -> Response:
        """`{phone_number_id: changes}`: several numbers change in one moment."""
        asked = await read_fields(request)
        changes = [(self._world.number(id_), asked.fields(id_)) for id_ in asked]
        await asyncio.gather(
            *(self._world.work(number, partial(_behave, fields)) for number, fields in changes)
        )
        return Response(status_code=204)

    async def add_rule(self, request: Request) -> Response:
        number = self._number(request)
        rule = admin.read_rule(await read_fields(request))
        made = await self._world.work(
            number, lambda unit: unit.world.numbers.add_rule(unit.db, unit.number, rule)
        )
        return answer(rule_view(made), status=201)

    async def drop_rules(self, request: Request) -> Response:
        id_ = self._number(request).phone_number_id
        await self._world.ledger.write(lambda db: self._world.numbers.drop_rules(db, id_))
        return Response(status_code=204)

    async def advance(self, request: Request) -> Response:
        number = self._number(request)
        by_ms = await _advance_by(request)
        await self._world.work(number, lambda unit: admin.advance(unit, by_ms=by_ms))
        return answer(clock_view(self._world, self._number(request)))

    async def advance_all(self, request: Request) -> Response:
        by_ms = await _advance_by(request)
        await self._world.work_on_all(lambda unit: admin.advance(unit, by_ms=by_ms))
        return Response(status_code=204)

    async def reset(self, request: Request) -> Response:
        number = self._number(request)
        seed = (await read_fields(request)).optional_integer("seed")
        await self._world.work(number, lambda unit: admin.reset(unit, seed=seed))
        return answer(self._view(number))

    async def reset_all(self, request: Request) -> Response:
        seed = (await read_fields(request)).optional_integer("seed")
        await self._world.work_on_all(lambda unit: admin.reset(unit, seed=seed))
        return Response(status_code=204)

    async def set_seed(self, request: Request) -> Response:
        """For what comes from now on; give it to a reset to begin the ids anew."""
        seed = (await read_fields(request)).integer("seed")
        await self._world.ledger.write(lambda db: self._world.set_seed(db, seed))
        return answer({"seed": seed})


def _say(person: Person, draft: Draft, unit: Unit) -> JsonObject:
    customer = meet(unit, person)
    return {"id": receiving.say(unit, customer, draft=draft), "customer_id": customer.id}


def _behave(changes: Fields, unit: Unit) -> None:
    admin.behave(unit, changes)


def _page(request: Request, *, after: bool = True) -> tuple[int, int]:
    limit = query_integer(request, "limit", default=200, low=1, high=5000)
    return query_integer(request, "after", default=0) if after else 0, limit


async def _advance_by(request: Request) -> int:
    fields = await read_fields(request)
    return fields.integer("advance_seconds", low=1, high=366 * _DAY_S) * 1000
