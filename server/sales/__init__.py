"""Serves sales: the list of leads, ownership, next steps, notes, outcomes, and the daily digest."""
