"""One folder a provider: each translates between its wire and `channels.types`, and does nothing else."""
