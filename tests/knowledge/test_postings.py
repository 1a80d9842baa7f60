"""How the index packs where terms stand, and that the database reads it as it was packed."""

from samvad.kernel.ids import TenantId
from samvad.knowledge.repository.search import Index
from samvad.knowledge.rules.bm25 import HIGHEST, weights
from samvad.knowledge.rules.postings import BLOCK, is_at, packed, weight
from samvad.knowledge.rules.text import terms
from tests.knowledge.conftest import Room


def test_a_block_tells_each_place_and_its_weight() -> None:
    given = {0: 0.5, BLOCK - 1: HIGHEST, BLOCK: 1e-9, 5 * BLOCK + 7: 1.2345}
    blocks = packed(given)
    assert {block: len(ones) for block, ones in blocks.items()} == {0: 2, 1: 1, 5: 1}
    for position, said in given.items():
        (one,) = [one for one in blocks[position // BLOCK] if is_at(one, position)]
        assert abs(weight(one) - said) <= HIGHEST / 65535
        assert weight(one) > 0


def test_a_block_is_ordered_and_fits_an_index() -> None:
    ((_, ones),) = packed(dict.fromkeys(reversed(range(BLOCK)), HIGHEST)).items()
    assert ones == sorted(ones)
    assert 4 * len(ones) + 24 < 1000  # bytes; an entry of an index has at most 2,704
    assert max(ones) < 1 << 31


async def test_each_passage_of_a_long_source_is_measured_as_it_was_weighed(
    room: Room, tenant: TenantId
) -> None:
    texts = [f"entry number{at} {'milk ' * (at % 3)}{'ghee' if at % 50 == 0 else ''}" for at in range(300)]
    await room.added(tenant, "list.csv", "item,kind\n" + "".join(f"{text},food\n" for text in texts))
    asked = ["milk", "ghee", "number130", "nowhere"]
    async with room.database.reading(tenant) as scope:
        index = Index(scope, vectors=True)
        places = await index.by_words(dict.fromkeys(["entri"], 1.0), 300)
        found = await index.weights(places, asked)
        exact = await index.by_words({"number130": 5.0, "milk": 1.0}, 10)
    assert len(places) == len(found) == 300
    for number, place in enumerate(places):
        true = weights(terms(f"item {texts[place.position]} kind food", english=True))
        assert set(found[number]) == set(asked) & set(true)
        assert all(abs(w - true[term]) < 1e-4 for term, w in found[number].items())
    assert exact[0].position == 130
