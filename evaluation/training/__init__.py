"""Training of what Samvad ships: rows of our own, and the scripts that make artefacts from them."""
