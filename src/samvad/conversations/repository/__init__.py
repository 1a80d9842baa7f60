"""All SQL of the conversations room."""
