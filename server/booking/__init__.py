"""Books appointments: calendars of people and teams, the times they offer, and the seats people take.

slots.free(calendar, taken, since, until, now)    the free times: pure
reservations.book(tx, calendar, guest, …)         books a seat; the database refuses a second one
"""
