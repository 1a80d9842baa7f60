"""The door of the assistant room: `rules`, `matching` and `texts`."""
