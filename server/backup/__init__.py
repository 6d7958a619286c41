"""Backups: made while everything is in use, restored whole or not at all, and a restored store waits for a person.

`making` writes an archive, `restoring` makes a store of one, `waiting` says what was due by then and lets it go or drops it.
"""
