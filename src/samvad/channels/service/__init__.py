"""The doors of the channels room, one module a use case."""
