"""Resolves what a campaign sends: the published files of its email, with the campaign's own subject."""

from __future__ import annotations

from builder.catalog import EmailSource
from server import reasons
from server.campaigns.plans import Plan
from server.emails import email_toml, homes
from server.errors import CannotDo
from server.sending import gate, gate_facts, send, writable
from server.settings import Settings
from server.store import Session

NO_SUBJECT_FIELD = (
    "The email.toml of “{name}” cannot take another subject. Write its subject in the form subject.es = “…”."
)
NO_DATA = (
    "The email “{name}” needs data that this campaign does not give it. Write the words into the email, or give the data by the "
    "command or the API. {why}"
)
FORBIDDEN = "It cannot be sent: {why}"


def source(tx: Session, settings: Settings, plan: Plan) -> EmailSource:
    """Return the email that the campaign sends. Raises CannotDo and BrokenTemplate for one that cannot be sent."""
    files = _with_subject(homes.find(tx, settings, plan.email), plan)
    found = send.check_files(settings, plan.email, files)
    send.bookable(tx, found)
    if why := writable.why_not(found, plan.data):
        raise CannotDo(NO_DATA, name=plan.email, why=why)
    return found


def refuse_forbidden(tx: Session, settings: Settings, found: EmailSource, language: str, now: int) -> None:
    """Raise CannotDo if a rule stops every message of this email, because of the settings."""
    verdict = gate.decide(gate_facts.of_email(tx, settings, found.mail_class, now))
    if isinstance(verdict, gate.Stop):
        raise CannotDo(FORBIDDEN, why=reasons.sentence(verdict.reason, language))


def _with_subject(files: dict[str, str], plan: Plan) -> dict[str, str]:
    if not plan.subject:
        return files
    toml = f"{plan.email}/email.toml"
    wanted = {email_toml.field("subject", language): text for language, text in plan.subject.items()}
    if email_toml.values(files[toml]) is None:
        raise CannotDo(NO_SUBJECT_FIELD, name=plan.email)
    return {**files, toml: email_toml.write(files[toml], wanted)}
