"""More faults, as rows: (what is wrong, mended, place, the beginning of the message), on line 4 of a column or as files."""

import re
from dataclasses import dataclass, field

from tests.builder.emails import TOML, files, whole

TOML_OK = TOML.format(mail_class="transactional")
TWO = TOML_OK.replace('es = "Hola', 'en = "Hello", es = "Hola').replace(
    '{ es = "Un', '{ en = "A minute of your time.", es = "Un'
)
LEAVE = '<mj-text><a href="{{ acto.unsubscribe_url }}">x</a> {{ sender.postal_address }}</mj-text>'


@dataclass(frozen=True)
class Variant:
    rule: str
    wrong: dict[str, str] = field(repr=False)
    right: dict[str, str] = field(repr=False)
    place: tuple[int, int]
    says: str
    file: str = "try/body.mjml"


def _page(text: str) -> str:
    return f"<mjml><mj-body>{text}</mj-body></mjml>"


def _words(count: int) -> str:
    return f"<mj-text>{'palabra ' * count}</mj-text>"


def _without(name: str) -> dict[str, str]:
    return {path: text for path, text in files("").items() if path != name}


def _with(key: str, text: str) -> str:
    """The settings with another subject or preheader."""
    return re.sub(rf'({key} = {{ es = ").*?(" }})', lambda found: found[1] + text + found[2], TOML_OK)


_CONFIRM = '<ac-confirm name="ok" question="¿Sí?"{} />'
_CALENDAR = '<ac-book name="time" question="¿?" {} />'
_BOOK = '<ac-book name="time" question="¿?" slots="{}" />'
_RATED = '<ac-rate name="service" question="¿Qué tal?" />'
_TEXT = "<mj-text>{}</mj-text>"
_SINCE = "{% if data.a is defined %}x{% endif %}"
_OR = "{{ data.a | default('') }}"
_STRAY = '<ac-choose name="a" question="¿?">o<ac-option value="a">A</ac-option><ac-option value="b">B</ac-option></ac-choose>'
_BOX = "<mj-section><mj-column>{}</mj-column></mj-section>"

INSIDE = (  # rule, wrong, right, column, says
    ("too-large", "x" * 200_000, "", (1, 1), "The file has more than 200,000 characters."),
    ("too-large", _TEXT.format("{{ 1 }}" * 5001), _TEXT.format("1"), (1, 1), "The body has 5,001 pieces of Jinja"),
    ("too-deep", _TEXT.format("<b>" * 101 + "x" + "</b>" * 101), "", (4, 292), "Tags are nested more than 100 deep"),
    ("encoding", _TEXT.format("Caf\ufffd"), _TEXT.format("Café"), (4, 13), "A character here was not UTF-8"),
    ("html-large", _words(10_000), _words(100), (1, 1), "The html has 8"),
    ("html-too-large", _words(13_000), _words(100), (1, 1), "The html has 10"),
    ("unknown-tag", _TEXT.format("<stong>x</stong>"), "", (4, 10), "There is no tag <stong>."),
    ("unknown-attribute", _CONFIRM.format(' scale="nps"'), "", (4, 39), "<ac-confirm> has no attribute scale."),
    ("missing-attribute", '<mj-image alt="" />', "", (4, 1), "<mj-image> has no src."),
    ("wrong-nesting", "<p>Hola</p>", "", (4, 1), "<p> stands in <mj-column>."),
    ("wrong-nesting", _TEXT.format("<mj-button>x</mj-button>"), "", (4, 10), "<mj-button> stands in <mj-text>."),
    ("wrong-nesting", '<ac-option value="a">A</ac-option>', "", (4, 1), "<ac-option> stands in <mj-column>."),
    ("bad-value", '<mj-text color="#12345">x</mj-text>', "", (4, 10), 'color="#12345" on <mj-text>'),
    ("bad-value", '<mj-text color="redd">x</mj-text>', '<mj-text color="navy">x</mj-text>', (4, 10), 'color="redd"'),
    ("bad-value", '<mj-button align="centre">x</mj-button>', "", (4, 12), 'align="centre" on <mj-button>'),
    ("bad-value", '<mj-image src="a" alt="" width="50%" />', "", (4, 26), 'width="50%" on <mj-image>'),
    ("bad-value", '<ac-rate name="a" question="¿?" scale="csat" />', "", (4, 33), 'scale="csat" on <ac-rate>'),
    ("bad-value", _CONFIRM.format(' accent="blue"'), _CONFIRM.format(' accent="#00f"'), (4, 39), 'accent="blue"'),
    ("not-supported", _TEXT.format("<script>x()</script>"), "", (4, 10), "Scripts do not run in mail"),
    ("not-applied", '<mj-raw position="file-start"></mj-raw>', "<mj-raw></mj-raw>", (4, 1), "mj-raw position"),
    ("not-supported", _TEXT.format('<p onclick="x()">x</p>'), "", (4, 13), "onclick does not run in mail."),
    ("not-applied", '<mj-text background-color="red">x</mj-text>', "", (4, 10), "background-color of <mj-text> does nothing here."),
    ("jinja-syntax", _TEXT.format("{{ person.first_name"), "", (4, 10), "Jinja opens here and never closes."),
    ("jinja-syntax", _TEXT.format("{% macro a() %}x{% endmacro %}"), "", (4, 10), "“macro” is not part of"),
    ("jinja-syntax", _TEXT.format("{% if %}x{% endif %}"), "", (4, 10), "Jinja cannot read this: "),
    ("jinja-syntax", _TEXT.format("{{ 1 +\n\n }}"), _TEXT.format("{{ 1 +\n\n 1 }}"), (6, 1), "Jinja cannot read"),
    ("jinja-syntax", '<mj-button href="{{ a b }}">x</mj-button>', "", (4, 18), "Jinja cannot read this"),
    ("unknown-filter", _TEXT.format("{% if 1 is odds %}x{% endif %}"), "", (4, 10), "There is no test 'odds'."),
    ("jinja-across-tags", _TEXT.format("{% endif %}"), "", (4, 10), "{% endif %} stands here, and no if was opened"),
    ("jinja-across-tags", _TEXT.format("{% for a in 'b' %}{% endif %}{% endfor %}"), "", (4, 28), "{% endif %} stands here while"),
    ("jinja-across-tags", _TEXT.format("<p>{% if 1 %}</p><p>{% endif %}</p>"), "", (4, 13), "This if is not closed before <p> ends."),
    ("jinja-in-layout", _CONFIRM.format(' accent="{{ data.c }}"'), "", (4, 39), "Jinja stands in accent of <ac-confirm>"),
    ("jinja-misplaced", "<mj-carousel>{% if 1 %}{% endif %}</mj-carousel>", "<mj-carousel></mj-carousel>",
     (4, 14), "Jinja stands directly in <mj-carousel>."),
    ("unknown-variable", _TEXT.format("{{ persona.first_name }}"), "", (4, 10), "There is no name persona here."),
    ("unknown-variable", _TEXT.format("{% for i in data.order.items %}{{ i.prize }}{% endfor %}"), "",
     (4, 41), "The sample has no prize here."),
    ("unknown-variable", '<ac-confirm name="a" question="{{ sender.name }}" />', "", (4, 32), "There is no name sender in a block."),
    ("unknown-variable",
     _TEXT.format("{% if data.a %}x{% endif %}"), _TEXT.format(_SINCE), (4, 10), "The sample has no data.a."),
    ("unknown-variable",
     _TEXT.format("{% if not 1 %}{{ data.a }}{% endif %}"), _TEXT.format(_OR), (4, 24), "The sample has no data.a."),
    ("cannot-fill", _TEXT.format("{{ 1 / 0 }}"), "", (4, 10), "This fails on the sample: division by zero."),
    ("cannot-fill", _TEXT.format("{{ 10 ** 9 }}"), "", (4, 10), "This fails on the sample: ** is not available here."),
    ("bad-name", '<ac-rate name="a" question="¿?"><ac-option value="á" /></ac-rate>', "", (4, 44), "'á' cannot be a value"),
    ("bad-points", '<ac-rate name="a" question="¿?"><ac-option value="1" need="101" /></ac-rate>', "",
     (4, 54), 'need="101" is no number'),
    ("missing-alt", _TEXT.format('<img src="https://e.com/a.png">'),
     _TEXT.format('<img src="https://e.com/a.png" alt="">'), (4, 10), "<img> has no alt."),
    ("missing-alt", '<mj-image src="https://e.com/a" alt="" href="https://e.com" />',
     '<mj-image src="https://e.com/a" alt="b" href="https://e.com" width="90px" />',
     (4, 1), "<mj-image> is a link and its alt"),
    ("bad-value", '<ac-answer name="a" question="¿?" limit="2001" />', "", (4, 35), 'limit="2001" on <ac-answer> is not a valid value.'),
    ("too-few-options", '<ac-explore name="a" question="¿?"><ac-option value="a" title="A">B</ac-option></ac-explore>', "",
     (4, 1), "<ac-explore> has 1 part; "),
    ("wrong-nesting",
     '<ac-explore name="a" question="¿?"><ac-option value="a" title="A"><ac-confirm name="b" question="¿?" /></ac-option>'
     '<ac-option value="b" title="B">B</ac-option></ac-explore>', "", (4, 67), "<ac-confirm> stands in <ac-option>."),
    ("bad-condition", _CONFIRM.format(' when="known.ok =="'), "", (4, 39), "Jinja cannot read this condition"),
    ("bad-condition", _CONFIRM.format(' when="sender.name"'), "", (4, 39), "There is no name sender in a condition."),
    ("bad-condition", _CONFIRM.format(' when="know.first"'), "", (4, 39), "There is no name know in a condition."),
    ("bad-condition", _RATED + _CONFIRM.format(' when="known.servce > 2"'), _RATED + _CONFIRM.format(' when="known.service > 2"'),
     (4, 86), "No question here is called servce."),
    ("bad-closing", _CONFIRM.format(' closes="mañana"'), "", (4, 39), "“mañana” is no time."),
    ("bad-closing", _CONFIRM.format(' closes="{{ data.order.id }}"'), "", (4, 39), "“A-1” is no time, and that is what the sample"),
    ("bad-slots", _BOOK.format("times"), "", (4, 36), "“times” is no place in the data."),
    ("bad-slots", _BOOK.format("data.times"), "", (4, 36), "The sample has no times at data.times."),
    ("bad-slots", _BOOK.format("data.order.items"), "", (4, 36), "Number 1 of data.order.items in the sample has no start"),
    ("bad-slots", _CALENDAR.format('calendar="Mi agenda"'), "", (4, 36), "“Mi agenda” is no name of a calendar."),
    ("bad-slots", _CALENDAR.format('calendar="call"'), "", (4, 36), "The sample has no times at data.calendars.call."),
    ("bad-slots", _CALENDAR.format('slots="data.times" calendar="call"'), "", (4, 55), "The times come from slots and from"),
    ("missing-attribute", _CALENDAR.format(""), "", (4, 1), "<ac-book> has neither a calendar nor slots."),
    ("vague-link", '<mj-button href="https://example.com/a">Ver más »</mj-button>', "", (4, 1), "“Ver más »” does not say"),
    ("vague-link", _TEXT.format('<a href="https://example.com/a"><b> </b></a>'), "", (4, 10), "This link has nothing to read."),
    ("vague-link", _TEXT.format('<a href="#">https://example.com/a</a>'), "", (4, 10), "This link shows a bare address"),
    ("lost-text", _STRAY, "", (4, 35), "“o” stands between the tags of <ac-choose>"),
    ("missing-label", '<ac-confirm name="a" question="¿?"><ac-option value="a"> </ac-option></ac-confirm>', "",
     (4, 36), "This option has nothing to read."),
)  # fmt: skip
WHOLE = (  # rule, body, place, says
    ("unclosed-tag", "<mjml><mj-body>" + _BOX.format(""), (1, 1), "<mjml> is never closed."),
    ("missing-mjml", "<mjml></mjml>", (1, 1), "There is no <mj-body> in this <mjml>."),
    ("wrong-nesting", "<mjml><mj-body></mj-body><mj-body></mj-body></mjml>", (1, 26), "This is the second <mj-body>."),
    ("lost-text", _page("") + "Hola", (1, 33), "“Hola” stands between the <mjml>"),
    ("jinja-misplaced", "<mjml><mj-head>{{ 1 }}</mj-head><mj-body></mj-body></mjml>", (1, 16), "Jinja stands directly in <mj-head>."),
    ("unknown-tag", _page("<mj-sektion></mj-sektion>"), (1, 16), "There is no tag <mj-sektion>."),
    ("missing-include", _page("<mj-include />"), (1, 16), "This <mj-include> has no path."),
    ("not-applied", "<mjml><mj-head><mj-html-attributes></mj-html-attributes></mj-head><mj-body></mj-body></mjml>",
     (1, 16), "<mj-html-attributes>"),
)  # fmt: skip
SUBJECTS = (  # rule, setting, what it says, message
    ("fake-reply", "subject", "RV: tu pedido", "The subject in “es” pretends to be an answer: “RV: tu pedido”."),
    ("subject-length", "subject", "{{ person.first_name | first }}!", "The subject says next to nothing: “A!”."),
    ("subject-length", "subject", "Hola {{ person.first_name }} " * 8, "The subject has 71 characters"),
    ("shouting-subject", "subject", "¡Ya llegó! ¡Míralo!", "The subject has 2 exclamation marks."),
    ("preheader-length", "preheader", "Ya está " * 20, "The preheader has 159 characters."),
    ("repeated-preheader", "preheader", "hola  {{ person.first_name }}", "The preheader repeats the subject."),
)
OTHER = (
    *(
        Variant(
            rule,
            files("", email_toml=_with(key, text)),
            files(""),
            (3 + (key == "preheader"), at),
            says,
            "try/email.toml",
        )
        for rule, key, text, says in SUBJECTS
        for at in [21 if key == "preheader" else 19]
    ),
    Variant(
        "preheader-length",
        whole("<mjml><mj-head><mj-preview>Hola</mj-preview></mj-head><mj-body></mj-body></mjml>"),
        files(""),
        (1, 16),
        "The preheader has 4 characters.",
    ),
    Variant(
        "untranslated-body",
        files("<mj-include path='end.mjml' />", email_toml=TWO) | {"try/end.mjml": _words(9)},
        files("<mj-include path='end.mjml' />", email_toml=TWO)
        | {"try/end.mjml": _words(9), "try/end.en.mjml": _words(9)},
        (1, 1),
        "The subject is in “en” and “es”; this file is in one language.",
        "try/end.mjml",
    ),
    Variant("missing-file", _without("try/sample.json"), files(""), (1, 1), "This file is missing", "try/sample.json"),
    Variant("missing-file", _without("try/body.mjml"), files(""), (1, 1), "This file is missing", "try/body.mjml"),
    Variant("email-toml", files("", email_toml="class = \n"), files(""), (1, 9), "This is not TOML", "try/email.toml"),
    Variant("email-toml", files("", "news"), files(""), (1, 1), "class is 'news'.", "try/email.toml"),
    Variant("sample-json", files("", sample_json="[1]"), files(""), (1, 1), "This is not an object", "try/sample.json"),
    Variant("sample-json", files("", sample_json="9" * 5000), files(""), (1, 1), "Not JSON", "try/sample.json"),
    Variant(
        "unknown-variable",
        files("", email_toml=TOML_OK.replace("first_name", "frist_name")),
        files(""),
        (3, 23),
        "The sample has no person.frist_name.",
        "try/email.toml",
    ),
    Variant(
        "missing-include",
        whole(_page('<mj-include path="../../etc/passwd" />')),
        whole(_page("")),
        (1, 16),
        "There is no partial ../../etc/passwd.",
    ),
    Variant(
        "missing-unsubscribe",
        files(f"<!-- {LEAVE} --><mj-text>{{{{ sender.postal_address }}}}</mj-text>", "marketing"),
        files(LEAVE, "marketing"),
        (1, 1),
        "This is marketing, and it shows no link",
    ),
)
VARIANTS = (
    *(Variant(rule, files(wrong), files(right), place, says) for rule, wrong, right, place, says in INSIDE),
    *(Variant(rule, whole(body), whole(_page("")), place, says) for rule, body, place, says in WHOLE),
    *OTHER,
)
