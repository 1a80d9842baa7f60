"""What is said without a model: the system's own texts and the rules that every tenant starts with."""
