"""The API: JSON for programs, each call with a key that has its scope."""
