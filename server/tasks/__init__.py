"""Stores tasks: work for the team about a lead, with an owner and a due time."""

from server.tasks.rows import DUE_MS, add, due, finish, grouped, of_contact, owned, reopen

__all__ = ["DUE_MS", "add", "due", "finish", "grouped", "of_contact", "owned", "reopen"]
