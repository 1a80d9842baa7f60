"""Built files in the form that a browser takes: the build left copies by Brotli and gzip beside them."""

from mimetypes import guess_type
from pathlib import Path

from starlette.responses import Response

_SUFFIXES = {"br": ".br", "gzip": ".gz"}  # the smaller first


def choose(folder: Path, path: str, accepted: str) -> tuple[str, str | None]:
    """(path, encoding) of the copy to send, by an `Accept-Encoding` header; the file itself where there is
    none. A weight of zero refuses an encoding, other weights do not count."""
    for encoding, suffix in _SUFFIXES.items():
        if accepts(accepted, encoding) and (folder / f"{path}{suffix}").is_file():
            return f"{path}{suffix}", encoding
    return path, None


def accepts(accepted: str, encoding: str) -> bool:
    """Whether an `Accept-Encoding` header names this encoding and does not refuse it."""
    return any(name == encoding and not refused for name, refused in map(_token, accepted.split(",")))


def label(response: Response, encoding: str | None, path: str) -> None:
    """Says what was chosen of the file `path`, to the browser and to every cache in between."""
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        kind = guess_type(path)[0] or "application/octet-stream"
        response.headers["Content-Encoding"] = encoding
        response.headers["Content-Type"] = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _token(part: str) -> tuple[str, bool]:
    name, _, weight = part.strip().lower().partition(";")
    return name.strip(), weight.replace(" ", "") in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
