"""The command `acto`: each command parses, makes one call, and tells what became of it."""

from server.cli.main import main

__all__ = ["main"]
