"""All SQL of the room: sources and their files, what indexing writes, what searches read."""
