"""One question, one query, one function."""
