"""Calendars that ask for more work than a computer has, and a worker that meets them: `python -m tests.calendars`."""
