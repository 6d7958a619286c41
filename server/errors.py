"""Defines the errors that several packages share: one for pages and commands to show, one that makes a message wait."""


class CannotDo(Exception):
    """The request of a person cannot be done; the message tells why and what to do."""


class NoFreeTimes(Exception):
    """A leaving email offers the times of a calendar without a free one: it is full, switched off or deleted."""

    def __init__(self, calendar: str) -> None:
        super().__init__(calendar)
        self.calendar = calendar
