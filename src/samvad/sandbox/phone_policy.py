"""The phone door's panel of the provider: tiers, quality, templates, who wants no offers."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from samvad.sandbox import administration as admin
from samvad.sandbox import portfolio, reviewing
from samvad.sandbox.behaviour import merge
from samvad.sandbox.door import Handler, answer, read_fields
from samvad.sandbox.jsonio import BadField, Fields, JsonValue
from samvad.sandbox.policy import DAY_MS, higher, lower
from samvad.sandbox.types import Customer, Number
from samvad.sandbox.world import Unit, World

_HOMES = {
    **dict.fromkeys(("tier", "quality", "marketing_cap", "media_expired"), "policy"),
    **dict.fromkeys(("per_second", "pair_rate"), "sends"),
    "pacing": "templates",
}
_TIERS = ("down", "up")


class PolicyDoor:
    """`number` and `customer` are whose pass and address a request holds."""

    def __init__(
        self,
        world: World,
        *,
        number: Callable[[Request], Number],
        customer: Callable[[Request], tuple[Number, Customer]],
    ) -> None:
        self._world, self._number, self._customer = world, number, customer

    def table(self) -> list[tuple[str, str, Handler]]:
        return [
            ("GET", "/policy", self.read),
            ("POST", "/policy", self.change),
            ("GET", "/templates", self.templates),
            ("POST", "/templates/{template_id}", self.decide),
            ("POST", "/customers/{customer_id:int}/offers", self.offers),
            ("POST", "/customers/{customer_id:int}/block", self.block),
        ]

    def _view(self, request: Request) -> Response:
        number = self._number(request)
        since = self._world.now_ms(number) - DAY_MS
        return answer(
            portfolio.view(number, used=self._world.portfolios.used(number.waba_id, since_ms=since))
        )

    async def read(self, request: Request) -> Response:
        return self._view(request)

    async def change(self, request: Request) -> Response:
        """Any of what `_HOMES` names; a tier may be `down` or `up`."""
        number, fields = self._number(request), await read_fields(request)
        await self._world.work(number, lambda unit: _change(unit, fields))
        return self._view(request)

    async def templates(self, request: Request) -> Response:
        number = self._number(request)
        found = self._world.templates.page(number.waba_id, after="", limit=100)
        return answer({"items": [one.at(self._world.wall_ms()).view() for one in found]})

    async def decide(self, request: Request) -> Response:
        """By its id or its name: `{status?, quality?, category?, reason?}`."""
        number, change = self._number(request), admin.read_decision(await read_fields(request))
        given = request.path_params["template_id"]
        named = [
            t.id for t in self._world.templates.page(number.waba_id, after="", limit=100) if t.name == given
        ]
        id_ = named[0] if named else given
        changed = await self._world.work(number, lambda unit: reviewing.decide(unit, id_, change))
        return answer(changed.view())

    async def offers(self, request: Request) -> Response:
        """`{stop}`: no marketing any more, or again."""
        number, customer = self._customer(request)
        stop = (await read_fields(request)).flag("stop", default=True)
        await self._world.work(number, lambda unit: portfolio.stop_offers(unit, customer, stop=stop))
        return answer({"stopped": stop})

    async def block(self, request: Request) -> Response:
        """`{blocked}`: this customer blocks the business, or does no more."""
        number, customer = self._customer(request)
        blocked = (await read_fields(request)).flag("blocked", default=True)
        await self._world.work(number, lambda unit: portfolio.block(unit, customer, blocked=blocked))
        return answer({"blocked": blocked})


def _change(unit: Unit, fields: Fields) -> None:
    """Raises BadField."""
    behaviour = unit.number.behaviour
    sections: dict[str, dict[str, JsonValue]] = {}
    for name, value in fields.values.items():
        if name not in _HOMES:
            raise BadField(fields.at(name), "is not known")
        sections.setdefault(_HOMES[name], {})[name] = value
    policy = sections.get("policy", {})
    if policy.get("tier") in _TIERS:
        step = lower if policy["tier"] == "down" else higher
        policy["tier"] = step(behaviour.policy.tier)
    portfolio.behave(unit, merge(behaviour, Fields(sections)))
