"""One module a version; each runs one command a call, so that a cell can replay it."""
