"""Whether news of account and number are bad, good or neither, and which earlier news are over by them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from samvad.channels.adapters.reading import objekt, words
from samvad.channels.types import JsonObject

LIMIT = "messaging_limit"
BAN, RESTRICTION, CONNECTION = "account_ban", "account_restriction", "account_connection"
TOPICS = frozenset({LIMIT, BAN, RESTRICTION, CONNECTION})  # beside the fields themselves


@dataclass(frozen=True, slots=True)
class Tidings:
    """`topic`: under which it is told and ended, empty for the field itself."""

    alarms: bool
    topic: str = ""
    ends: bool = False


_BAD, _PLAIN, _GOOD = Tidings(alarms=True), Tidings(alarms=False), Tidings(alarms=False, ends=True)


def of(field: str, content: JsonObject) -> Tidings:
    """What we do not know is bad: somebody should look."""
    return _FIELDS[field](content) if field in _FIELDS else _BAD


def _bad(topic: str) -> Tidings:
    return Tidings(alarms=True, topic=topic)


def _good(topic: str) -> Tidings:
    return Tidings(alarms=False, topic=topic, ends=True)


def _word(content: JsonObject, name: str) -> str:
    return (words(content, name) or "").upper()


_EVENTS: Mapping[str, Tidings] = {
    "ACCOUNT_RESTRICTION": _bad(RESTRICTION),
    "ACCOUNT_VIOLATION": _bad(RESTRICTION),
    "ACCOUNT_DELETED": _bad(CONNECTION),
    "ACCOUNT_OFFBOARDED": _bad(CONNECTION),
    "PARTNER_REMOVED": _bad(CONNECTION),
    "PARTNER_APP_UNINSTALLED": _bad(CONNECTION),
    "ACCOUNT_RECONNECTED": _good(CONNECTION),
    "PARTNER_ADDED": _good(CONNECTION),
    "PARTNER_APP_INSTALLED": _good(CONNECTION),
    **dict.fromkeys(
        (
            "AD_ACCOUNT_LINKED",
            "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
            "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE",
            "MM_LITE_TERMS_SIGNED",
            "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE",
            "VERIFIED_ACCOUNT",
            "VOLUME_BASED_PRICING_TIER_UPDATE",
        ),
        _PLAIN,
    ),
}


def _account(content: JsonObject) -> Tidings:
    event = _word(content, "event")
    if event == "DISABLED_UPDATE":
        lifted = _word(objekt(content, "ban_info"), "waba_ban_state") == "REINSTATE"
        return _good(BAN) if lifted else _bad(BAN)
    return _EVENTS.get(event, _BAD)


def _alerts(content: JsonObject) -> Tidings:
    told = objekt(content, "alert_info") or content
    if _word(told, "alert_type").endswith("_APPROVED"):
        return _GOOD
    return _PLAIN if _word(told, "alert_severity") == "INFORMATIONAL" else _BAD


def _decided(content: JsonObject) -> Tidings:
    decision = _word(content, "decision")
    if decision == "APPROVED":
        return _GOOD
    return _PLAIN if decision in ("PENDING", "DEFERRED") else _BAD


_QUALITIES: Mapping[str, Tidings] = {
    "UNFLAGGED": _GOOD,
    "UPGRADE": _good(LIMIT),
    "DOWNGRADE": _bad(LIMIT),
    "THROUGHPUT_UPGRADE": _PLAIN,
    "ONBOARDING": _PLAIN,
}


def _flow(content: JsonObject) -> Tidings:
    """Which of the flows an alert was about is not known, so none is ended."""
    over = _word(content, "alert_state") == "DEACTIVATED" or _word(content, "new_status") in (
        "DRAFT", "PUBLISHED", "DEPRECATED",
    )  # fmt: skip
    return _PLAIN if over else _BAD


def _call(content: JsonObject) -> Tidings:
    """Ringing is told once, not its end."""
    return _PLAIN if _word(content, "event") == "TERMINATE" else _BAD


_FIELDS: Mapping[str, Callable[[JsonObject], Tidings]] = {
    "account_alerts": _alerts,
    "account_review_update": _decided,
    "account_update": _account,
    "automatic_events": lambda _: _PLAIN,
    "business_capability_update": lambda _: Tidings(alarms=False, topic=LIMIT),  # told if it fell
    "calls": _call,
    "flows": _flow,
    "phone_number_name_update": _decided,
    "phone_number_quality_update": lambda content: _QUALITIES.get(_word(content, "event"), _BAD),
    "template_performance_metrics": lambda _: _PLAIN,
}
