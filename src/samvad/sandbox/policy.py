"""What Meta's policy allows: tiers of a portfolio, quality of a number, files that a message takes; pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from samvad.sandbox.behaviour import Policy, Rating
from samvad.sandbox.jsonio import JsonObject

DAY_MS = 24 * 3600 * 1000
UNLIMITED = -1  # in a webhook
STEPS = (250, 1000, 10_000, 100_000)
_WORDS: Mapping[int | None, str] = {
    50: "TIER_50",
    250: "TIER_250",
    1000: "TIER_1K",
    2000: "TIER_2K",
    10_000: "TIER_10K",
    100_000: "TIER_100K",
    None: "TIER_UNLIMITED",
}
MB = 1_000_000
_TYPES: Mapping[str, tuple[str, ...]] = {
    "image": ("image/jpeg", "image/png"),
    "video": ("video/mp4", "video/3gpp"),
    "audio": ("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"),
    "sticker": ("image/webp",),
}
_SIZES: Mapping[str, int] = {
    "image": 5 * MB, "video": 16 * MB, "audio": 16 * MB, "document": 100 * MB, "sticker": 500_000,
}  # fmt: skip


def word(tier: int | None) -> str:
    """As Meta writes a tier; of a number of our own the next step above."""
    if tier in _WORDS:
        return _WORDS[tier]
    return _WORDS[next((step for step in STEPS if tier is not None and step > tier), None)]


def lower(tier: int | None) -> int:
    """The step below; the lowest stays."""
    return next((s for s in reversed(STEPS) if tier is None or s < tier), STEPS[0])


def higher(tier: int | None) -> int | None:
    return next((s for s in STEPS if tier is not None and s > tier), None)


def rating(blocks: int) -> Rating:
    """Quality after so many people blocked a number within a week; how many is the sandbox's own, Meta's
    is secret."""
    return Rating.RED if blocks >= 4 else Rating.YELLOW if blocks >= 2 else Rating.GREEN


@dataclass(frozen=True, slots=True)
class Notice:
    """A webhook field with its value."""

    field: str
    value: JsonObject


def notices(before: Policy, after: Policy, *, display: str) -> list[Notice]:
    """What Meta tells when the tier or the quality changes."""
    told = []
    if before.tier != after.tier:
        limit = UNLIMITED if after.tier is None else after.tier
        capability = {"max_daily_conversations_per_business": limit, "max_phone_numbers_per_business": 20}
        told.append(Notice("business_capability_update", capability))
        lowered = after.tier is not None and (before.tier is None or after.tier < before.tier)
        told.append(_quality("DOWNGRADE" if lowered else "UPGRADE", after, display=display))
    if (before.quality is Rating.RED) != (after.quality is Rating.RED):
        event = "FLAGGED" if after.quality is Rating.RED else "UNFLAGGED"
        told.append(_quality(event, after, display=display))
    return told


def _quality(event: str, policy: Policy, *, display: str) -> Notice:
    value: JsonObject = {
        "display_phone_number": display, "event": event, "current_limit": word(policy.tier),
    }  # fmt: skip
    return Notice("phone_number_quality_update", value)


def unfit(kind: str, mime_type: str, size: int) -> str | None:
    """Why a file cannot go as a message of that kind; None: it can."""
    plain = mime_type.partition(";")[0].strip().lower()
    if kind in _TYPES and plain not in _TYPES[kind]:
        return f"{plain or 'no type'} is not supported for {kind}"
    if size > _SIZES.get(kind, size):
        return f"{size} bytes are more than {_SIZES[kind]}, which {kind} may have"
    return None


def class_of(mime_type: str) -> str:
    """As what a file is uploaded; what is nothing else is a document."""
    plain = mime_type.partition(";")[0].strip().lower()
    if plain == "image/webp":
        return "sticker"
    found = plain.partition("/")[0]
    return found if plain in _TYPES.get(found, ()) else "document"
