"""Finds placeholder texts that nobody replaced, and merge tags of other programs, which would be sent as they are."""

import html
import re
from collections.abc import Iterator

from builder.lint.inbox import problem_at
from builder.lint.view import View, in_file, problem_in
from builder.nodes import Source, Text
from builder.problems import Problem

PLACEHOLDERS = re.compile(
    r"lorem ipsum|dolor sit amet|\bTODO\b|\bTBD\b|\bXXX+\b|(?<!\[)\[(?:your|insert|company|name|tu|su|nombre|empresa)\b[^\]]{0,40}\]"
    r"|\b(?:your (?:text|headline|company|name|title)|tu (?:texto|título|empresa|nombre)) (?:here|aquí)\b"
    r"|\b(?:insert|add) (?:your )?(?:text|image|headline) here\b|escribe aquí tu\b",
    re.IGNORECASE,
)
_CASED = re.compile(r"TODO|TBD|XXX+", re.IGNORECASE)  # placeholders in capitals only, because “todo” is Spanish
BRIEFS = {  # the placeholders of `acto new`
    "Say what you need the recipient to do",
    "Say what you need to learn",
    "Say what will happen with each answer",
    "Di qué necesitas que haga quien lo recibe",
    "Di qué necesitas saber",
    "Di qué pasará con cada respuesta",
}
FOREIGN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Mailchimp", re.compile(r"\*\|[A-Za-z][\w: ]{0,40}\|\*")),
    ("Salesforce", re.compile(r"%%[A-Za-z_][\w .=]{0,60}%%")),
    ("another program", re.compile(r"\[\[[A-Za-z_][\w.: ]{0,40}\]\]")),
    ("Brevo", re.compile(r"\[[A-Z][A-Z_]{2,30}\]")),
    ("another program", re.compile(r"\$\{[A-Za-z_][\w.]{0,40}\}|#\{[A-Za-z_][\w.]{0,40}\}")),
    ("Campaign Monitor", re.compile(r"\[(?:firstname|lastname|fullname|email)[^\]]{0,40}\]", re.IGNORECASE)),
    ("Mailjet", re.compile(r"\[\[(?:data|var):[^\]\n]{1,60}\]\]")),
    ("Mailgun", re.compile(r"%(?:recipient|recipient\.[\w.-]{1,40}|unsubscribe_url|mailing_list_unsubscribe_url)%")),
    ("MailerLite", re.compile(r"\{\$[A-Za-z_][\w.|]{0,40}\}")),
    ("Salesforce or AWeber", re.compile(r"\{![A-Za-z_$][\w .]{0,40}\}")),
    (
        "Mautic",
        re.compile(r"\{(?:(?:contact|lead|owner)field=[\w|% ]{1,40}|unsubscribe_(?:text|url)|webview_(?:text|url))\}"),
    ),
    ("Brevo", re.compile(r"\{contact\.[A-Za-z_]{1,40}\}")),
    ("Zoho Campaigns", re.compile(r"\$\[[A-Z][^\]$\n]{0,60}\]\$")),
    ("Dotdigital", re.compile(r"(?<![\w.@])@[A-Z][A-Z_]{2,30}@(?![\w.@])")),
    ("another program", re.compile(r"\[% ?[A-Za-z_][\w:. ]{0,40}%\]")),
    ("ActiveCampaign", re.compile(r"%(?:FIRSTNAME|LASTNAME|FULLNAME|EMAIL|UNSUBSCRIBELINK)%")),
)
_LEFT = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,12}|#\d{1,6}|#x[0-9a-fA-F]{1,6});|</?[a-z][a-z0-9]*[ />]", re.IGNORECASE)


def check(view: View) -> Iterator[Problem]:
    """Check one language for placeholder, foreign-tag and markup-in-line."""
    for place in view.places:
        if place.element.tag in ("mj-style", "style", "script"):
            continue
        for text in place.element.children:
            if isinstance(text, Text) and not text.is_comment:
                yield from _read(text.source, text.start, text.end)
        for name in ("href", "src", "alt", "question", "title"):
            given = place.element.attributes.get(name)
            if given is not None:
                yield from _read(given.source, given.value_start, given.value_start + len(given.value))
    yield from _lines(view)
    if BRIEFS & {view.email.brief.do, view.email.brief.learn, view.email.brief.then}:
        said = "The brief still says what it said when the email was made."
        yield in_file(view.toml_path, "placeholder", said, "Say what this email asks for, why, and what then happens.")


def _read(source: Source, start: int, end: int) -> Iterator[Problem]:
    """Report the first match of each kind in one text, outside Jinja."""
    for place in PLACEHOLDERS.finditer(source.shadow, start, end):
        if _CASED.fullmatch(place[0]) and not place[0].isupper():
            continue
        said = f"“{place[0]}” is still here."
        yield problem_in(source, place.start(), "placeholder", said, "Write what it stands for.")
        break
    for program, pattern in FOREIGN:
        tag = pattern.search(source.shadow, start, end)
        if tag:
            said = f"“{tag[0][:40]}” is a merge tag of {program}, which nobody fills in here."
            yield problem_in(
                source, tag.start(), "foreign-tag", said, "Write it in Jinja, as in {{ person.first_name }}."
            )
            break


def _lines(view: View) -> Iterator[Problem]:
    for key, texts in (("subject", view.email.subject), ("preheader", view.email.preheader)):
        line = Source(view.toml_path, texts.get(view.language, ""))
        for rule, message, fix in ((each.rule, each.message, each.fix) for each in _read(line, 0, len(line.text))):
            yield problem_at(view, key, rule, message, fix)
        left = _LEFT.search(line.shadow)
        if left:
            mended = html.unescape(left[0])
            fix = f"Write {mended.strip()!r} itself." if mended != left[0] and mended.strip() else "Write it without."
            said = f"The {key} in “{view.language}” has “{left[0]}” in it, and is plain text."
            yield problem_at(view, key, "markup-in-line", said, fix)
