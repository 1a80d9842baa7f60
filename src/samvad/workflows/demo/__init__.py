"""Invented businesses to try Samvad with: loaded as a tenant's own affairs, taken back without a trace."""
