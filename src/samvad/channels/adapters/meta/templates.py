"""Templates at the Graph API: `/{account}/message_templates` and `/{template}`."""

from contextlib import suppress
from urllib.parse import quote, urlencode

import orjson

from samvad.channels.adapters.meta import layouts
from samvad.channels.adapters.meta.api import Graph
from samvad.channels.adapters.reading import ident, objekt, rows, words
from samvad.channels.errors import AccountMissing, OutcomeUnknown, TemplateMissing
from samvad.channels.types import (
    ChannelCredentials,
    JsonObject,
    TemplateDraft,
    TemplatePage,
    TemplateReceipt,
    TemplateStatus,
)

_FIELDS = "id,name,language,status,category,quality_score,rejected_reason,components"
_PAGE = 100


async def page(graph: Graph, via: ChannelCredentials, *, after: str) -> TemplatePage:
    asked = {"fields": _FIELDS, "limit": str(_PAGE)} | ({"after": after} if after else {})
    answer = await graph.call("GET", f"{_collection(via)}?{urlencode(asked)}", via=via)
    items = [found for entry in rows(answer, "data") if (found := layouts.listed(entry))]
    paging = objekt(answer, "paging")
    following = ident(objekt(paging, "cursors"), "after") if words(paging, "next") else None
    return TemplatePage(items, following if following != after else None)


async def create(graph: Graph, via: ChannelCredentials, draft: TemplateDraft) -> TemplateReceipt:
    body: JsonObject = {"name": draft.name, "language": draft.language, **_written(draft)}
    answer = await graph.call("POST", _collection(via), via=via, body=orjson.dumps(body))
    id_ = ident(answer, "id")
    if id_ is None:
        raise OutcomeUnknown("the answer names no template id")
    return TemplateReceipt(
        id_,
        layouts.STATUSES.get(words(answer, "status") or "", TemplateStatus.PENDING),
        layouts.CATEGORIES.get(words(answer, "category") or "", draft.category),
    )


async def edit(graph: Graph, via: ChannelCredentials, external_id: str, draft: TemplateDraft) -> None:
    await graph.call("POST", quote(external_id, safe=""), via=via, body=orjson.dumps(_written(draft)))


async def delete(graph: Graph, via: ChannelCredentials, *, external_id: str, name: str) -> None:
    asked = urlencode({"hsm_id": external_id, "name": name})
    with suppress(TemplateMissing):
        await graph.call("DELETE", f"{_collection(via)}?{asked}", via=via)


def _written(draft: TemplateDraft) -> JsonObject:
    return {
        "category": draft.category.value.upper(),
        "parameter_format": "NAMED" if layouts.is_named(draft.layout) else "POSITIONAL",
        "components": layouts.components(draft),
    }


def _collection(via: ChannelCredentials) -> str:
    if not via.account:
        raise AccountMissing
    return f"{quote(via.account, safe='')}/message_templates"
