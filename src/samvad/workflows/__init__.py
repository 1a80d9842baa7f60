"""Use cases that cross rooms: a message in, a reply out, a conversation's life."""
