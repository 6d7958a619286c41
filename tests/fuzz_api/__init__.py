"""The API fuzzed from its own document: whatever fits it or nearly fits it gets a reply that stands in it."""
