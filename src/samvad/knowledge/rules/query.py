"""A question as the index sees it: its terms and how rare each is here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from samvad.knowledge.rules.bm25 import HIGHEST, rarities
from samvad.knowledge.rules.text import is_english, question_terms


@dataclass(frozen=True, slots=True)
class Query:
    text: str
    english: bool  # only then has it a vector
    rarity: Mapping[str, float]
    holding: Mapping[str, int]  # passages that hold a term

    def leading(self, most: int) -> dict[str, float]:
        """The rarest terms, whose passages number at most `most` together; one at least.

        They find the candidates. A term that many passages hold says little and costs much to follow.
        """
        chosen: dict[str, float] = {}
        read = 0
        for term in sorted(self.rarity, key=lambda t: (-self.rarity[t], t)):
            read += self.holding.get(term, 0)
            if read > most and any(self.holding.get(t) for t in chosen):
                break
            chosen[term] = self.rarity[term]
        return chosen

    def share(self, lexical: float) -> float:
        """A BM25 score as a share of the highest that this question could give."""
        whole = HIGHEST * sum(self.rarity.values())
        return lexical / whole if whole else 0.0

    def coverage(self, held: Collection[str]) -> float:
        """Of what the question asks for, by rarity, the share that a passage with these terms holds."""
        whole = sum(self.rarity.values())
        return sum(rare for term, rare in self.rarity.items() if term in held) / whole if whole else 0.0


def ask(question: str, holding: Mapping[str, int], passages: int) -> Query:
    """`holding`: how many of the `passages` hold a term."""
    english = is_english(question)
    found = question_terms(question, english=english)
    return Query(question, english, rarities(found, holding, passages), holding)
