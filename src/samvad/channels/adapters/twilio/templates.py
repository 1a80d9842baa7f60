"""Templates at Twilio's Content API: `/v1/Content` and its approval by WhatsApp."""

from contextlib import suppress
from urllib.parse import quote, urlsplit

from samvad.channels.adapters.reading import ident, objekt, rows, words
from samvad.channels.adapters.twilio import contents, errors
from samvad.channels.adapters.twilio.api import Twilio
from samvad.channels.errors import OutcomeUnknown, Rejected, SendError, Transient
from samvad.channels.types import (
    ChannelCredentials,
    JsonObject,
    TemplateDraft,
    TemplatePage,
    TemplateReceipt,
    TemplateStatus,
)

PRODUCT = "content"
CONTENT = "/v1/Content"
_LIST = "/v1/ContentAndApprovals"
_PAGE = 50  # a content may hold some kilobytes: the answer stays below our limit


async def page(twilio: Twilio, via: ChannelCredentials, *, after: str) -> TemplatePage:
    """`after` is the path of the page that another one named as its next."""
    path = after or f"{_LIST}?PageSize={_PAGE}"
    answer = await twilio.call("GET", path, via=via, product=PRODUCT)
    if not isinstance(answer.get("contents"), list):
        raise Transient("the answer lists no contents")  # which would read as: all are gone
    items = [found for entry in rows(answer, "contents") if (found := contents.listed(entry))]
    following = _following(words(objekt(answer, "meta"), "next_page_url") or "")
    return TemplatePage(items, following if following != path else None)


def _following(url: str) -> str | None:
    """Raises Transient for a page of somebody else."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError as broken:
        raise Transient("the next page has no address") from broken
    if parts.path != _LIST:
        raise Transient("the next page is none of these contents")
    return f"{parts.path}?{parts.query}"


async def create(twilio: Twilio, via: ChannelCredentials, draft: TemplateDraft) -> TemplateReceipt:
    """Two calls: a content is made, then submitted. One that WhatsApp does not even look at is taken back."""
    types, variables = contents.written(draft.layout)
    body: JsonObject = {"friendly_name": draft.name, "language": draft.language, "types": types}
    made = await twilio.call("POST", CONTENT, via=via, product=PRODUCT, json=body | {"variables": variables})
    sid = ident(made, "sid")
    if sid is None:
        raise OutcomeUnknown("the answer names no content")
    asked: JsonObject = {"name": draft.name, "category": draft.category.value.upper()}
    try:
        answer = await twilio.call(
            "POST", f"{_content(sid)}/ApprovalRequests/whatsapp", via=via, product=PRODUCT, json=asked
        )
    except OutcomeUnknown:
        raise
    except SendError:
        with suppress(SendError):
            await delete(twilio, via, external_id=sid)
        raise
    return TemplateReceipt(
        sid,
        contents.STATUSES.get((words(answer, "status") or "").lower(), TemplateStatus.PENDING),
        contents.CATEGORIES.get((words(answer, "category") or "").lower(), draft.category),
    )


def refuse_edit() -> Rejected:
    return Rejected(
        "Twilio changes no template that was submitted: write it under another name, and delete this one"
    )


async def delete(twilio: Twilio, via: ChannelCredentials, *, external_id: str) -> None:
    try:
        await twilio.call("DELETE", _content(external_id), via=via, product=PRODUCT, empty=True)
    except SendError as failure:
        if failure.provider_code != errors.NOT_THERE:
            raise


def _content(sid: str) -> str:
    return f"{CONTENT}/{quote(sid, safe='')}"
