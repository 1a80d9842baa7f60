"""What Meta says of a number, in our words."""

import re
from collections.abc import Mapping
from dataclasses import replace

from samvad.channels.adapters.meta import account_limits
from samvad.channels.adapters.meta.api import Graph
from samvad.channels.adapters.reading import objekt, words
from samvad.channels.errors import SendError
from samvad.channels.types import ChannelCredentials, JsonObject, Quality, Standing

_FIELDS = (
    "display_phone_number,verified_name,quality_rating,throughput,name_status,status,messaging_limit_tier"
)
_PORTFOLIO = "whatsapp_business_manager_messaging_limit"  # which older versions refuse to be asked for
_NO_SUCH_FIELD = 100
_QUALITY: Mapping[str, Quality] = {
    "GREEN": Quality.HIGH, "YELLOW": Quality.MEDIUM, "RED": Quality.LOW,
}  # fmt: skip
_WORD = re.compile(r"[A-Z_]{1,40}")


async def ask(graph: Graph, via: ChannelCredentials) -> Standing:
    """With the portfolio's limit where the version knows it, else with the number's. Raises SendError."""
    try:
        return read(await graph.number(via, f"{_FIELDS},{_PORTFOLIO}"))
    except SendError as failure:
        if failure.provider_code != _NO_SUCH_FIELD:
            raise
        return read(await graph.number(via, _FIELDS))


def read(page: JsonObject) -> Standing:
    found = Standing(
        quality=_QUALITY.get(words(page, "quality_rating") or "", Quality.UNKNOWN),
        throughput=_word(words(objekt(page, "throughput"), "level")),
        name=(words(page, "verified_name") or "")[:200],
        name_status=_word(words(page, "name_status")),
        state=_word(words(page, "status")),
    )
    return replace(found, daily=account_limits.of_number(page))


def _word(given: str | None) -> str:
    return given.lower() if given and _WORD.fullmatch(given) else ""
