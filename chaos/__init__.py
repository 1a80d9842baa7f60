"""Trials that kill, race and disturb a whole Samvad, and count what went wrong: `python -m chaos`."""
