"""All SQL of the channels room."""
