"""Backups: made while everything is in use, restored whole or not at all, and a restored store waits for a person.

`creation` writes an archive, `restoration` makes a store of one, `held_work` says what was due by then and lets it go or drops it.
"""
