"""What a table's row says to a question, in the row's own words."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from samvad.assistant.rules.answering import wording
from samvad.assistant.rules.answering.columns import narrowed, of_amount
from samvad.assistant.rules.answering.expected import tells
from samvad.assistant.rules.answering.rows import times
from samvad.assistant.rules.answering.terms import held, terms, written
from samvad.assistant.rules.answering.types import Asked, Candidate, Cell, Question, Row
from samvad.kernel.facts.prices import price
from samvad.kernel.facts.reader import read
from samvad.kernel.facts.types import Fact, FactKind
from samvad.kernel.language import Language
from samvad.kernel.words import words

LONGEST = 280
LONGEST_REMARK = 60
_WHEN = (Asked.HOURS, Asked.DATE, Asked.DURATION, Asked.COUNT)
_SIGNS = {"INR": "₹", "USD": "$", "EUR": "€", "GBP": "£", "BRL": "R$ ", "IDR": "Rp "}
_REMARKS = frozenset(
    words(
        """remark remarks note notes comment comments condition conditions details detail info nota notas
        aviso observaciones observacion observacao observacoes obs"""
    )
)
_GONE = re.compile(
    r"\b(?:sold|rented|let|reserved|booked|taken|no|not|out|unavailable|discontinued|nil|none|agotado|esgotado|habis|false)\b|^0$",
    re.IGNORECASE,
)
_QUALIFIED = re.compile(r"[(/]|\bper\b|\bin\b", re.IGNORECASE)
_PEOPLE = frozenset(
    {"~teacher", "~trainer", "~staff", "~worker", "~owner", "~doctor", "~technician", "~contact"}
)
_NONE = re.compile(r"(?:no|free|gratis|included|sin|sem|sans)\b", re.IGNORECASE)
_NO_MATTER = frozenset(words("id sku code no sr sl hsn category section ref reference codigo"))


def said(question: Question, spans: Sequence[Candidate]) -> str | None:
    """One text for rows that fit alike; None when it would be too long."""
    rows = [span.row for span in spans if span.row]
    if len(rows) == 1 and question.asked is Asked.PRICE:
        text = _price(question, rows[0])
        if text is not None:
            return text
    lines = [line(question, row) for row in rows]
    plain = not any(named_cells(question, row) or is_gone(row) for row in rows)
    if question.asked is Asked.STOCK and plain:
        text = wording.worded(wording.HAVE, question.language, items="; ".join(lines))
    else:
        text = "; ".join(lines) + "."
    return text if len(text) <= LONGEST else None


def labelled(row: Row, parts: Sequence[str]) -> str:
    label = row.label if row.size and not _unit(row) else row.name
    return f"{label}: {', '.join(parts)}" if parts else label


def names(question: Question, known: Sequence[str]) -> str | None:
    """That there are these things, where all that is known of each would be too long."""
    joint = "; " if any("," in name for name in known) else ", "
    text = wording.worded(wording.HAVE, question.language, items=joint.join(known))
    return text if len(text) <= LONGEST else None


def line(question: Question, row: Row) -> str:
    """The row's label and the cells that matter, the asked ones first."""
    cells = list(dict.fromkeys(asked_cells(question, row)))
    parts = [cell_text(cell, row, question.language) for cell in cells]
    parts += [cell.text for cell in remarks(row) if cell not in cells]
    return labelled(row, parts)


def is_gone(row: Row) -> bool:
    """Whether the row itself says that the thing is not to be had."""
    return row.stock is not None and bool(_GONE.search(row.stock.text))


def _every(row: Row) -> list[Cell]:
    return [*row.prices, *([row.stock] if row.stock else []), *row.others]


def named_cells(question: Question, row: Row) -> list[Cell]:
    return [cell for cell in _every(row) if _named(question, cell, row)]


def asked_cells(question: Question, row: Row) -> list[Cell]:
    every, named = _every(row), named_cells(question, row)
    if question.asked in (Asked.PRICE, Asked.WHAT) and (sized := of_amount(question, every)):
        return sized
    if question.asked is Asked.PRICE:
        return narrowed(question, row.prices) or named or _as_fit(row, row.others)
    if question.asked is Asked.STOCK:
        return [*named, *([row.stock] if row.stock else []), *row.prices]
    if question.asked in _WHEN:
        fitting = [cell for cell in row.others if tells(question, cell.facts, cell.text)]
        return [cell for cell in named if cell in fitting] or fitting or named or [*row.prices]
    if question.asked is Asked.PERSON:
        who = [cell for cell in row.others if _PEOPLE & set(terms(cell.column))]
        return who or named or [*row.prices]
    if question.asked is Asked.WHAT and all(cell in row.prices for cell in named):
        return narrowed(question, row.prices) or _as_fit(row, row.others)
    return named or _as_fit(row, [cell for cell in every if not is_idle(cell)])


def _as_fit(row: Row, cells: Sequence[Cell]) -> list[Cell]:
    kept: list[Cell] = []
    length = len(row.label)
    for cell in cells:
        length += len(cell.column) + len(cell.text) + 3
        if length > LONGEST - 10:
            break
        kept.append(cell)
    return kept


def _named(question: Question, cell: Cell, row: Row) -> bool:
    """Whether the question speaks of the cell's column, words or weekday, not only of the thing itself."""
    if question.days and any(fact.kind is FactKind.WEEKDAY for fact in cell.facts):
        return True
    thing = written(f"{row.name} {row.size}", question.language)
    heads = written(cell.column if cell in row.prices else f"{cell.column} {cell.text}", question.language)
    return any(held(t.word, heads) and not held(t.word, thing) for t in question.terms)


def is_idle(cell: Cell) -> bool:
    return bool(_NO_MATTER & set(words(cell.column)))


def remarks(row: Row) -> Iterable[Cell]:
    for cell in row.others:
        if _REMARKS & set(words(cell.column)) and len(cell.text) <= LONGEST_REMARK:
            yield cell


def cell_text(cell: Cell, row: Row, language: Language) -> str:
    if cell in row.prices:
        shown = price_text(cell, row, language)
        if len(row.prices) == 1 and any(fact.kind is FactKind.PRICE for fact in cell.facts):
            return shown
        return _priced(cell.column, shown) if cell.column else shown
    if _REMARKS & set(words(cell.column)) or not cell.column or cell is row.stock:
        return cell.text
    if _NONE.match(cell.text):
        return cell.text
    return f"{_title(cell.column)} {cell.text}"


def _priced(column: str, shown: str) -> str:
    """ "Lease per month ($)" over "$89 per month" says its unit once."""
    title = _title(column)
    cut = title.rfind(" per ")
    return f"{title[:cut] if cut > 0 and title[cut:] in shown.lower() else title} {shown}"


def _title(column: str) -> str:
    return column.split("(")[0].strip().lower() or column


def price_text(cell: Cell, row: Row, language: Language) -> str:
    """The cell with the currency and the unit that its column or the column "Unit" names."""
    found = [fact for fact in cell.facts if fact.kind is FactKind.PRICE]
    if not found:
        return cell.text
    fact, text = found[0], cell.text
    if (
        len(found) == 1
        and fact.unit
        and text.strip() == fact.text
        and text[0].isdigit()
        and fact.text[-1].isdigit()
    ):
        text = f"{_SIGNS.get(fact.unit, fact.unit + ' ')}{text}"
    unit = _unit(row)
    if fact.basis and unit and " per " not in text and "/" not in text:
        text = f"{text} {wording.PER[language]} {unit}"
    elif fact.basis and not unit and fact.basis and not _says_basis(text):
        text = f"{text} {_per_of(cell.column, language)}".strip()
    return text


def _says_basis(text: str) -> bool:
    return bool(set(words(text)) & {"per", "each", "a", "an", "por"}) or "/" in text


def _per_of(column: str, language: Language) -> str:
    at = column.lower().find("per ")
    if at >= 0:
        return f"{wording.PER[language]} {column[at + 4 :].split('(')[0].strip(' )')}"
    slash = column.find("/")
    return f"{wording.PER[language]} {column[slash + 1 :].strip(' )')}" if slash >= 0 else ""


def _unit(row: Row) -> str:
    """The words of a column "Unit" where prices are per that unit: "kg", "500 g"."""
    based = any(fact.basis for cell in row.prices for fact in cell.facts)
    return row.size if row.size and based else ""


def _price(question: Question, row: Row) -> str | None:
    cells = asked_cells(question, row)
    if len(cells) != 1 or cells[0] not in row.prices:
        return None
    noted = "".join(f" ({cell.text})" for cell in remarks(row))
    item = row.name if _unit(row) else row.label
    shown_price = price_text(cells[0], row, question.language)
    if not _plain(cells[0]):
        return f"{item}: {_title(cells[0].column)} {shown_price}{noted}."
    total = computed(question, cells[0])
    if total is not None:
        fact, worth = total
        shown = f"{_SIGNS.get(fact.unit, fact.unit + ' ')}{worth:f}"
        return wording.worded(
            wording.SUM,
            question.language,
            item=item,
            price=shown_price,
            amount=question.amount_text,
            total=shown,
        )
    return wording.worded(wording.PRICE, question.language, item=item, price=shown_price) + noted


def _plain(cell: Cell) -> bool:
    """Whether the cell is simply the price of the thing, not a deposit or a condition."""
    prices = [fact for fact in cell.facts if fact.kind is FactKind.PRICE]
    return len(prices) == 1 and set(terms(_QUALIFIED.split(cell.column)[0])) <= {"~price"}


def computed(question: Question, cell: Cell) -> tuple[Fact, Decimal] | None:
    """The price that a sum rests on and the sum, when an amount other than the unit itself is asked."""
    found = [fact for fact in cell.facts if fact.kind is FactKind.PRICE]
    if question.amount is None or len(found) != 1 or not found[0].unit:
        return None
    worth = times(found[0], question.amount)
    if worth is None or found[0].basis == question.amount:
        return None
    return found[0], worth


def worked_out(question: Question, rows: Sequence[Row]) -> tuple[Fact, ...]:
    """The facts of `said` that stand in no record: a sum and the asked amount."""
    if len(rows) != 1 or question.asked is not Asked.PRICE or question.amount is None:
        return ()
    cells = asked_cells(question, rows[0])
    total = computed(question, cells[0]) if len(cells) == 1 else None
    if total is None:
        return ()
    sum_of_ours = price("", total[1], total[0].unit, basis=None)
    return (sum_of_ours, *read(question.amount_text))
