"""Who may do what in whose business: tenants, outlets, members, sign-in, API keys, audit, alerts."""
