"""The scenarios that come with Samvad, as they lie in this folder."""

from functools import cache
from importlib.resources import files

_ENDING = ".yaml"


@cache
def names() -> tuple[str, ...]:
    found = (path.name for path in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in found if name.endswith(_ENDING)))


@cache
def source(name: str) -> str:
    return (files(__name__) / f"{name}{_ENDING}").read_text(encoding="utf-8")
