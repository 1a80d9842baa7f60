"""Pure decisions: which rule a burst meets, which language it is in, whether it asks for a person."""
