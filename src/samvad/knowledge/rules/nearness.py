"""When the vector index, which knows no tenants, is worth asking for one tenant's windows."""

from samvad.knowledge.types import Counts

_ONE_FOUND = 4_000  # windows looked at one by one cost as much as finding 150 of a tenant who owns all


def pays(counts: Counts) -> bool:
    """The index passes over everybody's windows: a tenant with a tenth of them pays ten times as much for
    each of its own. Looking at all of its own costs as much as there are."""
    stored = max(counts.stored, counts.windows)
    return counts.windows * counts.windows > _ONE_FOUND * stored
