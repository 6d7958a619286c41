"""Confirms an action after its redirect: the words, and a form that undoes it. The layout shows it over every page."""

from __future__ import annotations

from flask import flash

KIND = "toast"


def show(words: str, undo_url: str = "", **fields: str) -> None:
    """Show the words on the next page, with a button that posts `fields` to `undo_url` if there is one."""
    flash({"words": words, "undo_url": undo_url, "fields": fields}, KIND)  # type: ignore[arg-type]
