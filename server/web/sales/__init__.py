"""Serves the pages of sales: leads, tasks, bookings, calendars, and the answers that leads come from."""
