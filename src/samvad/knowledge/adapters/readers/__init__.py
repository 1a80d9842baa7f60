"""One reader for each kind of file, chosen by content; all give pieces in reading order."""
