"""Serves the JSON API for programs. Every call needs an API key with the scope of its endpoint."""
