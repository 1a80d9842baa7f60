"""Backups: one sealed file with every row and the secret key, and how it comes back."""
