"""Passages made by hand: what a small dairy knows."""

from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

from samvad.assistant.rules.answering.types import Answer
from samvad.assistant.rules.grounded import Business, grounded
from samvad.kernel.language import Language
from samvad.knowledge.types import Found, Passage, PassageKind

DAIRY = Business("Shubhra Dairy", "INR", "IN")


def passage(
    source: str,
    text: str,
    *,
    kind: PassageKind = PassageKind.TEXT,
    heading: str = "",
    fields: tuple[tuple[str, str], ...] = (),
    superseded: bool = False,
) -> Passage:
    id = uuid5(NAMESPACE_URL, f"{source} {text}")
    return Passage(
        id, source, uuid5(NAMESPACE_URL, source), 0, kind, text,
        heading=heading, fields=fields, superseded=superseded,
    )  # fmt: skip


def row(source: str, heading: str = "", *, superseded: bool = False, **cells: str) -> Passage:
    fields = tuple((name.replace("_", " "), cell) for name, cell in cells.items())
    text = "; ".join(f"{name}: {cell}" for name, cell in fields)
    return passage(source, text, kind=PassageKind.ROW, heading=heading, fields=fields, superseded=superseded)


def faq(source: str, question: str, answer: str) -> Passage:
    fields = (("question", question), ("answer", answer))
    return passage(source, f"{question}\n{answer}", kind=PassageKind.FAQ, fields=fields)


SHELF = [
    row("prices.xlsx", "Paneer", Item="Fresh paneer", Pack="200 g pack", **{"Price (₹)": "92"}),
    row("prices.xlsx", "Paneer", Item="Fresh paneer", Pack="1 kg block", **{"Price (₹)": "420"}),
    row("prices.xlsx", "Paneer", Item="Malai paneer", Pack="1 kg block", **{"Price (₹)": "480"}),
    row("prices.xlsx", "Sweets", Item="Gulab jamun", Pack="12 pieces", **{"Price (₹)": "180"}),
    row("prices.xlsx", "Sweets", Item="Gajar halwa", Pack="500 g box", Remark="only November to February",
        **{"Price (₹)": "240"}),
    row("loose.csv", "Loose", Item="Cashew nuts", Unit="kg", Price="₹900", Stock="in stock"),
    row("loose.csv", "Loose", Item="Raisins", Unit="kg", Price="₹400", Stock="sold out"),
    row("old.pdf", superseded=True, Item="Gulab jamun", Pack="12 pieces", Price="Rs 150"),
    row("delivery.docx", "Where we deliver", Area="Kothrud", Morning_round="5:30 to 7:30",
        Delivery_charge="free from ₹200, else ₹20"),
    passage(
        "delivery.docx",
        "We do not deliver to Hinjewadi, Wakad and Baner.\nThe smallest order for delivery is ₹100.",
        heading="Delivery",
    ),
    passage(
        "about.txt",
        "Shop: 14 Neelkamal Lane, behind the post office, Karve Nagar, Pune 411052.\n"
        "Telephone and WhatsApp: +91 99999 00042\nE-mail: namaste@shubhradairy.example\n\n"
        "Opening hours\nMonday to Saturday: 6:00 to 21:30.\nSunday: 6:00 to 13:00.",
    ),
    faq("faq.md", "Is the tofu vegan?",
        "Yes, the tofu is made of soya and water. We do not sell almond milk or oat milk."),
    faq("faq.md", "Can I return ghee?", "Unopened ghee can be returned within 7 days with the receipt."),
]  # fmt: skip


def found(shelf: Sequence[Passage] = tuple(SHELF)) -> list[Found]:
    """All of the shelf, alike in score: what is told apart is told apart by the answer's own rules."""
    return [Found(one, 0.5) for one in shelf]


def ask(
    text: str, *, language: Language = Language.ENGLISH, shelf: Sequence[Passage] = tuple(SHELF)
) -> Answer:
    return grounded(text, found(shelf), language=language, business=DAIRY)
