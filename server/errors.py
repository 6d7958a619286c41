"""Defines the errors that several packages share: one for pages and commands to show, one that makes a message wait."""

from __future__ import annotations

from server import texts


class CannotDo(Exception):
    """The request of a person cannot be done; the message tells why and what to do.

    `english` may name `values` in braces, so that `sentence` can translate it for the person who reads it.
    """

    def __init__(self, english: str, **values: object) -> None:
        super().__init__(english.format(**values) if values else english)
        self.english, self.values = english, values

    def sentence(self, language: str) -> str:
        """Return the message in the language; in English where the catalogue has no translation."""
        return texts.text(self.english, language, **self.values)


class NoFreeTimes(Exception):
    """A leaving email offers the times of a calendar without a free one: it is full, switched off or deleted."""

    def __init__(self, calendar: str) -> None:
        super().__init__(calendar)
        self.calendar = calendar
