"""Finds out, before an email is sent to many, whether its messages can be written with the data that they get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from builder import emails, messages
from builder.catalog import EmailSource
from builder.personalise import CannotPersonalise
from server.sending import parity_check


def why_not(source: EmailSource, data: Mapping[str, Any]) -> str:
    """Return why a message of this email cannot be written with this data, '' if it can. Raises BrokenTemplate.

    Tried in each language, for the person of the sample and for one of whom nothing but the address is known.
    """
    sample = replace(messages.sample(source), data=dict(data), recipients=1)
    nobody = replace(sample, person=messages.sample(replace(source, sample={})).person)
    try:
        for language in source.languages:
            for recipient in (sample, nobody):
                messages.fill(emails.compile(source, language), parity_check.ANYBODY, recipient, 0)
    except CannotPersonalise as error:
        return str(error)
    return ""
