"""A webhook call: one message, or what became of one, or news of the account."""

from collections.abc import Sequence
from urllib.parse import parse_qs

from samvad.channels.adapters.reading import TooDeep, clean, decode_any
from samvad.channels.adapters.twilio import messages, people, statuses
from samvad.channels.adapters.twilio.form import address
from samvad.channels.adapters.twilio.parameters import Parameters, ident, one, read, rest
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
        return [Item("", "", _json(request.body))]
    parameters = read(request.body)
    if not parameters:
        raise MalformedBody("the body holds no parameters")
    account = ident(parameters, "AccountSid") or ""
    outward = _outward(parameters)
    ours = address(account, people.number(parameters, "From" if outward else "To"))
    events = _events(request, parameters, outward=outward)
    return [Item(ours, account if ours or _is_notice(event) else "", event) for event in events]


def _is_notice(event: Event) -> bool:
    """Whether it concerns every number of the account; what names none of them else is its own URL's."""
    return isinstance(event, AccountNotice)


def _outward(parameters: Parameters) -> bool:
    """Whether it is about a message of ours."""
    said = statuses.word(parameters)
    return bool(said) and said not in statuses.INBOUND


def _events(request: RawRequest, parameters: Parameters, *, outward: bool) -> Sequence[Event]:
    if one(parameters, TEST):
        return [Ignored("self-test", rest(parameters, frozenset()))]
    sid = ident(parameters, "MessageSid", "SmsMessageSid", "SmsSid")
    if sid is None:
        return [_about_nothing(parameters)]
    if outward:
        named = next(iter(parse_qs(request.query).get(OUR_ID, [])), "")
        return [statuses.status(parameters, sid, named=named)]
    return messages.events(parameters, sid)


def _about_nothing(parameters: Parameters) -> Event:
    """The debugger's own webhook, if it was pointed here; else we do not know what it is."""
    kept = rest(parameters, frozenset())
    if one(parameters, "Level") and one(parameters, "Payload"):
        return AccountNotice("debugger", kept)
    return Unparsable("the call names no message", kept)


def _json(body: bytes) -> Event:
    """Twilio's other products speak JSON; nothing of theirs is a message."""
    try:
        content = clean(decode_any(body))
    except TooDeep:
        return Unparsable("nested too deeply")
    return Ignored(
        "an event of another product", content if isinstance(content, dict) else {"events": content}
    )
