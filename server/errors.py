"""Refusals that cross rooms: one that every page and command can show, and one that makes a message wait."""


class CannotDo(Exception):
    """What a person asked for cannot be done; the message says why and what to do."""


class NoFreeTimes(Exception):
    """An email that is about to leave offers the times of a calendar that has none: it is full, switched off, or deleted."""

    def __init__(self, calendar: str) -> None:
        super().__init__(calendar)
        self.calendar = calendar
