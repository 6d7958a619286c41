"""Imports lists of contacts in steps that can be watched: staged rows, a plan for each, the import, and its undo."""
