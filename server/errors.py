"""The one refusal that every door can show."""


class CannotDo(Exception):
    """What a person asked for cannot be done; the message says why and what to do."""
