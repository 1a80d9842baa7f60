"""What the compute process runs for this room: reading a file into a file, and embedding."""

from pathlib import Path

import orjson

from samvad.knowledge.adapters import registry
from samvad.knowledge.adapters.documents import document
from samvad.knowledge.rules.passages import Indexed


def read_file(path: str, name: str, target: str) -> dict[str, str | bool | int]:
    """Writes one JSON line a passage to `target`: a large document never crosses the pipe at once.

    Raises Unreadable.
    """
    found = document(name, Path(path).read_bytes())
    with Path(target).open("wb") as lines:
        for passage in found.passages:
            lines.write(orjson.dumps(_line(passage), option=orjson.OPT_APPEND_NEWLINE))
    return {
        "kind": found.kind,
        "superseded": found.superseded,
        "hidden": found.hidden,
        "passages": len(found.passages),
    }


def _line(passage: Indexed) -> dict[str, object]:
    piece = passage.piece
    return {
        "kind": piece.kind.value, "text": piece.text, "heading": piece.heading, "page": piece.page,
        "fields": piece.fields, "weights": passage.weights, "windows": passage.windows,
    }  # fmt: skip


def embed(texts: list[str]) -> list[list[float]]:
    """Unit vectors; none at all where the model is not installed."""
    embedder = registry.embedder()
    if embedder is None:
        return []
    return [[float(number) for number in vector] for vector in embedder.embed(texts)]
