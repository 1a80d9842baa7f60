"""Use cases: sources, indexing, search, and the same search over a folder in memory."""
