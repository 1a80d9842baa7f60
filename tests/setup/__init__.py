"""Tests of the scripts at the root."""
