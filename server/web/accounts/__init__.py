"""Serves signing in, the links that set a password, and the page of a user's own account."""
