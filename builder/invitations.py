"""Builds the calendar invitation of a message from the email's `[invitation]` and the message's data."""

from builder import personalise, times
from builder.context import Context, Recipient, Sender
from builder.emails import CompiledEmail
from builder.formats import calendar
from builder.formats.calendar import Meeting
from builder.personalise import CannotPersonalise

MOST_MINUTES = 7 * 24 * 60


def invite(email: CompiledEmail, sender: Sender, recipient: Recipient, context: Context, now: int) -> str:
    """Return the iCalendar object of this message, empty if the email invites to nothing. Raises CannotPersonalise without a
    valid time.
    """
    invitation = email.source.invitation
    if invitation is None:
        return ""
    start = times.read(personalise.line(invitation.start, context))
    minutes = personalise.line(invitation.minutes, context)
    if start is None or not minutes.isdecimal() or not 0 < int(minutes) <= MOST_MINUTES:
        raise CannotPersonalise(
            "The invitation has no time: start is ISO 8601 with its offset, minutes a whole number."
        )
    place = list(email.blocks).index(invitation.block) if invitation.block in email.blocks else 0
    title = invitation.title.get(email.language) or next(iter(invitation.title.values()))
    meeting = Meeting(
        # signed, because a calendar's answer returns nothing else that can be trusted
        uid=f"{sender.keyring.sign_reply(recipient.message_id, place)}@{sender.domain}",
        title=personalise.line(title, context),
        start=start,
        minutes=int(minutes),
        place=personalise.line(invitation.place, context),
    )
    organizer = sender.address
    if sender.reply_domain:  # where calendars send their answers
        organizer = type(organizer)(organizer.name, f"calendar@{sender.reply_domain}")
    return calendar.document(meeting, organizer, recipient.address, now)
