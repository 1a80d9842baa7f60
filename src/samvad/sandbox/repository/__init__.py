"""The sandbox's ledger: one SQLite file, one connection, all its SQL."""
