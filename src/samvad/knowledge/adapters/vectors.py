"""The windows of many passages as vectors in memory."""

from collections.abc import Sequence

import numpy as np

from samvad.knowledge.types import Embedder


class Vectors:
    def __init__(self, windows: Sequence[Sequence[str]], embedder: Embedder) -> None:
        self._embedder = embedder
        self._owners = np.array([n for n, own in enumerate(windows) for _ in own], np.int64)
        texts = [window for own in windows for window in own]
        self._matrix = np.asarray(embedder.embed(texts) if texts else np.zeros((0, 1)), np.float32)

    def near(self, question: str) -> dict[int, float]:
        """Cosine of each passage's best window, by the passage's number."""
        if not len(self._owners):
            return {}
        (vector,) = self._embedder.embed([question])
        cosines = self._matrix @ np.asarray(vector, np.float32)
        best = np.full(int(self._owners[-1]) + 1, -1.0, np.float32)
        np.maximum.at(best, self._owners, cosines)
        return {int(number): float(best[number]) for number in np.unique(self._owners)}
