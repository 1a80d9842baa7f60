"""An installation to play in."""

from tests.workflows.demo.conftest import bare, installing

__all__ = ["bare", "installing"]
