"""What a step may expect, each with how its value is read; pure."""

from samvad.kernel.phrases import expression
from samvad.workflows.scenarios.tree import Node, Problem, Reader, Text, text, texts
from samvad.workflows.scenarios.types import (
    MOST_TEXT,
    Act,
    ExpectsFact,
    ExpectsNothing,
    ExpectsPerson,
    ExpectsReply,
    ExpectsSight,
    ExpectsState,
)
from samvad.workflows.scenarios.values import choice, needed, number, seconds, within
from samvad.workflows.scenarios.verdicts import SEEN

_ORIGINS = ("rule", "knowledge", "person")
_STATES = ("queued", "sent", "delivered", "read", "failed", "unknown", "held", "skipped")
_REPLY = ("containing", "not containing", "matching", "from", "citing", "within")


def reply(node: Node | None) -> Act:
    if node is None:
        return ExpectsReply()
    if isinstance(node, Text):
        return ExpectsReply(containing=(text(node, "expect reply", most=MOST_TEXT),))
    reader = Reader(node, "'expect reply'")
    parts = {name: texts(found, name) for name in _REPLY[:2] if (found := reader.take(name))}
    matching, origin = reader.take("matching"), reader.take("from")
    made = ExpectsReply(
        containing=parts.get("containing", ()),
        lacking=parts.get("not containing", ()),
        matching=_pattern(matching) if matching else "",
        origin=choice(origin, "from", _ORIGINS) if origin else "",
        citing=reader.text("citing", ""),
        within=within(reader),
    )
    reader.done(_REPLY)
    return made


def _pattern(node: Node) -> str:
    given = text(node, "matching")
    try:
        expression(given)
    except Exception as wrong:
        raise Problem(node.line, f"'matching' is no regular expression: {wrong}") from wrong
    return given


def person(node: Node | None) -> Act:
    if node is None or isinstance(node, Text):
        return ExpectsPerson(text(node, "expect a person called") if node else "")
    reader = Reader(node, "'expect a person called'")
    made = ExpectsPerson(reader.text("because", ""), within(reader))
    reader.done(("because", "within"))
    return made


def state(node: Node) -> Act:
    if isinstance(node, Text):
        return ExpectsState(choice(node, "expect state", _STATES))
    reader = Reader(node, "'expect state'")
    state, code = needed(reader, "is"), reader.take("code")
    made = ExpectsState(
        choice(state, "is", _STATES),
        number(code, "code", low=0, high=9_999_999) if code else None,
        within(reader),
    )
    reader.done(("is", "code", "within"))
    return made


def nothing(node: Node) -> Act:
    return ExpectsNothing(seconds(node, "expect nothing for"))


def sight(node: Node) -> Act:
    """A kind, or words; both as a mapping."""
    if isinstance(node, Text):
        given = text(node, "expect team sees", most=MOST_TEXT)
        return ExpectsSight(kind=given) if given in SEEN else ExpectsSight(containing=given)
    reader = Reader(node, "'expect team sees'")
    kind = reader.take("kind")
    made = ExpectsSight(
        choice(kind, "kind", SEEN) if kind else "",
        reader.text("containing", "", most=MOST_TEXT),
        within(reader),
    )
    reader.done(("kind", "containing", "within"))
    return made


def fact(name: str, *, wanted: bool) -> Act:
    return ExpectsFact(name, wanted)
