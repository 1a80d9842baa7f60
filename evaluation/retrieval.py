"""Fits and judges retrieval: `python -m evaluation.retrieval DATA [--write]`.

DATA holds covid_qa (docs.jsonl, dev.jsonl), covid_faq_pairs, banking77 and bitext (dev.jsonl each). Every
figure is of questions that the numbers behind it were not fitted on: documents, and intents, in five folds.
`--write` fits on all of them and writes rules/retrieval.json.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
import orjson
from numpy.typing import NDArray

from evaluation.vectors import Remembering
from samvad.knowledge.adapters import registry
from samvad.knowledge.adapters.documents import Document, document
from samvad.knowledge.adapters.readers.tables import faq
from samvad.knowledge.rules import model as fitted_model
from samvad.knowledge.rules.model import Arm, Model
from samvad.knowledge.rules.passages import indexed
from samvad.knowledge.rules.ranking import Candidate, features, fuse, margin, rank
from samvad.knowledge.service.library import Library
from samvad.knowledge.types import Passage

FOLDS, TOP = 5, 5
_ARTEFACT = Path(fitted_model.__file__).with_name("retrieval.json")
_WEIGHTS = [n / 10 for n in range(2, 10)]
_DRAW = random.Random(7)  # a draw that everybody can repeat

Numbers = NDArray[np.float64]
EMBEDDER = Remembering()
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to one library: what both arms brought, and which of it answers."""

    name: str  # of the set
    fold: int
    candidates: list[Candidate]
    answers: list[bool]
    answerable: bool


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("data", type=Path)
    told.add_argument("--write", action="store_true")
    told.add_argument("--vectors", type=Path, help="a file that keeps the vectors for the next run")
    arguments = told.parse_args()
    with EMBEDDER.kept_in(arguments.vectors):
        asked = [one for make in SETS for one in make(arguments.data)]
    by_set = _grouped(asked, lambda a: a.name)
    print(f"{'set':24}{'questions':>10}{'words':>8}{'vectors':>9}{'hybrid':>8}{'ECE 1st':>9}{'ECE top':>9}")
    held_out: dict[str, list[tuple[Asked, Model]]] = {name: [] for name in by_set}
    for fold in range(FOLDS):
        model = fit([a for a in asked if a.fold != fold])
        for name, ones in by_set.items():
            held_out[name] += [(a, model) for a in ones if a.fold == fold]
    for name, pairs in held_out.items():
        print(_line(name, pairs))
    print(_line("all", [pair for pairs in held_out.values() for pair in pairs]))
    final = fit(asked)
    print(f"weights fitted on all: text {final.weight}, FAQ {final.faq_weight}")
    if arguments.write:
        _write(final)


# --- the sets


def _rows(path: Path) -> list[dict[str, str]]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def _documents(data: Path) -> Iterator[Asked]:
    """Ten documents a library, as a small business has them; and each alone. A question is also asked
    where its document is missing: there nothing answers."""
    texts = {row["doc"]: row["text"] for row in _rows(data / "covid_qa" / "docs.jsonl")}
    questions = _grouped(_rows(data / "covid_qa" / "dev.jsonl"), lambda row: row["doc"])
    ids = list(texts)
    read = {doc: document(f"{doc}.txt", texts[doc].encode()) for doc in ids}
    groups = [ids[at : at + 10] for at in range(0, len(ids), 10)]
    for number, group in enumerate(groups):
        whole = Library.of({f"{doc}.txt": read[doc] for doc in group}, embedder=EMBEDDER)
        fold = number % FOLDS
        for doc in group:
            alone = Library.of({f"{doc}.txt": read[doc]}, embedder=EMBEDDER)
            for row in questions.get(doc, []):
                yield _ask("covid_qa", fold, whole, row["question"], _holding(row["answer"]))
                yield _ask("covid_qa, one document", fold, alone, row["question"], _holding(row["answer"]))
        for doc in groups[(number + FOLDS) % len(groups)]:
            for row in questions.get(doc, [])[:4]:
                yield _ask("covid_qa, not there", fold, whole, row["question"], lambda _: False)


def _holding(answer: str) -> Callable[[Passage], bool]:
    wanted = _spaced(answer)
    return lambda passage: wanted in _spaced(passage.text)


@cache
def _spaced(text: str) -> str:
    return " ".join(text.split())


def _faq_pairs(data: Path) -> Iterator[Asked]:
    rows = _rows(data / "covid_faq_pairs" / "dev.jsonl")
    known = list(dict.fromkeys(row["question_1"] for row in rows))
    library = _faq_library(known)
    alike = _grouped([r for r in rows if r["similar"] == "1"], lambda row: row["question_2"])
    for number, question in enumerate(dict.fromkeys(row["question_2"] for row in rows)):
        right = {row["question_1"] for row in alike.get(question, [])}
        if right:
            yield _ask("covid_faq_pairs", number % FOLDS, library, question, _among(right))


def _among(right: set[str]) -> Callable[[Passage], bool]:
    return lambda passage: passage.fields[0][1] in right


def _faq_library(questions: Sequence[str]) -> Library:
    pieces = [faq(question, "") for question in questions]
    passages = [indexed(piece, registry.tokens()) for piece in pieces]
    return Library.of({"faq": Document("csv", passages, False, 0)}, embedder=EMBEDDER)


def _intents(name: str) -> Callable[[Path], Iterator[Asked]]:
    """A FAQ of one question an intent, found by other people's words for it; a fifth of the intents has
    no entry, so that their questions have no answer."""

    def ask(data: Path) -> Iterator[Asked]:
        texts = _grouped(_rows(data / name / "dev.jsonl"), lambda row: row["label"])
        labels = sorted(texts)
        entries = {label: _DRAW.choice(texts[label])["text"] for label in labels}
        whole = _faq_library([entries[label] for label in labels])
        missing = labels[::5]
        partial = _faq_library([entries[label] for label in labels if label not in missing])
        for number, label in enumerate(labels):
            for row in _DRAW.sample([r for r in texts[label] if r["text"] != entries[label]], 20):
                right = _among({entries[label]})
                yield _ask(name, number % FOLDS, whole, row["text"], right)
                if label in missing:
                    yield _ask(f"{name}, not there", number // 5 % FOLDS, partial, row["text"], right)

    return ask


SETS = (_documents, _faq_pairs, _intents("banking77"), _intents("bitext"))


def _ask(name: str, fold: int, library: Library, question: str, right: Callable[[Passage], bool]) -> Asked:
    found = library.candidates(question)
    answers = [right(passage) for passage, _ in found]
    return Asked(name, fold, [c for _, c in found], answers, any(map(right, library.passages)))


# --- fitting


def fit(asked: Sequence[Asked]) -> Model:
    """The weights with the best recall, then the logistic models on what they rank first."""
    start = Model(0.5, 0.5, Arm(0, ()), Arm(0, ()))
    text = _best_weight([a for a in asked if not a.candidates[0].faq], lambda w: replace(start, weight=w))
    short = _best_weight([a for a in asked if a.candidates[0].faq], lambda w: replace(start, faq_weight=w))
    model = replace(start, weight=text, faq_weight=short)
    near = [a for a in asked if a.candidates[0].vector is not None]
    return replace(model, both=_arm(near, model), words=_arm([_without_vectors(a) for a in asked], model))


def _best_weight(asked: Sequence[Asked], model_with: Callable[[float], Model]) -> float:
    """By mean reciprocal rank within the top five, which moves where recall alone stands still."""
    return max(_WEIGHTS, key=lambda w: sum(_gain(a, model_with(w)) for a in asked if a.answerable))


def _gain(asked: Asked, model: Model) -> float:
    place = next((n for n, i in enumerate(_order(asked, model)[:TOP]) if asked.answers[i]), None)
    return 0.0 if place is None else 1 + 1 / (1 + place)


def _order(asked: Asked, model: Model) -> list[int]:
    fused = fuse(asked.candidates, model)
    return sorted(range(len(fused)), key=lambda i: (-fused[i], i))


def _without_vectors(asked: Asked) -> Asked:
    return replace(asked, candidates=[replace(c, vector=None) for c in asked.candidates])


def _arm(asked: Sequence[Asked], model: Model) -> Arm:
    rows = [row for a in asked for row in _judged(a, model)]
    bias, *factors = _logistic(np.array([f for f, _ in rows]), np.array([y for _, y in rows], float))
    return Arm(bias, tuple(factors))


def _judged(asked: Asked, model: Model) -> list[tuple[tuple[float, ...], bool]]:
    fused = fuse(asked.candidates, model)
    return [
        (features(asked.candidates[i], margin(fused, i)), asked.answers[i])
        for i in _order(asked, model)[:TOP]
    ]


def _logistic(x: Numbers, y: Numbers, *, ridge: float = 1.0) -> list[float]:
    """Newton's method with a little ridge; the bias comes first."""
    x = np.column_stack([np.ones(len(x)), x])
    beta = np.zeros(x.shape[1])
    penalty = np.diag([0.0, *[ridge] * (x.shape[1] - 1)])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ beta))
        step = np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + penalty, x.T @ (y - p) - penalty @ beta)
        beta = beta + step
        if float(np.abs(step).max()) < 1e-8:
            break
    return [float(b) for b in beta]


# --- judging


def _line(name: str, pairs: Sequence[tuple[Asked, Model]]) -> str:
    answerable = [(a, m) for a, m in pairs if a.answerable]
    recalls = [
        _recall(answerable, change)
        for change in (
            lambda m: replace(m, weight=0.0, faq_weight=0.0),
            lambda m: replace(m, weight=1.0, faq_weight=1.0),
            lambda m: m,
        )
    ]
    shown = (
        "".join(f"{r:{w}.3f}" for r, w in zip(recalls, (8, 9, 8), strict=True)) if answerable else " " * 25
    )
    return f"{name:24}{len(pairs):10}{shown}{_ece(pairs, 1):9.3f}{_ece(pairs, TOP):9.3f}"


def _recall(pairs: Sequence[tuple[Asked, Model]], change: Callable[[Model], Model]) -> float:
    if not pairs:
        return 0.0
    return sum(any(a.answers[i] for i in _order(a, change(m))[:TOP]) for a, m in pairs) / len(pairs)


def _ece(pairs: Sequence[tuple[Asked, Model]], top: int) -> float:
    """Expected calibration error of the first `top` scores, over ten bins of equal width."""
    said, true = [], []
    for asked, model in pairs:
        ranked = rank(asked.candidates, model)[:top]
        said += [score for _, score in ranked]
        true += [asked.answers[i] for i, _ in ranked]
    p, y = np.array(said), np.array(true, float)
    bins = np.minimum((p * 10).astype(int), 9)
    return float(sum(abs(p[bins == b].sum() - y[bins == b].sum()) for b in range(10)) / len(p))


def _grouped(rows: Sequence[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    groups: defaultdict[K, list[T]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return dict(groups)


def _write(model: Model) -> None:
    rounded = {
        "weight": model.weight,
        "faq_weight": model.faq_weight,
        **{
            name: {"bias": round(arm.bias, 4), "factors": [round(f, 4) for f in arm.factors]}
            for name, arm in (("both", model.both), ("words", model.words))
        },
    }
    _ARTEFACT.write_bytes(orjson.dumps(rounded, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    print(f"written: {_ARTEFACT.name}")


if __name__ == "__main__":
    main()
