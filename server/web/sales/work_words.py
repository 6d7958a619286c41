"""Says in the page's language what an action on a lead has saved, and how a lead stands."""

from __future__ import annotations

from server.qualify import leads
from server.qualify.leads import Lead
from server.sales import money
from server.web import language, viewer
from server.web.state import state


def done(act: str, contact_id: str) -> str:
    """Confirm an action with the values that are stored now."""
    with state().store.read() as tx:
        lead, owners = leads.by_contact(tx, contact_id), viewer.names(tx)
    if lead is None:
        return language.text("Saved.")
    if act in ("take", "release", "assign"):
        return owned(lead["owner_id"], owners)
    if act == "next-step":
        return _step(lead)
    if act == "snooze":
        return _snoozed(lead)
    if act in ("won", "lost"):
        return _ended(lead)
    words = {
        "note": language.text("Note saved."),
        "reopen": language.text("Open again, with its tasks."),
        "stage": language.text("Stage saved."),
        "tag": language.text("Tag saved."),
        "untag": language.text("Tag removed."),
        "undo": language.text("Undone."),
    }
    return words[act]


def owned(owner_id: str, owners: dict[str, str] | None = None) -> str:
    """Say who owns the lead now; without `owners`, that somebody else was quicker."""
    if owners is not None and owner_id == viewer.me().id:
        return language.text("You have this lead now.")
    if not owner_id:
        return language.text("Nobody has this lead any more.")
    if owners is not None:
        return language.text("%(owner)s has this lead now.") % {"owner": owners.get(owner_id, "")}
    with state().store.read() as tx:
        owner = viewer.names(tx).get(owner_id, "")
    return language.text("%(owner)s was quicker and has this lead now.") % {"owner": owner}


def amount(lead: Lead) -> str:
    """Write the amount of a lead's outcome; '' if nobody stated one."""
    currency = lead["outcome_currency"]
    return money.write(lead["outcome_amount"], currency, language.current()) if currency else ""


def outcome_day(lead: Lead) -> str:
    """Write the day of a lead's outcome."""
    return language.date(lead["outcome_on"]) if lead["outcome_on"] else language.day(lead["outcome_at"])


def _step(lead: Lead) -> str:
    if not lead["next_step"]:
        return language.text("Next step removed.")
    if not lead["next_on"]:
        return language.text("Next step saved: %(step)s.") % {"step": lead["next_step"]}
    return language.text("Next step saved: %(step)s, %(day)s.") % {
        "step": lead["next_step"],
        "day": language.date(lead["next_on"]),
    }


def _snoozed(lead: Lead) -> str:
    if not lead["snoozed_until"]:
        return language.text("It is in the list again.")
    return language.text("Put off until %(day)s, with its tasks.") % {"day": language.date(lead["snoozed_until"])}


def _ended(lead: Lead) -> str:
    won, sum_ = lead["outcome"] == "won", amount(lead)
    if won and sum_:
        return language.text("Won: %(amount)s. Its tasks are closed.") % {"amount": sum_}
    return language.text("Won. Its tasks are closed.") if won else language.text("Lost. Its tasks are closed.")
