"""People: contacts as sets of identities, and their consent."""
