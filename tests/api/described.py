"""The API as its own OpenAPI describes it, for the tests that are generated from it."""

from functools import cache
from pathlib import Path
from typing import Any

import orjson

_FILE = Path(__file__).parents[2] / "web/openapi.json"


@cache
def described() -> dict[str, Any]:
    """As it is committed: to describe every route anew takes each process of the suite a second."""
    found: dict[str, Any] = orjson.loads(_FILE.read_bytes())
    return found
