"""Whether something is as a scenario expects it: each gives what is wrong, or nothing; pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from samvad.kernel.phrases import expression
from samvad.workflows.scenarios.types import ExpectsFact, ExpectsPerson, ExpectsReply, ExpectsSight

Shown = Mapping[str, Any]
_SOURCES = {"knowledge": ("answer", "model")}
_MARKS = ("edited", "deleted", "from an ad")
SEEN: Mapping[str, Sequence[str] | str] = {
    **{
        kind: (kind,)
        for kind in (
            "text",
            "image",
            "video",
            "document",
            "audio",
            "voice",
            "sticker",
            "location",
            "order",
            "reaction",
            "unsupported",
        )
    },
    "contact": ("contacts",),
    "form": ("form_reply",),
    "button": ("button_reply", "list_reply", "quick_reply"),
    "edited": "edited",
    "deleted": "revoked",
    "from an ad": "referral",
    "echo": "",
}
"""What the team can see of a customer, with our kinds, or with the mark that such a message has."""
_LONGEST = 200


def reply(expected: ExpectsReply, text: str, ours: Shown | None, *, by_rule: bool) -> str:
    """`text` is what the phone shows, `ours` the same message as the team sees it."""
    said, folded = _short(text), text.casefold()
    for part in expected.containing:
        if part.casefold() not in folded:
            return f"it does not contain {part!r}: {said}"
    for part in expected.lacking:
        if part.casefold() in folded:
            return f"it contains {part!r}: {said}"
    if expected.matching and not expression(expected.matching).search(text):
        return f"it does not match {expected.matching!r}: {said}"
    return _origin(expected, ours, by_rule=by_rule)


def _origin(expected: ExpectsReply, ours: Shown | None, *, by_rule: bool) -> str:
    if not (expected.origin or expected.citing):
        return ""
    if ours is None:
        return "the team does not see it yet"
    if expected.origin and expected.origin != (found := origin(ours, by_rule=by_rule)):
        return f"it comes from {found}, not from {expected.origin}"
    files = [str(cited.get("source", "")) for cited in ours["citations"]]
    if expected.citing and not any(expected.citing.casefold() in file.casefold() for file in files):
        return f"it cites {', '.join(files) or 'nothing'}, not {expected.citing}"
    if expected.origin == "knowledge" and not files:
        return "it cites nothing"
    return ""


def origin(ours: Shown, *, by_rule: bool) -> str:
    """rule, knowledge, person, or what else it is called."""
    if ours["author"] == "agent":
        return "person"
    if by_rule:
        return "rule"
    return next((name for name, found in _SOURCES.items() if ours["source"] in found), str(ours["author"]))


def person(expected: ExpectsPerson, conversation: Shown | None) -> str:
    if conversation is None or not conversation["needs_person"]:
        return "no person is called"
    reason = str(conversation["needs_person_reason"])
    if expected.because and expected.because.casefold() not in reason.casefold():
        return f"a person is called because of {reason!r}"
    return ""


def sight(expected: ExpectsSight, messages: Sequence[Shown]) -> str:
    words = expected.containing.casefold()
    if any(_is(expected.kind, m) and words in str(m["text"]).casefold() for m in messages):
        return ""
    what = expected.kind or "message"
    return (
        f"no {what} "
        + (f"containing {expected.containing!r} " if words else "")
        + "of the customer's is there"
    )


def _is(kind: str, message: Shown) -> bool:
    content = message["content"] or {}
    if kind == "echo":
        return message["author"] == "agent" and message["client_id"] is None
    if message["direction"] != "in":
        return False
    return kind == "" or (SEEN[kind] in content if kind in _MARKS else message["kind"] in SEEN[kind])


def fact(expected: ExpectsFact, conversation: Shown | None) -> str:
    if conversation is None:
        return "there is no conversation yet"
    if expected.name == "opted_out":
        found, words = bool(conversation["contact"]["opted_out"]), ("opted out", "not opted out")
    else:
        found, words = conversation["mode"] == "human", ("the team answers", "the assistant answers")
    return "" if found == expected.wanted else f"it is otherwise: {words[not found]}"


def nothing_fits(wrong: Sequence[str]) -> str:
    """Of all replies that were looked at; the newest says it best."""
    return f"of {len(wrong)} replies none fits; the last: {wrong[-1]}" if len(wrong) > 1 else wrong[0]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return repr(line if len(line) <= _LONGEST else line[:_LONGEST] + "...")
