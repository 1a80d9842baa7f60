"""The Graph API's templates: `/{account}/message_templates`, and `/{template}` to edit one."""

from collections.abc import Sequence
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from samvad.sandbox import reviewing
from samvad.sandbox.door import answer, query_integer, read_body
from samvad.sandbox.errors import GraphRefused, Refusal, unknown_object
from samvad.sandbox.graph import authorised
from samvad.sandbox.jsonio import Fields, JsonObject, parse_strict
from samvad.sandbox.templates import Category, Template, handles, read_components, read_name
from samvad.sandbox.types import Number
from samvad.sandbox.world import Unit, World

_TAKEN = Refusal(100, "Invalid parameter", 400, "It is there in this language", subcode=2388024)
_NO_EXAMPLE = Refusal(100, "Invalid parameter", 400, "header_handle names no such file", subcode=2388273)
_MISSING = Refusal(100, "Invalid parameter", 400, "Message template was not found", subcode=2593002)


class TemplatesDoor:
    def __init__(self, world: World) -> None:
        self._world = world

    def _number(self, request: Request) -> Number:
        """One of the account's numbers, which speaks for it. Raises GraphRefused."""
        waba_id = request.path_params["object_id"]
        for number in authorised(self._world, request):
            if number.waba_id == waba_id:
                return number
        raise GraphRefused(unknown_object(waba_id))

    async def list(self, request: Request) -> Response:
        number, limit = self._number(request), query_integer(request, "limit", default=25, low=1, high=1000)
        after = request.query_params.get("after", "")
        found = self._world.templates.page(number.waba_id, after=after, limit=limit + 1)
        now_ms = self._world.wall_ms()
        shown = [one.at(now_ms) for one in found[:limit]]
        page: dict[str, JsonObject | list[JsonObject]] = {"data": [one.view() for one in shown]}
        if shown:
            cursors = {"before": shown[0].id, "after": shown[-1].id}
            following = {"next": str(request.url)} if len(found) > limit else {}
            page["paging"] = {"cursors": cursors, **following}
        return answer(page)

    async def create(self, request: Request) -> Response:
        number = self._number(request)
        fields = parse_strict(await read_body(request))
        name, language = read_name(fields), fields.text("language", limit=20)
        category, components = fields.choice("category", Category), read_components(fields)
        self._check_examples(components)

        def work(unit: Unit) -> Template:
            if unit.world.templates.find(number.waba_id, name, language):
                raise GraphRefused(_TAKEN)
            return reviewing.write(unit, name, language, category, components)

        return answer(_receipt(await self._world.work(number, work)))

    def _check_examples(self, components: Sequence[JsonObject]) -> None:
        """Raises GraphRefused for a file that was not uploaded, or is no example of its header's format."""
        for begins, handle in handles(components):
            media = self._world.media.find(handle)
            if media is None or not media.mime_type.startswith(begins):
                raise GraphRefused(_NO_EXAMPLE)

    async def edit(self, request: Request) -> Response:
        id_ = request.path_params["object_id"]
        fields = parse_strict(await read_body(request))
        known = self._world.templates.get(id_)
        numbers = [n for n in authorised(self._world, request) if known and n.waba_id == known.waba_id]
        if known is None or not numbers:
            raise GraphRefused(unknown_object(id_))
        template = known.at(self._world.wall_ms())
        category = fields.choice("category", Category) if "category" in fields else template.category
        components = read_components(fields) if "components" in fields else template.components
        self._check_examples(components)
        change = partial(reviewing.edit, template=template, category=category, components=components)
        await self._world.work(numbers[0], change)
        return answer({"success": True})

    async def delete(self, request: Request) -> Response:
        number = self._number(request)
        name = Fields(dict(request.query_params)).text("name")
        id_ = request.query_params.get("hsm_id")
        templates = self._world.templates
        gone = await self._world.ledger.write(lambda db: templates.delete(db, number.waba_id, name, id_=id_))
        if not gone:
            raise GraphRefused(_MISSING)
        return answer({"success": True})


def _receipt(template: Template) -> JsonObject:
    return {"id": template.id, "status": template.status.value, "category": template.category.value}
