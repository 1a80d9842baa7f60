"""News of account and number in a sentence: what happened, in Meta's own words where there are any."""

from collections.abc import Callable, Mapping

from samvad.channels.adapters.reading import number, objekt, rows, words
from samvad.channels.types import JsonObject, JsonValue

_LONGEST = 300


def said(field: str, content: JsonObject) -> str:
    """Of a field that we know nothing of, its name."""
    return _SENTENCES[field](content)[:_LONGEST] if field in _SENTENCES else field.replace("_", " ")


def _word(content: JsonValue, *names: str) -> str:
    """The first that is there, as Meta writes it, in small letters."""
    found = next((word for name in names if (word := words(content, name))), "")
    return found.replace("_", " ").lower()


def _with(sentence: str, more: str) -> str:
    return f"{sentence}: {more}" if more else sentence


def _account(content: JsonObject) -> str:
    event = (words(content, "event") or "").upper()
    if event == "DISABLED_UPDATE":
        state = _word(objekt(content, "ban_info"), "waba_ban_state")
        return _BANS.get(state) or _with("Meta says of a ban of the account", state)
    if event in _EVENTS:
        key, names = _DETAILS.get(event, ("", ()))
        part = rows(content, key)[:1] or [content.get(key)]
        return _with(_EVENTS[event], _word(part[0], *names))
    return _with("Meta changed something about the account", _word(content, "event"))


_BANS: Mapping[str, str] = {
    "disable": "Meta has banned the account",
    "schedule for disable": "Meta is going to ban the account",
    "reinstate": "Meta has lifted the ban of the account",
}
_EVENTS: Mapping[str, str] = {
    "ACCOUNT_RESTRICTION": "Meta restricts the account",
    "ACCOUNT_VIOLATION": "Meta says that the account broke its rules",
    "ACCOUNT_DELETED": "The account was deleted at Meta",
    "ACCOUNT_OFFBOARDED": "The number was taken from the platform",
    "ACCOUNT_RECONNECTED": "The number was connected to the platform again",
    "PARTNER_REMOVED": "The account was taken from this app",
    "PARTNER_APP_UNINSTALLED": "The app was uninstalled from the account",
}
_DETAILS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "ACCOUNT_RESTRICTION": ("restriction_info", ("restriction_type",)),
    "ACCOUNT_VIOLATION": ("violation_info", ("violation_type",)),
}


def _alerts(content: JsonObject) -> str:
    told = objekt(content, "alert_info") or content
    description = words(told, "alert_description") or ""
    return _with("Meta warns of the account", description or _word(told, "alert_type"))


def _review(content: JsonObject) -> str:
    return _with("Meta has reviewed the account", _word(content, "decision"))


def _capability(content: JsonObject) -> str:
    most = number(content, "max_daily_conversations_per_business") or number(
        content, "max_daily_conversation_per_phone"
    )
    if most and most > 0:
        return f"The account may now write to {most:.0f} people first within 24 hours"
    return "What the account may do has changed"


def _name(content: JsonObject) -> str:
    name = words(content, "requested_verified_name") or "the name"
    decision = _with(f"Meta has decided about {name!r} as the name", _word(content, "decision"))
    reason = _word(content, "rejection_reason")
    return f"{decision} ({reason})" if reason and reason != "none" else decision


def _quality(content: JsonObject) -> str:
    event = (words(content, "event") or "").upper()
    limit = _word(content, "max_daily_conversations_per_business", "current_limit")
    sentence = _QUALITIES.get(event) or _with("The number's standing has changed", event.lower())
    return f"{sentence} (limit {limit})" if limit and event in _LIMITS else sentence


_LIMITS = frozenset({"FLAGGED", "UPGRADE", "DOWNGRADE"})  # of people
_QUALITIES: Mapping[str, str] = {
    "FLAGGED": "The number's quality is low: customers block or report it",
    "UNFLAGGED": "The number's quality is good again",
    "UPGRADE": "The number may write to more people first each day",
    "DOWNGRADE": "The number may write to fewer people first each day",
    "THROUGHPUT_UPGRADE": "The number sends faster now",
    "ONBOARDING": "The number was connected",
}


def _security(content: JsonObject) -> str:
    return _with("The number's two-step PIN", _word(content, "event"))


def _flows(content: JsonObject) -> str:
    told = words(content, "message") or _word(content, "event")
    return _with("Meta tells of a flow", told)


def _errors(content: JsonObject) -> str:
    details = words(objekt(content, "error_data"), "details") or words(content, "title") or ""
    code = number(content, "code")
    return _with("Meta reports an error of the number", f"{details} ({code:.0f})" if code else details)


def _plain(sentence: str, *names: str) -> Callable[[JsonObject], str]:
    return lambda content: _with(sentence, _word(content, *names))


_SENTENCES: Mapping[str, Callable[[JsonObject], str]] = {
    "account_alerts": _alerts,
    "account_review_update": _review,
    "account_settings_update": _plain("Settings of the account were changed at Meta"),
    "account_update": _account,
    "automatic_events": _plain("Meta recognised an event in a conversation", "event_name"),
    "business_capability_update": _capability,
    "business_status_update": _plain("Meta changed the standing of the business", "event"),
    "calls": _plain("Somebody called the number: Samvad takes no calls", "event"),
    "flows": _flows,
    "messaging_handovers": _plain("Conversations were handed to another app, or back"),
    "partner_solutions": _plain("A partner's solution was changed at Meta", "event", "solution_status"),
    "payment_configuration_update": _plain("How customers can pay was changed at Meta", "status"),
    "phone_number_name_update": _name,
    "phone_number_quality_update": _quality,
    "security": _security,
    "template_correct_category_detection": _plain("Meta finds a template in the wrong category", "category"),
    "template_performance_metrics": _plain("Meta tells how templates do"),
    "errors": _errors,
}
