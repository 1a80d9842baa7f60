"""What a step may say, each with how its value is read; pure."""

from collections.abc import Callable, Mapping

from samvad.kernel.json import JsonObject
from samvad.workflows.scenarios import expectations, faults
from samvad.workflows.scenarios.tree import Node, Pairs, Problem, Reader, Text, text
from samvad.workflows.scenarios.types import (
    MOST_TEXT,
    Act,
    Advances,
    Blocks,
    Changes,
    Moves,
    Offers,
    Presses,
    Provider,
    Reacts,
    Reads,
    Sends,
    TeamTakes,
    TeamWrites,
    Waits,
    With,
)
from samvad.workflows.scenarios.values import choice, needed, number, seconds

_FURTHEST = 31 * 86_400
_KINDS: Mapping[str, str] = {
    "image": "image", "video": "video", "document": "document", "audio": "audio", "voice": "voice",
    "sticker": "sticker", "location": "location", "contact": "contacts", "order": "order",
    "form": "nfm_reply", "something unsupported": "unsupported",
}  # fmt: skip


def _given(node: Node | None, name: str) -> Node:
    if node is None:
        raise Problem(0, f"{name!r} needs something after the colon")
    return node


def _says(node: Node) -> Act:
    return Sends("text", {"body": text(node, "customer says", most=MOST_TEXT)})


def _from_ad(node: Node) -> Act:
    return Sends("text", {"body": text(node, "customer comes from an ad", most=MOST_TEXT)}, referral={})


def _phone_says(node: Node) -> Act:
    return Sends("echo", {"body": text(node, "business phone says", most=MOST_TEXT)})


def _sends(node: Node) -> Act:
    if isinstance(node, Text):
        return Sends(_KINDS[choice(node, "customer sends", tuple(_KINDS))])
    reader = Reader(node, "'customer sends'")
    kind = choice(needed(reader, "kind"), "kind", tuple(_KINDS))
    names = _FIELDS.get(kind, ())
    given = [(said, wire, value) for said, wire in names if (value := reader.take(said))]
    content: JsonObject = {wire: _content(value, said) for said, wire, value in given}
    reader.done(("kind", *(said for said, _ in names)))
    return Sends(_KINDS[kind], content)


_CAPTION, _FILE = ("caption", "caption"), ("file name", "filename")
_FIELDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "image": (_CAPTION,),
    "video": (_CAPTION,),
    "document": (_CAPTION, _FILE),
    "location": (
        ("latitude", "latitude"), ("longitude", "longitude"), ("name", "name"), ("address", "address"),
    ),
    "form": (("answer", "response_json"),),
}  # fmt: skip


def _content(node: Node, name: str) -> str | float:
    given = text(node, name, most=1024)
    if name not in ("latitude", "longitude"):
        return given
    try:
        return float(given)
    except ValueError:
        raise Problem(node.line, f"{name!r} is in degrees, such as 18.5204") from None


def _presses(node: Node) -> Act:
    if isinstance(node, Text):
        return Presses(text(node, "customer presses"))
    reader = Reader(node, "'customer presses'")
    title, alone = reader.text("button"), reader.text("context", "yes")
    reader.done(("button", "context"))
    return Presses(title, alone=alone == "none")


def _reacts(node: Node) -> Act:
    return Reacts(text(node, "customer reacts", most=16))


def _edits(node: Node) -> Act:
    return Changes(text(node, "customer edits to", most=MOST_TEXT))


def _moves(node: Node | None) -> Act:
    if node is None:
        return Moves(None)
    phone = text(node, "customer changes number")
    if not 8 <= sum(c.isdigit() for c in phone) <= 15:
        raise Problem(node.line, "a number with its country code is needed, or nothing for an invented one")
    return Moves(phone)


def _clock(node: Node) -> Act:
    by = round(seconds(node, "clock forward", most=_FURTHEST))
    return Provider((("/clock", {"advance_seconds": max(1, by)}),))


def _advances(node: Node) -> Act:
    return Advances(max(1, round(seconds(node, "advance", most=_FURTHEST))))


def _team_says(node: Node) -> Act:
    if not isinstance(node, Pairs):
        return TeamWrites(text(node, "team says", most=MOST_TEXT))
    reader = Reader(node, "'team says'")
    said, refused = needed(reader, "text"), reader.text("refused", "no")
    reader.done(("text", "refused"))
    return TeamWrites(text(said, "text", most=MOST_TEXT), refused=refused == "yes")


def _fault(node: Node) -> Act:
    if isinstance(node, Text):
        return Provider((_named(node, node, times=1, code=None),))
    reader = Reader(node, "'fault'")
    name = needed(reader, "name")
    times, code = reader.take("times"), reader.take("code")
    reader.done(("name", "times", "code"))
    given = {
        "times": number(times, "times", low=1, high=1000) if times else 1,
        "code": number(code, "code", low=1, high=9_999_999) if code else None,
    }
    if text(name, "name") in faults.STANDING and (times or code):
        raise Problem(name.line, "this goes on until `no faults`: it takes neither times nor code")
    return Provider((_named(node, name, **given),))


def _named(node: Node, name: Node, *, times: int | None, code: int | None) -> faults.Call:
    known = choice(name, "fault", faults.NAMES)
    if known in faults.STANDING:
        return faults.STANDING[known]
    if known in faults.CODED and code is None:
        raise Problem(node.line, f"{known!r} needs a code: write `name`, `code` and, if you like, `times`")
    return faults.once(known, times=times or 1, code=code)


_NUMBERS = {
    "people a day": "tier", "offers a day": "marketing_cap", "pacing": "pacing",
    "messages a second": "per_second",
}  # fmt: skip
_QUALITIES = ("green", "yellow", "red")
_DECIDED: Mapping[str, tuple[str, ...]] = {
    "status": ("approved", "paused", "disabled", "rejected"),
    "quality": (*_QUALITIES, "unknown"),
    "category": ("marketing", "utility", "authentication"),
}


def _policy(node: Node) -> Act:
    reader = Reader(node, "'provider sets'")
    body: JsonObject = {}
    for name, wire in _NUMBERS.items():
        if (value := reader.take(name)) is not None:
            any_ = isinstance(value, Text) and value.value == "any"
            body[wire] = (
                None
                if any_
                else number(value, name, low=1 if wire in ("tier", "per_second") else 0, high=1_000_000)
            )
    if (quality := reader.take("quality")) is not None:
        body["quality"] = choice(quality, "quality", _QUALITIES).upper()
    reader.done((*_NUMBERS, "quality"))
    return Provider((("/policy", body),))


def _decides(node: Node) -> Act:
    reader = Reader(node, "'provider decides'")
    template = reader.text("template")
    body: JsonObject = {
        name: choice(value, name, known).upper()
        for name, known in _DECIDED.items()
        if (value := reader.take(name)) is not None
    }
    reader.done(("template", *_DECIDED))
    if not body or not template.replace("_", "").isalnum():
        raise Problem(
            node.line, "'provider decides' names a template and its new status, quality or category"
        )
    return Provider(((f"/templates/{template}", body),))


def _team_sends(node: Node) -> Act:
    reader = Reader(node, "'team sends template'")
    name, language = reader.text("name"), reader.text("language", "en")
    values, refused = reader.take("values"), reader.text("refused", "no")
    reader.done(("name", "language", "values", "refused"))
    given = {k.value: text(v, k.value, most=1024) for k, v in values} if isinstance(values, Pairs) else {}
    return TeamWrites(template=name, language=language, values=given, refused=refused == "yes")


def _waits(node: Node) -> Act:
    return Waits(seconds(node, "wait"))


Verb = Callable[[Node | None], Act]


def _with(name: str, read: Callable[[Node], Act]) -> Verb:
    return lambda node: read(_given(node, name))


def _alone(make: Callable[[], Act]) -> Verb:
    def read(node: Node | None) -> Act:
        if node is not None:
            raise Problem(node.line, "this step stands alone, with nothing after it")
        return make()

    return read


_CALM: JsonObject = {}
VERBS: Mapping[str, Verb] = {
    **{name: _with(name, read) for name, read in (
        ("customer says", _says), ("customer sends", _sends), ("customer presses", _presses),
        ("customer reacts", _reacts), ("customer edits to", _edits), ("customer comes from an ad", _from_ad),
        ("business phone says", _phone_says), ("clock forward", _clock), ("fault", _fault), ("wait", _waits),
        ("advance", _advances), ("team says", _team_says),
        ("team sends template", _team_sends), ("provider sets", _policy), ("provider decides", _decides),
        ("with customer", lambda node: With(text(node, "with customer", most=80))),
        ("expect nothing for", expectations.nothing),
        ("expect state", expectations.state), ("expect team sees", expectations.sight),
    )},
    "customer takes back reaction": _alone(lambda: Reacts("")),
    "customer deletes message": _alone(lambda: Changes(None)),
    "customer changes number": _moves,
    "customer reads": _alone(Reads),
    "customer blocks": _alone(lambda: Blocks(blocked=True)),
    "customer unblocks": _alone(lambda: Blocks(blocked=False)),
    "customer stops offers": _alone(lambda: Offers(stop=True)),
    "customer wants offers again": _alone(lambda: Offers(stop=False)),
    "provider lowers tier": _alone(lambda: Provider((("/policy", {"tier": "down"}),))),
    "provider raises tier": _alone(lambda: Provider((("/policy", {"tier": "up"}),))),
    "no faults": _alone(lambda: Provider((("/calm", _CALM),))),
    "team takes over": _alone(lambda: TeamTakes(over=True)),
    "team gives back": _alone(lambda: TeamTakes(over=False)),
    "expect reply": expectations.reply,
    "expect a person called": expectations.person,
    "expect opted out": _alone(lambda: expectations.fact("opted_out", wanted=True)),
    "expect not opted out": _alone(lambda: expectations.fact("opted_out", wanted=False)),
    "expect the team answers": _alone(lambda: expectations.fact("human", wanted=True)),
    "expect the assistant answers": _alone(lambda: expectations.fact("human", wanted=False)),
}  # fmt: skip
