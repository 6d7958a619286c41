"""Mail that Acto writes by itself, outside every campaign: invitations, resets, alerts, digests, confirmations.

    subject, text, html = notice_templates.render("invitation", "es", name="Ana", …)
    notices.enqueue(tx, id, to, subject, text, html, now, about=contact_id)

A notice is put in the transaction of what it tells; a worker sends it.
"""

from server.notices.rows import STATES, Attachment, counts, enqueue, listed, requeue, sweep

__all__ = ["STATES", "Attachment", "counts", "enqueue", "listed", "requeue", "sweep"]
