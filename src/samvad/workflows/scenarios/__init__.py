"""Scenarios: talks written down in a file, played against the sandbox and checked step by step."""
