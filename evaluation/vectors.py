"""An embedder that embeds each text once, in this run and, by a file, in the next."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samvad.knowledge.adapters import registry


class Remembering:
    """Needs the model's wheel."""

    def __init__(self) -> None:
        self._known: dict[str, NDArray[np.float32]] = {}

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        model = registry.embedder()
        if model is None:
            raise LookupError("the embedding model is not installed")
        if fresh:
            self._known.update(zip(fresh, map(np.asarray, model.embed(list(fresh.values()))), strict=True))
        return np.array([self._known[key] for key in keys])

    @contextmanager
    def kept_in(self, path: Path | None) -> Iterator[None]:
        if path and path.exists():
            with np.load(path) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
        try:
            yield
        finally:
            if path and self._known:
                np.savez(path, keys=list(self._known), vectors=np.array(list(self._known.values())))
