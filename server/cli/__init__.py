"""Defines the command `acto`: each command parses its arguments, makes one call and prints the result."""

from server.cli.main import main

__all__ = ["main"]
