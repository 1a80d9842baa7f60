"""What each webhook field holds: lists of items, news of an account, or nothing for us."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol

from samvad.channels.adapters.meta import account_limits, history, tidings
from samvad.channels.adapters.meta.messages import echo, message
from samvad.channels.adapters.meta.notices import said
from samvad.channels.adapters.meta.people import NOBODY, Contacts, sender
from samvad.channels.adapters.meta.statuses import status
from samvad.channels.adapters.meta.template_news import NEWS, template_news
from samvad.channels.adapters.reading import TooDeep, clean, moment, rows, words
from samvad.channels.types import (
    AccountNotice,
    Event,
    Ignored,
    JsonObject,
    JsonValue,
    MarketingPreference,
    Unparsable,
)
from samvad.kernel.text import storable

TEST_FIELD = "samvad_test"  # our own, see `testing.test_event`


class Reader(Protocol):
    def __call__(self, item: JsonValue, contacts: Contacts, /, *, latest: datetime) -> Event:
        """One entry of a list; `contacts` are those of all of them."""
        ...


_NOTICES = frozenset({
    "account_alerts",
    "account_review_update",
    "account_settings_update",
    "account_update",
    "automatic_events",
    "business_capability_update",
    "business_status_update",
    "calls",
    "flows",
    "messaging_handovers",
    "partner_solutions",
    "payment_configuration_update",
    "phone_number_name_update",
    "phone_number_quality_update",
    "security",
    "template_correct_category_detection",
    "template_performance_metrics",
})  # fmt: skip

_IGNORED: Mapping[str, str] = {
    "smb_app_state_sync": "the phone's own address book",
    "standby": "Meta's own agent is answering this conversation",
    "group_lifecycle_update": "groups are not served",
    "group_participants_update": "groups are not served",
    "group_settings_update": "groups are not served",
    "group_status_update": "groups are not served",
}


def read(field: str, value: JsonObject, *, latest: datetime) -> Sequence[Event]:
    """Every event of one change, in order; one item that cannot be read leaves the others alone."""
    if field in _LISTS:
        return _items(field, value, latest=latest) or [Ignored(f"no items in {field}")]
    if field in _IGNORED:
        return [Ignored(_IGNORED[field])]
    if field == history.FIELD:
        return history.read(value, _contacts(value), latest=latest)
    return [_guarded(partial(_whole, field), value, NOBODY, latest=latest)]


def _items(field: str, value: JsonObject, *, latest: datetime) -> list[Event]:
    contacts = _contacts(value)
    events: list[Event] = []
    for key, reader in _LISTS[field]:
        found = value.get(key)
        if found is not None and not isinstance(found, list):
            events.append(_guarded(_not_a_list, found, contacts, latest=latest))
        events += [_guarded(reader, entry, contacts, latest=latest) for entry in rows(value, key)]
    return events


def _contacts(value: JsonObject) -> Contacts:
    try:
        return Contacts.read(clean(value.get("contacts")))
    except TooDeep:
        return NOBODY


def _guarded(reader: Reader, item: JsonValue, contacts: Contacts, *, latest: datetime) -> Event:
    try:
        return reader(clean(item), contacts, latest=latest)
    except TooDeep:
        return Unparsable("nested too deeply")


def _whole(field: str, item: JsonValue, _: Contacts, /, *, latest: datetime) -> Event:
    """A change that is one event."""
    content = item if isinstance(item, dict) else {}
    if field == TEST_FIELD:
        return Ignored("self-test", content)
    if field in NEWS:
        return template_news(field, content)
    if field in _NOTICES:
        return _notice(field, content)
    return Unparsable(f"unknown field {storable(field[:64])!r}", item)


def _notice(field: str, content: JsonObject) -> AccountNotice:
    found = tidings.of(field, content)
    return AccountNotice(
        field,
        content,
        daily=account_limits.daily(content),
        said=said(field, content),
        alarms=found.alarms,
        topic=found.topic,
        ends=(found.topic or field,) if found.ends else (),
    )


def _not_a_list(item: JsonValue, _: Contacts, *, latest: datetime) -> Event:
    return Unparsable("not a list of items", item)


def _number_error(item: JsonValue, _: Contacts, *, latest: datetime) -> Event:
    if not isinstance(item, dict):
        return Unparsable("the error is not an object", item)
    return AccountNotice("errors", item, said=said("errors", item))


def _preference(item: JsonValue, contacts: Contacts, *, latest: datetime) -> Event:
    word = words(item, "value") or ""
    customer = sender(item, contacts, wa_key="wa_id", user_key="user_id")
    if customer is None or word not in _STOPS or words(item, "category") != "marketing_messages":
        return Unparsable("a preference that we do not know", item)
    at = moment(item, "timestamp", latest=latest)
    return MarketingPreference(customer, stop=_STOPS[word], at=at)


_STOPS: Mapping[str, bool] = {"stop": True, "resume": False}

_LISTS: Mapping[str, tuple[tuple[str, Reader], ...]] = {
    "messages": (("messages", message), ("statuses", status), ("errors", _number_error)),
    "smb_message_echoes": (("message_echoes", echo),),
    "user_preferences": (("user_preferences", _preference),),
}
