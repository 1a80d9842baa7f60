"""The search of the database: the same as that of the library in memory, whatever else is stored."""

from pathlib import Path

import pytest

from samvad.kernel.ids import TenantId
from samvad.knowledge.rules.nearness import pays
from samvad.knowledge.service.library import Library
from samvad.knowledge.service.search import EXHAUSTIVE, Limits, Search
from samvad.knowledge.types import Counts, Found
from tests.conftest import make_tenant
from tests.knowledge.conftest import Room, here

GOODS = ("milk", "paneer", "ghee", "butter", "curd", "cream", "khoya", "lassi", "whey", "cheese")
PRICES = "item,price,about\n" + "".join(
    f"{good} {size} ml,Rs. {size // 10 + at},{'sold on Sunday' if at % 3 else 'sold every day'}\n"
    for at, good in enumerate(GOODS)
    for size in range(100, 2600, 300)
)
HOURS = "We are open from nine to six. On Sunday we sell milk until noon.\n\nGhee is made on Fridays."
ASKED = (
    "what does ghee 700 ml cost",
    "open on sunday",
    "when is ghee made",
    "पनीर 400",
    "something sour to drink",
)


def shown(found: list[Found]) -> list[tuple[str, int]]:
    return [(f.passage.source, f.passage.position) for f in found]


async def test_the_database_ranks_as_the_library_in_memory_does(
    room: Room, tenant: TenantId, tmp_path: Path
) -> None:
    files = {"hours.txt": HOURS, "prices.csv": PRICES}
    other = await make_tenant(room.database, slug="other")
    await room.added(other, "prices.csv", PRICES)
    for name, text in files.items():
        (tmp_path / name).write_text(text)
        await room.added(tenant, name, text)
    library = Library.read(tmp_path)
    for question in ASKED:
        expected = library.search(question)
        found = await room.finder.search(question, tenant=tenant)
        assert [f.score for f in found] == pytest.approx([f.score for f in expected], abs=0.002)
        assert shown(found)[0] == shown(expected)[0]


async def test_rare_words_find_what_a_full_reading_finds(room: Room, tenant: TenantId) -> None:
    await room.added(tenant, "prices.csv", PRICES)
    short = Search(room.database, here, Limits(postings=30))
    full = Search(room.database, here, EXHAUSTIVE)
    for question in ("khoya 700 ml price", "whey sold every day"):
        expected = await full.search(question, tenant=tenant)
        assert shown(await short.search(question, tenant=tenant))[0] == shown(expected)[0]


@pytest.mark.parametrize(
    ("windows", "stored", "asked"),
    [(100_000, 200_000, True), (100_000, 1_000_000, True), (30_000, 1_000_000, False), (100_000, -1, True)],
)
def test_the_shared_index_is_asked_by_who_owns_enough_of_it(windows: int, stored: int, asked: bool) -> None:
    assert pays(Counts(windows, windows, stored, {})) is asked
