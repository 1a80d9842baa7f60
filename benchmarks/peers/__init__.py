"""The other side of the wire, each a process of its own: the load tool and the provider."""
