"""Kills processes at random moments under load and counts what was lost or doubled: nothing, or it failed."""
