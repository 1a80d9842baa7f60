"""Which rule a burst meets."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from samvad.assistant.rules.matching import fault_of, match
from samvad.assistant.types import Action, Match, Rule
from samvad.kernel.ids import new_id
from tests.assistant.builtin_rules import RULES

FOLDER = Path(__file__).parent


def rule(*phrases: str, kind: Match = Match.PHRASE, action: Action = Action.REPLY, position: int = 1) -> Rule:
    return Rule(
        id=new_id(), name="r", match=kind, phrases=phrases, action=action, text="t", texts={}, topic=None,
        position=position, enabled=True, builtin=None,
    )  # fmt: skip


def met(burst: str | Sequence[str], rules: Sequence[Rule] = RULES) -> str | None:
    found = match(rules, [burst] if isinstance(burst, str) else burst)
    return found.rule.builtin if found else None


def hits(burst: str | Sequence[str], *phrases: str, **more: Match | Action) -> bool:
    return match([rule(*phrases, **more)], [burst] if isinstance(burst, str) else burst) is not None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expected", "examples"),
    [
        ("greeting", "hi; hello; namaste; Hi there; hello ji 🙏; hey!!"),
        ("greeting", "HELLO sir; hiiii; hola; olá; bonjour; नमस्ते"),
        ("greeting", "नमस्ते जी; halo kak; مرحبا; السلام عليكم; good morning"),
        ("greeting", "buenos días; 👋; 👋🏽; oi; selamat pagi"),
        ("pricing", "price; cost; how much; Price?"),
        ("pricing", "price please; hi, price; what is the price; how much is it"),
        ("pricing", "precio; cuánto cuesta; preço; quanto custa"),
        ("pricing", "prix; combien; कीमत; दाम क्या है; kitne ka hai"),
        ("pricing", "harga; berapa harganya kak; harganya"),
        ("pricing", "السعر; بكم; كم السعر; can you give me the price"),
        ("demo", "demo; trial; show me; Demo please; I want a demo"),
        ("demo", "demo chahiye; डेमो; démo; demonstração; prueba"),
        ("demo", "mujhe demo dikhao; uji coba; تجربة"),
        ("support", "help; issue; broken; help me please; I need help"),
        ("support", "it is broken; ayuda; ajuda; aide; मदद; madad"),
        ("support", "bantuan; مساعدة; no funciona; मदद चाहिए"),
        ("opt_out", "stop; unsubscribe; STOP!; stop please"),
        ("opt_in", "start; unstop"),
        ("bye", "bye; thanks; done; ok thanks bye; thank you!"),
        ("bye", "gracias; obrigado; merci; धन्यवाद; terima kasih; شكرا"),
        ("bye", "👍; 🙏; ok"),
        ("order_status", "where is my order; order status; order; dónde está mi pedido?; cadê meu pedido"),
        ("order_status", "où est ma commande; मेरा ऑर्डर कहाँ है"),
        ("order_status", "mera order kahan hai; pesanan saya di mana; أين طلبي"),
        ("order_status", "Hello, where is my order 4411? I paid on Monday."),
    ],
)  # fmt: skip
def test_triggers_meet_their_rule(expected: str, examples: str) -> None:
    wrong = [(said, met(said)) for said in examples.split("; ") if met(said) != expected]
    assert wrong == []


@pytest.mark.parametrize(
    "burst",
    [
        ["hi", "is the flat free on Sunday?"],
        ["hi, do you sell cheese"],
        ["the bus stop is near"],
        ["I need a stop valve"],
        ["show me red shoes"],
        ["my broken phone is at your shop since Monday"],
        ["thanks, but when will it arrive?"],
        ["trial balance and tax filing, do you do that?"],
        [""],
        [],
        ["12345"],
        ["hint"],
        ["demonetisation"],
        ["his and hers"],
    ],
)
def test_a_trigger_among_other_content_is_not_one(burst: list[str]) -> None:
    assert met(burst) is None


def test_every_line_of_the_menu_leads_on() -> None:
    greeting = next(r for r in RULES if r.builtin == "greeting")
    ways = ["pricing", "order_status", "demo", "support", "human"]
    for language, text in greeting.texts.items():
        assert [met(line.strip()) for line in text.split("•")[1:]] == ways, language


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr", "hi", "hinglish", "id", "ar"])
def test_a_person_is_reached_in_one_message(language: str) -> None:
    said = [s for s in (FOLDER / "human" / f"{language}.txt").read_text("utf-8").splitlines() if s]
    assert len(said) >= 25
    assert [s for s in said if met(s) != "human"] == []
    assert [s for s in said if met(["hola", s]) != "human"] == []


def test_other_chat_does_not_ask_for_a_person() -> None:
    files = (FOLDER.parent / "contacts" / "consent" / "neither.txt", FOLDER / "human" / "not.txt")
    said = [line for file in files for line in file.read_text("utf-8").splitlines()]
    calls = {"मैसेज मत करो, कॉल करो", "message mat karo call karo"}  # these ask for a call
    assert [s for s in said if s and s not in calls and met(s) == "human"] == []


def test_the_first_by_position_wins() -> None:
    late, early = rule("hello", position=9), rule("hello", position=2)
    found = match([late, early], ["hello"])
    assert found
    assert found.rule is early
    assert match([replace(early, enabled=False)], ["hello"]) is None


def test_phrases_are_whole_words_over_the_whole_burst() -> None:
    assert hits(["when are", "you open?"], "when are you open")
    assert hits("Wann?? Café-Zeit heute", "cafe zeit")
    assert hits("क्या आप खुले हैं आज", "खुले हैं")
    assert not hits("impersonal touch", "personal touch")
    assert not hits("personal loan", "person")
    assert not hits("खुले हैंड", "खुले हैं")


def test_a_phrase_marked_alone_and_a_sign() -> None:
    assert hits("please show me!", "=show me")
    assert not hits("show me shoes", "=show me")
    assert hits("🍕", "🍕")
    assert not hits("🍕 today", "🍕")


def test_consent_rules_want_the_bare_word() -> None:
    assert hits("I want to stop", "stop", action=Action.REPLY)
    assert not hits("I want to stop", "stop", action=Action.OPT_OUT)
    assert hits("ok stop please", "stop", action=Action.OPT_OUT)


def test_expressions_are_searched_as_written_and_in_bare_words() -> None:
    assert hits("Order #4411 please", r"#\d{4}", kind=Match.REGEX)
    assert hits("¿DÓNDE está?", r"donde esta", kind=Match.REGEX)
    assert hits(["first", "second"], r"first\nsecond", kind=Match.REGEX)
    assert not hits("no digits", r"\d", kind=Match.REGEX)


@pytest.mark.parametrize("pattern", ["(", "[a", "(?=x)", r"\1", "a{2,1}", "x*", "", "(?P<n>a", "a{1001}"])
def test_unusable_expressions_are_named(pattern: str) -> None:
    assert fault_of(pattern)


def test_hostile_texts_and_expressions_stay_linear() -> None:
    """With a backtracking engine this test would not end."""
    assert fault_of("(a+)+$") is None
    assert not hits("a" * 4000 + "b", "^(a+)+$", kind=Match.REGEX)
    assert met("stop " * 800 + "\ud800 \x00") == "opt_out"
    assert met(["talk to " * 500]) is None
