"""What can go wrong at the provider, by the names that a scenario uses, as calls of the emulator's phone."""

from collections.abc import Mapping

from samvad.kernel.json import JsonObject, JsonValue

Call = tuple[str, JsonObject]


def _behaviour(section: str, **fields: JsonValue) -> Call:
    return "/behaviour", {section: fields}


STANDING: Mapping[str, Call] = {
    "access token refused": _behaviour("sends", error_code=190),
    "provider errors": _behaviour("sends", error_code=131000),
    "too many requests": _behaviour("sends", error_code=130429),
    "phone off": _behaviour("statuses", until="sent"),
    "no statuses": _behaviour("statuses", until="none"),
    "statuses out of order": _behaviour("statuses", order="disordered"),
    "statuses doubled": _behaviour("statuses", copies=2),
    "status before the answer": _behaviour("statuses", early=True),
    "webhooks paused": _behaviour("webhooks", paused=True),
    "webhooks doubled": _behaviour("webhooks", duplicates=1),
    "webhooks signed wrongly": _behaviour("webhooks", bad_signature=True),
    "item of a stranger": _behaviour("webhooks", stranger=True),
    "pair rate": _behaviour("sends", pair_rate=True),
    "media expired": _behaviour("policy", media_expired=True),
}
"""Until they are taken back."""

ONCE: Mapping[str, str] = {
    "timeout after accept": "timeout_after_accept",
    "connection closed after accept": "close_after_accept",
    "answer cut off": "cut_after_accept",
    "error after accept": "error_after_accept",
    "timeout before accept": "timeout_before_accept",
    "one error": "server_error",
    "one refusal": "error",
    "one failure": "failed",
    "one wrong signature": "webhook_bad_signature",
    "one webhook doubled": "webhook_duplicate",
}
"""The next so many times, with a code where the provider gives one."""

CODED = ("one refusal", "one failure")
NAMES = (*STANDING, *ONCE)


def once(name: str, *, times: int, code: int | None) -> Call:
    rule: JsonObject = {"fault": ONCE[name], "count": times}
    return "/rules", rule if code is None else {**rule, "code": code}
