"""Technical ground: settings, database, HTTP out, crypto, events, compute, logs, metrics."""
