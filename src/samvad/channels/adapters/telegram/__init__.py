"""Telegram's Bot API: updates in, method calls out."""
