"""Signing in, the links that set a password, and the account of whoever is signed in."""
