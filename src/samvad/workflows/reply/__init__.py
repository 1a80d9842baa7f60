"""A reply's way: due, snapshot, decision without a transaction, one final transaction."""
