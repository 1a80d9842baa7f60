"""For each task of `samvad ai`: options and rows on which it must have an opinion."""

from collections.abc import Mapping, Sequence
from pathlib import Path

Rows = Sequence[Mapping[str, object]]


def texts(*said: str) -> Rows:
    return [{"id": number, "text": text} for number, text in enumerate(said)]


KNOWLEDGE = str(Path(__file__).parent / "shop")  # so small that the model has read it in a moment

ROWS: Mapping[str, tuple[Sequence[str], Rows]] = {
    "optout": (
        (),
        texts(
            "STOP",
            "hello, I got your number from a friend and please stop sending me messages about the flats",
            "how much is the two litre bottle?",
            "stop message",
            "can you message me when the bus stops there",
        ),
    ),
    "language": (
        (),
        texts("where is my order", "ok", "कितना लगेगा", "cuánto cuesta el envío", "merci", "हाँ"),
    ),
    "answer": (
        ("--knowledge", KNOWLEDGE),
        texts("how much is a white sourdough?", "when do you open on sunday?", "do you sell oysters?", "???"),
    ),
    "retrieve": (
        ("--knowledge", KNOWLEDGE, "--top-k", "2"),
        texts("do you bake sourdough?", "when do you open?", "how do I fly to the moon?", "पाव रोटी"),
    ),
}
