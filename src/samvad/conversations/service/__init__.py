"""The doors of the conversations room, one module a use case."""
