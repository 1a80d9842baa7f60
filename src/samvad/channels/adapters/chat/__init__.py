"""Our own chat API and web widget as a transport."""
