"""What a tenant knows: documents read, cut into passages, indexed, and found again for a question."""
