"""Writes the names of formats, their descriptions, and the reasons for sending them or not, in the page's language."""

from __future__ import annotations

from builder import eligibility
from builder.eligibility import FORMATS, Format, FormatVerdict
from server.sending import preview
from server.web.language import number, text

_OF_THE_EMAIL = {rule.name for rule in eligibility.RULES if rule.of == "email"}


def name(format_: Format) -> str:
    """Return the format's name."""
    return {
        "html": text("HTML"),
        "kinetic": text("Kinetic"),
        "amp": text("AMP"),
        "gmail": text("Gmail button"),
        "card": text("Outlook card"),
        "text": text("Text"),
        "mailto": text("By mail"),
        "calendar": text("Calendar"),
    }[format_]


def about(format_: Format) -> str:
    """Return a sentence about the format for a reader who does not know it."""
    return {
        "html": text("Every option is a link. Every mail client shows this."),
        "kinetic": text("The choice is shown at once in mail clients that support it. Try it here."),
        "amp": text("In Gmail and Yahoo it answers inside the mail. Here it is shown without AMP’s runtime."),
        "gmail": text("A button beside the subject in Gmail: one tap, and the mail stays closed."),
        "card": text("A card above the mail in Outlook that answers in place."),
        "text": text("For mail clients that show no html, and as a screen reader takes the html."),
        "mailto": text("A link under each question opens a mail that is ready to be sent."),
        "calendar": text("An invitation with the buttons of the person’s own calendar."),
    }[format_]


def reason(rule: str) -> str:
    """Return why a rule keeps a format out, for readers who do not run the server; `acto lint` names the settings."""
    return {
        "no_block": text("it has no block that this format can ask"),
        "switched_off": text("the email switches it off"),
        "one_tap_is_less": text("choosing in the mail and then sending takes two taps, where a link takes one"),
        "html_too_large": text("the html is over %(bytes)s bytes, and this would add to it")
        % {"bytes": number(eligibility.HTML_MAX_BYTES)},
        "not_in_amp": text("something in it cannot be shown in AMP; see the warnings"),
        "amp_too_large": text("the AMP part is over %(bytes)s bytes") % {"bytes": number(eligibility.AMP_MAX_BYTES)},
        "with_invitation": text("a calendar invitation and AMP cannot be in one message"),
        "no_https": text("the address of this server is not https, and this format calls it from the mail client"),
        "amp_not_registered": text(
            "the sender is not registered for AMP; an administrator registers it with Gmail and Yahoo"
        ),
        "gmail_not_registered": text(
            "the sender is not registered for Gmail actions; an administrator registers it with Google"
        ),
        "no_originator": text(
            "the sender is not registered for Outlook cards; an administrator registers it with Microsoft"
        ),
        "bulk_promotion": text("vendors forbid this format on promotional mail to many"),
        "too_old": text("it was decided more than %(days)s days before it leaves, and what it asks may have passed")
        % {"days": eligibility.FRESH_DAYS},
        "no_reply_domain": text("no domain takes answers by mail yet; an administrator sets one up"),
        "no_invitation": text("the email is not an invitation"),
    }[rule]


def verdict(found: FormatVerdict) -> str:
    """Return the sentence about whether the format is sent; `reasons` follow it."""
    return {"on": text("It is sent."), "waits": text("Not sent yet:"), "off": text("Not sent:")}[preview.state(found)]


def reasons(found: FormatVerdict) -> list[str]:
    """Return why the format is not sent. If the email itself rules it out, leave out what the sender lacks, which would not help."""
    own = [name for name in found.why if name in _OF_THE_EMAIL]
    return [reason(name) for name in own or found.why]


def state(found: FormatVerdict) -> str:
    """Return the short form of `verdict`: sent, not yet, not sent."""
    return {"on": text("sent"), "waits": text("not yet"), "off": text("not sent")}[preview.state(found)]


def kind(found: FormatVerdict) -> str:
    """Return `on`, `waits` or `off`, for style sheets."""
    return preview.state(found)


def row() -> list[tuple[Format, str]]:
    """Return every format with its name, in the order of the page's row."""
    return [(format_, name(format_)) for format_ in FORMATS]
