"""Records the pieces of an email that its AMP part cannot hold, so that none is dropped silently; some keep the email out of AMP."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Loss:
    """One piece that the AMP part lacks. `what` is the piece itself; one that `stops` leaves the email without an AMP part."""

    kind: str
    what: str
    why: str
    fix: str
    stops: bool = False


KINDS: dict[str, tuple[str, str, bool]] = {  # the reason, the correction, whether it keeps the email out of AMP
    "image-size": ("AMP lays out an email before its images load.", "Give the image a width and a height in px.", True),
    "image-url": ("AMP loads images over https only.", "Host the image at an https address.", True),
    "inline-style": ("AMP takes 1,000 bytes of style on one tag.", "Move the style into an <mj-style>.", True),
    "css-size": ("AMP takes 75,000 bytes of style in all.", "Shorten the styles.", True),
    "css-large": (
        "AMP takes 75,000 bytes of style in all, and this comes near.",
        "Shorten the styles before they grow.",
        False,
    ),
    "part-size": ("AMP takes 200,000 bytes in all.", "Shorten the email, or split it.", True),
    "unread": ("A parser of html finds no body in it.", "Look for a comment or a tag that never ends.", True),
    "jinja": ("A condition stands where AMP has no place for it.", "Put it around a whole tag.", True),
    "fixed": ("In AMP nothing stays while the rest scrolls.", "Use another position.", True),
    "unbound": ("Acto's AMP parts do not bind attributes.", "Remove the attribute.", True),
    "unescaped": ("What is written between three braces becomes markup.", "Write two.", True),
    "method": ("A form that asks by GET puts the answer into an address.", "Use post.", True),
    "link": ("Links in AMP are http, https, mailto or tel.", "Write the whole address.", False),
    "tag": ("AMP does not have this tag.", "Use a tag that AMP has, such as a div, a span or a table.", False),
    "field": ("AMP takes forms that Acto makes only.", "Ask with a block.", False),
    "style": ("AMP does not have this style.", "Do without it in every format, or accept the difference.", False),
    "font": ("AMP loads no fonts for an email.", "Name a font of the person's device after it.", False),
    "at-rule": ("Of the rules with @, AMP has @media only.", "Say it without.", False),
    "media": ("AMP does not ask for this in @media.", "Ask for widths only.", False),
    "selector": ("AMP does not have this selector.", "Select by tag, class or id.", False),
    "position": ("In AMP nothing stays while the rest scrolls.", "Use another position.", False),
    "binding": ("Acto's AMP parts do not bind attributes.", "Remove the attribute in brackets.", False),
    "menu": ("AMP has no folded menu; its links stand side by side.", "Keep the menu short.", False),
    "frame": ("Pictures of a carousel share one frame in AMP, of three to two.", "Use pictures of one shape.", False),
}


@dataclass
class Losses:
    """The losses of one document, each recorded once."""

    found: dict[tuple[str, str], Loss] = field(default_factory=dict)

    def add(self, kind: str, what: str) -> None:
        """Record a loss of a kind of KINDS."""
        why, fix, stops = KINDS[kind]
        self.found.setdefault((kind, what), Loss(kind, what, why, fix, stops))

    def all(self) -> tuple[Loss, ...]:
        """Return the losses in the order in which they were recorded."""
        return tuple(self.found.values())
