"""Conversations: one per number and contact, their messages, their mode, their timeline."""
