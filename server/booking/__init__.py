"""Appointments: calendars of people and teams, the times they offer, and the seats people take.

slots.of(calendar, taken, since, until, now)      the times to be had: pure
booking.book(tx, calendar, contact, starts_at)    a seat, or None: the database refuses a second one
"""
