"""Pure decisions: words and their weights, chunks, ranking, what a document says of itself."""
