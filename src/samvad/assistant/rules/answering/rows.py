"""What the cells of a table's row are: name, size, prices, stock and the rest."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from samvad.assistant.rules.answering.terms import all_terms
from samvad.assistant.rules.answering.types import Cell, Row
from samvad.kernel.facts import numbers, prices
from samvad.kernel.facts.reader import read
from samvad.kernel.facts.types import Fact, FactKind, Measure
from samvad.kernel.words import words

_NAMES = frozenset(
    words(
        """name item items product products service services title model treatment course package plan
        property
        dish unit flat apartment machine description particulars article producto servicio nombre produto nome
        servico produit nom nama barang tratamiento descripcion descricao material mercadoria subject room
        loaf cake piece task job part class activity menu vehicle home house"""
    )
)
_NO_NAMES = frozenset(words("id sku code no sr sl ref reference category section type status group codigo"))
_SIZES = frozenset(
    words(
        """pack size weight volume quantity qty unit capacity packing packaging variant tamano tamanho taille
        ukuran embalagem formato presentacion medida unidade unidad envase"""
    )
)
_STOCK = frozenset(
    words(
        """stock available availability status disponible disponibilidad disponibilidade disponivel estoque
        existencias stok"""
    )
)
_MONEY = frozenset({"~freight", "~price", "~fee", "~rent", "amount", "~deposit", "shill"})
_LONGEST_PRICE, _SHORT_PRICE = 40, 20  # with what else its cell says: "£38 (6 stems)"
_NUMBER = re.compile(rf"(?:{numbers.DIGITS})(?:{numbers.SCALE})?", re.IGNORECASE)


@lru_cache(maxsize=4096)
def row_of(fields: tuple[tuple[str, str], ...]) -> Row | None:
    """The parts of a row of at least two filled cells; None where no cell has a letter."""
    return _parts(_filled(fields))[0]


@lru_cache(maxsize=4096)
def cells_of(fields: tuple[tuple[str, str], ...]) -> tuple[Cell, ...]:
    """All cells with their facts; prices with currency and unit of their column, or of a column "Unit"."""
    row, cells = _parts(_filled(fields))
    if row is None:
        return tuple(cells)
    based = {cell.column: cell for cell in row.prices}
    return tuple(based.get(cell.column, cell) for cell in cells)


def _filled(fields: tuple[tuple[str, str], ...]) -> list[Cell]:
    return [_cell(column, text.strip()) for column, text in fields if text.strip() not in ("", "-", "—", "–")]


def _parts(cells: list[Cell]) -> tuple[Row | None, list[Cell]]:
    name = _name(cells)
    if name is None or len(cells) < 2:
        return None, cells
    rest = [cell for cell in cells if cell is not name]
    money = [cell for cell in rest if _is_price(cell)]
    stock = next((cell for cell in rest if cell not in money and _heads(cell, _STOCK)), None)
    size = next((cell for cell in rest if cell not in money and cell is not stock and _is_size(cell)), None)
    others = [cell for cell in rest if cell not in money and cell is not stock and cell is not size]
    basis = _basis(size)
    money = [_with_basis(cell, basis) for cell in money] if size and _heads(size, {"unit"}) else money
    return Row(name.text, size.text if size else "", tuple(money), stock, tuple(others)), cells


def _cell(column: str, text: str) -> Cell:
    """With its facts; a bare number under "Price (₹ per kg)" is that price."""
    facts = tuple(read(text))
    if _money_column(column):
        currency, basis = prices.currency_in(column), prices.basis_in(column)
        facts = tuple(_as_price(fact, currency, basis) for fact in facts)
    return Cell(column, text, facts)


def _as_price(fact: Fact, currency: str, basis: Measure | None) -> Fact:
    if fact.kind is FactKind.NUMBER and fact.amount is not None:
        return prices.price(fact.text, fact.amount, currency, basis=basis, start=fact.start, end=fact.end)
    if fact.kind is FactKind.PRICE:
        return replace(fact, unit=fact.unit or currency, basis=fact.basis or basis)
    return fact


def _money_column(column: str) -> bool:
    return bool(_MONEY & set(all_terms(column))) or bool(prices.currency_in(column))


def _is_price(cell: Cell) -> bool:
    """A cell under a word for money, or one that is little more than a price."""
    if _money_column(cell.column) and len(cell.text) <= _LONGEST_PRICE:
        return True
    found = [fact for fact in cell.facts if fact.kind is FactKind.PRICE]
    if found and found[0].start == 0 and len(cell.text) <= _SHORT_PRICE:
        return True
    return sum(len(fact.text) for fact in found) * 2 > len(cell.text)


def _is_size(cell: Cell) -> bool:
    if _heads(cell, _SIZES):
        return True
    return len(cell.text) <= 24 and any(
        fact.kind is FactKind.QUANTITY and fact.unit in {"g", "ml"} for fact in cell.facts
    )


def _heads(cell: Cell, names: Iterable[str]) -> bool:
    return bool(set(words(cell.column)) & set(names))


def _name(cells: Sequence[Cell]) -> Cell | None:
    """What a row is about: the column that says so, else the first of words that is no code."""
    texty = [cell for cell in cells if any(c.isalpha() for c in cell.text) and not _is_price(cell)]
    named = [
        cell for cell in texty if _heads(cell, _NAMES) and not _heads(cell, _SIZES - {"unit"} | _NO_NAMES)
    ]
    plain = [cell for cell in texty if not _heads(cell, _NO_NAMES)]
    return next(iter(named or plain or texty), None)


def _basis(size: Cell | None) -> Measure | None:
    """What one piece of a column "Unit" is: "kg" is 1 kg, "500 g" is itself."""
    if size is None:
        return None
    found = prices.basis_in(f"per {size.text}")
    return found


def _with_basis(cell: Cell, basis: Measure | None) -> Cell:
    facts = tuple(
        replace(fact, basis=fact.basis or basis) if fact.kind is FactKind.PRICE else fact
        for fact in cell.facts
    )
    return replace(cell, facts=facts)


def times(price: Fact, amount: Measure) -> Decimal | None:
    """What `amount` costs at a unit price; None where the price is not per that kind of unit."""
    if (
        price.basis is None
        or price.amount is None
        or price.basis.unit != amount.unit
        or not price.basis.amount
    ):
        return None
    return (price.amount * amount.amount / price.basis.amount).quantize(Decimal("0.01")).normalize()
