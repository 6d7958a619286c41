"""Runs flows: planned in the transaction of their trigger, carried out by a worker. Read `table` first, then `planning`."""
