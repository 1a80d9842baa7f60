"""All SQL on events: the stream itself, and its upkeep."""
