"""Expectations judged, without a house."""

from typing import Any

from samvad.workflows.scenarios import verdicts
from samvad.workflows.scenarios.phone import choices
from samvad.workflows.scenarios.types import ExpectsFact, ExpectsPerson, ExpectsReply, ExpectsSight

OURS: dict[str, Any] = {
    "author": "assistant", "source": "answer", "citations": [{"source": "prices.xlsx"}], "direction": "out",
}  # fmt: skip


def judged(
    text: str = "Milk is ₹62", ours: dict[str, Any] | None = None, *, rule: bool = False, **of: Any
) -> str:
    return verdicts.reply(ExpectsReply(**of), text, OURS | (ours or {}), by_rule=rule)


def test_a_reply_is_what_it_says() -> None:
    assert judged(containing=["milk", "62"], lacking=["curd"], matching=r"₹\d+", origin="knowledge") == ""
    assert "does not contain 'curd'" in judged(containing=["curd"])
    assert "contains 'milk'" in judged(lacking=["milk"])
    assert "does not match" in judged(matching="^62")


def test_a_reply_is_from_where_it_comes() -> None:
    assert judged(citing="PRICES") == ""
    assert "cites prices.xlsx, not faq" in judged(citing="faq")
    assert judged(origin="rule", rule=True, ours={"source": None}) == ""
    assert "comes from knowledge, not from rule" in judged(origin="rule")
    assert judged(origin="person", ours={"author": "agent", "source": "agent"}) == ""
    assert "cites nothing" in judged(origin="knowledge", ours={"citations": []})
    assert "does not see it yet" in verdicts.reply(ExpectsReply(origin="rule"), "a", None, by_rule=False)


def test_a_person_is_called_for_a_reason() -> None:
    waits = {"needs_person": True, "needs_person_reason": "no_answer"}
    assert verdicts.person(ExpectsPerson("no_ans"), waits) == ""
    assert "because of 'no_answer'" in verdicts.person(ExpectsPerson("asked"), waits)
    assert "no person" in verdicts.person(ExpectsPerson(), {"needs_person": False})


def test_facts_of_a_conversation() -> None:
    talk = {"contact": {"opted_out": True}, "mode": "ai"}
    assert verdicts.fact(ExpectsFact("opted_out", wanted=True), talk) == ""
    assert "not opted out" not in verdicts.fact(ExpectsFact("opted_out", wanted=False), talk)
    assert "the assistant answers" in verdicts.fact(ExpectsFact("human", wanted=True), talk)


def test_what_the_team_sees() -> None:
    def message(kind: str, **more: Any) -> dict[str, Any]:
        plain = {"direction": "in", "author": "customer", "text": "", "content": None, "client_id": None}
        return plain | {"kind": kind} | more

    seen = [message("quick_reply", text="Yes"), message("text", content={"edited": True}, text="Sunday")]
    assert verdicts.sight(ExpectsSight("button", "yes"), seen) == ""
    assert verdicts.sight(ExpectsSight("edited", "Sunday"), seen) == ""
    assert "no image" in verdicts.sight(ExpectsSight("image"), seen)
    assert "no echo" in verdicts.sight(ExpectsSight("echo"), seen)


def test_what_can_be_pressed() -> None:
    button = {"action": {"buttons": [{"type": "reply", "reply": {"id": "a", "title": "A"}}]}}
    rows = {"action": {"sections": [{"rows": [{"id": "r", "title": "R", "description": "d"}]}]}}
    shown = {"shown": {"buttons": [{"type": "QUICK_REPLY", "text": "Yes"}, {"type": "URL", "text": "Go"}]}}
    assert choices(button) == [("button_reply", {"id": "a", "title": "A"})]
    assert choices(rows) == [("list_reply", {"id": "r", "title": "R", "description": "d"})]
    assert choices(shown) == [("button", {"payload": "Yes", "text": "Yes"})]
    assert choices({"body": "words"}) == []
