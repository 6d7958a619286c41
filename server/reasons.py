"""Lists the reasons why a message, an effect of a flow or a calendar waits, failed or was stopped, in one catalogue.

A reason is stored as `name` or `name: detail` and translated for its reader.
"""

from __future__ import annotations

from server import texts

REASONS = {
    # messages: the mail server, the settings, the person
    "no_connection": "The server could not be reached ({detail}). Acto tries again automatically.",
    "untrusted": (
        "The certificate of the mail server is not trusted ({detail}), so nothing was sent to it. "
        "Check smtp_url; add a private authority to those of the system, or name it in SSL_CERT_FILE. "
        "Acto tries again automatically."
    ),
    "no_tls": (
        "There is no encrypted connection to the mail server ({detail}), and Acto sends nothing without one. "
        "Check smtp_url. Acto tries again automatically."
    ),
    "no_login": (
        "The mail server did not accept the user or the password ({detail}). Correct smtp_url and restart the "
        "worker; the messages wait."
    ),
    "not_set_up": "Something in the settings is wrong: {detail} The message waits.",
    "deferred": "The mail server asked to wait ({detail}). Acto tries again automatically.",
    "interrupted": "The connection broke before the message was complete ({detail}). Acto tries again automatically.",
    "refused": "The mail server refused it: {detail}.",
    "push_refused": "The push service of the browser refused it ({detail}). Remove the device here and switch notices on again on it.",
    "gave_up": "Every try failed, and Acto stopped trying. The last reply was: {detail}.",
    "no_reply": (
        "The connection broke after the message was complete ({detail}): it may have arrived. "
        "Check before you send it again."
    ),
    "worker_gone": "The worker stopped while sending it: it may have arrived. Check before you send it again.",
    "restored": "It was pending in the backup that was restored, so it may have happened already. Check before you send or run it again.",
    "not_composed": "The message could not be written: {detail}",
    "no_contact": "The person is no longer in the database.",
    "no_times": "The calendar “{detail}” has no free time to offer. The message waits until it has.",
    "answer_gone": "The answer that caused it no longer counts.",
    "merged": "The contact was merged into another one, which gets or got the same email.",
    "unsubscribed": "The person unsubscribed before it was sent.",
    # the rules of sending/gate.py
    "suppressed_all": "This address gets no more mail: it bounced, reported an email as spam or asked for no mail at all.",
    "suppressed_marketing": "The person unsubscribed from marketing mail.",
    "no_postal_address": "The sender's postal address is missing: fill it in on the page Brand, or in the setting postal_address.",
    "insecure_base_url": "One-click unsubscribe needs https: change the setting base_url.",
    "campaign_stopped": "The campaign was stopped.",
    "campaign_paused": "The campaign is paused; the message leaves when somebody resumes it.",
    "already_sent": "The person has had this campaign already.",
    "past_deadline": "The deadline of the campaign would have passed before it was allowed to leave, so it was dropped.",
    "capped": "The person has had as many marketing emails as the limits of this installation allow.",
    "own_hour": "The message waits for the hour that was chosen, in the recipient's own time zone.",
    "closed_hours": "The law of the recipient's country allows advertising only in certain hours (Colombia: Ley 2300).",
    # effects of flows, webhooks and calendars
    "stage_left": "The lead is no longer in the stage that caused it.",
    "back_changed": "Withdrawn: the answer changed to “{detail}”.",
    "back_withdrawn": "Withdrawn: the person took the answer back.",
    "back_machine": "Withdrawn: a machine gave the answer.",
    "back_undecided": "Withdrawn: it is not certain that a person gave the answer.",
    "back_stage": "Withdrawn: the lead is no longer in the stage that asked for it.",
    "back_cancelled": "Withdrawn: the appointment was cancelled.",
    "lead_won": "Closed: the lead was won.",
    "lead_lost": "Closed: the lead was lost.",
    "counts_again": "Not needed: the answer counts again.",
    "nothing_to_correct": "Not needed: the action to take back had not happened.",
    "cannot_correct": "{detail} cannot receive corrections. Correct it there by hand.",
    "being_sent": "The email is being sent now; it is withdrawn if the sending fails.",
    "no_lead": "The person has never answered, so there is no lead to change.",
    "nobody": "None of the named people is in the team any more.",
    "loop": "Stopped, because these flows would start one another without end: {detail}.",
    "unless": "Not needed any more: {detail}.",
    "flow_off": "The flow was switched off before this was due.",
    "no_owner": "The lead has no owner, and the flow names no other recipient. Give the lead an owner and run it again.",
    "cannot": "It cannot be done: {detail}",
    "email_archived": "Nothing was sent, because the email “{detail}” is archived. Put it back and run this again.",
    "email_trashed": "Nothing was sent, because the email “{detail}” is in the trash. Put it back and run this again.",
    "error": "It failed ({detail}). Acto tries again automatically.",
    "no_endpoint": "There is no webhook “{detail}” any more.",
    "booking_gone": "The appointment that caused it was cancelled.",
    "endpoint_off": "The webhook “{detail}” is off. Switch it on and run this again.",
    "gone_for_good": "The receiver answered that it was removed (410), so the webhook was switched off.",
    "refused_status": "The receiver answered {detail} instead of 2xx. Acto tries again automatically.",
    "redirect": "The receiver redirects to another address ({detail}), and a webhook follows no redirect. Correct its address.",
    "private_address": (
        "{detail} is an address inside a network, not on the internet; nothing was sent to it. An operator can "
        "allow it by the setting webhook_private_hosts."
    ),
    "bad_url": "A webhook cannot call {detail}: write https://, a host and a path, without user, spaces or accents.",
    "not_https": "Write https:// for {detail}, so that nobody on the way can read it.",
    "too_slow": "The receiver did not answer within {detail} seconds. Acto tries again automatically.",
    "garbled": "The answer of the receiver is not HTTP ({detail}). Acto tries again automatically.",
}
DETAIL_MAX = 500  # characters, because a server's reply has no limit


def reason(name: str, detail: object = "") -> str:
    """Return the stored form. `detail` comes from a third party, so it is put on one line and cut."""
    line = " ".join(str(detail).split())[:DETAIL_MAX]
    return f"{name}: {line}" if line else name


def sentence(stored: str, language: str = "en") -> str:
    """Return the sentence of a stored reason; '' stays '', and text of an older version is returned unchanged."""
    name, _, detail = stored.partition(": ")
    return texts.text(REASONS[name], language, detail=detail) if name in REASONS else stored
