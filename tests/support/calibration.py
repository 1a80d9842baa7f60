"""How far stated confidences are from what came true."""

from collections import defaultdict
from collections.abc import Iterable


def expected_error(judged: Iterable[tuple[float, bool]], *, bins: int = 10) -> float:
    """The mean gap between confidence and share of right ones, over bins of confidence (ECE)."""
    bucket: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in judged:
        bucket[min(int(confidence * bins), bins - 1)].append((confidence, right))
    gaps = (abs(sum(c for c, _ in found) - sum(right for _, right in found)) for found in bucket.values())
    return sum(gaps) / sum(map(len, bucket.values()))
