"""Pure vocabulary: ids, clock, money, phones, languages, errors. Nothing here does I/O."""
