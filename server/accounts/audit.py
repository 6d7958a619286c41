"""Records who did what and when: rows added in the transaction of the action, and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from server import jsontext
from server.store import Session, new_id

if TYPE_CHECKING:
    from server.store.queries.audit import AuditRow

NEWEST = "~"  # sorts behind every id
COMMAND_LINE = "acto"  # the name of actions on the command line
DEEDS = (  # the recorded actions; a new one needs a row here and a sentence in server/web/admin/audit.py
    "user.invited",
    "user.invited_again",
    "user.joined",
    "user.role",
    "user.deactivated",
    "user.activated",
    "user.password",
    "user.reset_asked",
    "user.totp_on",
    "user.totp_off",
    "user.recovery_code_used",
    "user.signed_in",
    "user.tries_used_up",
    "key.made",
    "key.revoked",
    "answer.overruled",
    "qualification.changed",
    "contact.merged",
    "contact.imported",
    "contact.import_undone",
    "contact.refusals",
    "data.exported",
    "backup.made",
    "backup.restored",
    "backup.resumed",
    "brand.saved",
    "image.added",
    "image.removed",
    "email.created",
    "email.published",
    "email.active",
    "email.archived",
    "email.trashed",
    "flow.saved",
    "flow.on",
    "flow.off",
    "flow.removed",
    "webhook.added",
    "webhook.changed",
    "webhook.secret",
    "webhook.on",
    "webhook.off",
    "webhook.removed",
)


KINDS = tuple(dict.fromkeys(deed.partition(".")[0] for deed in DEEDS))


class Deed(TypedDict):
    """A recorded action, its details parsed."""

    id: str
    at: int
    by_whom: str
    what: str
    subject: str
    details: dict[str, Any]


def add(tx: Session, by_whom: str, what: str, subject: str, now: int, **details: Any) -> None:
    """Record an action of DEEDS; `subject` is its object, such as an address. Raises ValueError for another name."""
    if what not in DEEDS:
        raise ValueError(f"{what} is no deed of server/accounts/audit.py")
    row = {"by_whom": by_whom, "what": what, "subject": subject, "details": jsontext.dumps(details)}
    tx.audit.add(id=new_id(now), at=now, **row)


def newest(tx: Session, by_whom: str = "", kind: str = "", before: str = NEWEST, limit: int = 50) -> list[Deed]:
    """List actions, newest first; empty filters match everything. `kind` is one of KINDS."""
    pattern = f"{kind}.%" if kind in KINDS else ""
    rows = tx.audit.newest(by_whom=by_whom, kind=pattern, before=before, limit=limit)
    return [_read(row) for row in rows]


def last(tx: Session, what: str) -> Deed | None:
    """Return the newest action of a name; None without one."""
    row = tx.audit.last(what=what)
    return _read(row) if row else None


def people(tx: Session) -> list[str]:
    """List everybody who ever did something."""
    return [row["by_whom"] for row in tx.audit.people()]


def _read(row: AuditRow) -> Deed:
    return {**row, "details": jsontext.loads(row["details"])}
