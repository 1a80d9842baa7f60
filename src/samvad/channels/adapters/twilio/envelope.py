"""A webhook call: one message, or what became of one, or news of the account."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import parse_qs

from samvad.channels.adapters.reading import TooDeep, clean, decode_any, rows, words
from samvad.channels.adapters.twilio import messages, people, statuses
from samvad.channels.adapters.twilio.form import address
from samvad.channels.adapters.twilio.parameters import Parameters, ident, one, read, rest
from samvad.channels.adapters.twilio.resources import LISTED, in_words, moment
from samvad.channels.errors import MalformedBody
from samvad.channels.types import AccountNotice, Event, Ignored, Item, RawRequest, Unparsable

TEST = "SamvadTest"  # our own parameter, see `payloads.test_event`
OUR_ID = "id"  # of the query of a status callback


def addresses(request: RawRequest) -> frozenset[str]:
    """The one number that the call names, within its account. Raises MalformedBody."""
    return frozenset(item.address for item in parse(request) if item.address)


def parse(request: RawRequest) -> Sequence[Item]:
    """Raises MalformedBody."""
    if "json" in request.headers.get("content-type", "").lower():
        return _json(request.body)
    parameters = read(request.body)
    if not parameters:
        raise MalformedBody("the body holds no parameters")
    named = next(iter(parse_qs(request.query).get(OUR_ID, [])), "")
    return _items(parameters, named=named)


def _items(parameters: Parameters, *, named: str = "", sent_at: datetime | None = None) -> Sequence[Item]:
    account = ident(parameters, "AccountSid") or ""
    outward = _outward(parameters)
    ours = address(account, people.number(parameters, "From" if outward else "To"))
    events = (
        _outward_events(parameters, named, at=sent_at) if outward else _events(parameters, sent_at=sent_at)
    )
    return [Item(ours, account if ours or _is_notice(event) else "", event) for event in events]


def _is_notice(event: Event) -> bool:
    """Whether it concerns every number of the account; what names none of them else is its own URL's."""
    return isinstance(event, AccountNotice)


def _outward(parameters: Parameters) -> bool:
    """Whether it is about a message of ours."""
    said = statuses.word(parameters)
    return bool(said) and said not in statuses.INBOUND


def _outward_events(parameters: Parameters, named: str, *, at: datetime | None) -> Sequence[Event]:
    sid = _sid(parameters)
    return [statuses.status(parameters, sid, named=named, at=at) if sid else _about_nothing(parameters)]


def _events(parameters: Parameters, *, sent_at: datetime | None) -> Sequence[Event]:
    if one(parameters, TEST):
        return [Ignored("self-test", rest(parameters, frozenset()))]
    sid = _sid(parameters)
    return messages.events(parameters, sid, sent_at=sent_at) if sid else [_about_nothing(parameters)]


def _sid(parameters: Parameters) -> str | None:
    return ident(parameters, "MessageSid", "SmsMessageSid", "SmsSid")


def _about_nothing(parameters: Parameters) -> Event:
    """The debugger's own webhook, if it was pointed here; else we do not know what it is."""
    kept = rest(parameters, frozenset())
    if one(parameters, "Level") and one(parameters, "Payload"):
        return AccountNotice("debugger", kept, said=_debugged(parameters))
    return Unparsable("the call names no message", kept)


def _debugged(parameters: Parameters) -> str:
    level = one(parameters, "Level")
    try:
        told = decode_any(one(parameters, "Payload").encode())
    except (MalformedBody, TooDeep):
        told = None
    code = words(told, "error_code") or ""
    number = f" {code}" if code else ""
    return f"Twilio's debugger reports: {level.lower()}{number}"


def _json(body: bytes) -> Sequence[Item]:
    """Messages as Twilio lists them, which we ask for ourselves; else an event of another product."""
    try:
        content = clean(decode_any(body))
    except TooDeep:
        return [Item("", "", Unparsable("nested too deeply"))]
    if not isinstance(content, dict):
        content = {"events": content}
    if LISTED not in content:
        return [Item("", "", Ignored("an event of another product", content))]
    listed = [entry for entry in rows(content, LISTED) if isinstance(entry, dict)]
    return [item for entry in listed for item in _items(in_words(entry), sent_at=moment(entry))]
