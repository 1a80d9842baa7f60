"""The API as its own OpenAPI describes it, for the tests that are generated from it."""

from functools import cache
from typing import Any

from samvad.api.app import create_api


@cache
def described() -> dict[str, Any]:
    """Built once: to describe every route takes as long as a hundred tests."""
    return create_api().openapi()
