"""Noise at every door that a stranger can reach: nothing breaks, and nothing is stored that should not be."""
