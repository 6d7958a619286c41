"""Kills server and worker while answers set off flows, and counts what became of every effect; and how soon one arrives."""
