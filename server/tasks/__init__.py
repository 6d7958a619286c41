"""Tasks: what somebody is to do about a lead, until when, and whether it is done."""

from server.tasks.rows import DUE_MS, add, due, finish, grouped, of_contact, owned, reopen

__all__ = ["DUE_MS", "add", "due", "finish", "grouped", "of_contact", "owned", "reopen"]
