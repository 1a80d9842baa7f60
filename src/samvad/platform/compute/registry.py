"""The functions that the compute process may run, by import string; they are imported there alone."""

from collections.abc import Callable, Set
from importlib import import_module

from samvad.platform.compute.codec import Value

FUNCTIONS: Set[str] = frozenset(
    {
        "samvad.knowledge.adapters.worker:embed",
        "samvad.knowledge.adapters.worker:read_file",
        "samvad.tenancy.passwords:make",
        "samvad.tenancy.passwords:verify",
    }
)


def resolve(function: str) -> Callable[..., Value]:
    """The function behind `module:function`."""
    module, _, name = function.partition(":")
    found: Callable[..., Value] = getattr(import_module(module), name)
    return found
