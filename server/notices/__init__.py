"""Writes and queues notices, the mail of Acto itself: invitations, resets, alerts, digests, confirmations.

    subject, text, html = notice_templates.render("invitation", "es", name="Ana", …)
    notices.enqueue(tx, id, to, subject, text, html, now, about=contact_id)

A notice is queued in the transaction of its cause; the worker sends it.
"""

from server.notices.rows import STATES, Attachment, counts, enqueue, listed, requeue, sweep

__all__ = ["STATES", "Attachment", "counts", "enqueue", "listed", "requeue", "sweep"]
