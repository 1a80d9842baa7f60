"""Samvad: the WhatsApp CRM that never loses, doubles or invents a message."""

__version__ = "0.1.0"
