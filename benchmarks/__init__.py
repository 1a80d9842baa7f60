"""Measures Samvad as it is run: real processes and real HTTP; load tool and provider are processes too."""
