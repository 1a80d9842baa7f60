"""Meta's messaging limits: how many people a portfolio may write to first within 24 hours."""

from collections.abc import Mapping

from samvad.channels.types import UNLIMITED, JsonObject

# Newest field first; the others go away in 2026. Numbers in business_capability_update, words elsewhere.
_FIELDS = ("max_daily_conversations_per_business", "max_daily_conversation_per_phone", "current_limit")
_TIERS: Mapping[str, int] = {
    "TIER_50": 50,
    "TIER_250": 250,
    "TIER_1K": 1000,
    "TIER_2K": 2000,
    "TIER_10K": 10_000,
    "TIER_100K": 100_000,
    "TIER_UNLIMITED": UNLIMITED,
}
_HIGHEST = 10_000_000  # more than Meta ever gave: nonsense


def of_number(page: JsonObject) -> int | None:
    """The same of a number's own page: the portfolio's limit, or else the number's."""
    said = (
        page.get(field) for field in ("whatsapp_business_manager_messaging_limit", "messaging_limit_tier")
    )
    return next((_TIERS[word] for word in said if isinstance(word, str) and word in _TIERS), None)


def daily(value: JsonObject) -> int | None:
    """Recipients, UNLIMITED, or None where the notice says nothing of it that we understand. `current_limit`
    of a THROUGHPUT_UPGRADE is about messages a second."""
    for field in _FIELDS:
        said = value.get(field)
        if field == "current_limit" and value.get("event") == "THROUGHPUT_UPGRADE":
            continue
        if isinstance(said, str) and said in _TIERS:
            return _TIERS[said]
        if (
            isinstance(said, int)
            and not isinstance(said, bool)
            and (said == UNLIMITED or 0 < said <= _HIGHEST)
        ):
            return said
    return None
