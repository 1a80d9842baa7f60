"""Contacts that turn out to be one person: made one, across all rooms, and parted again."""
