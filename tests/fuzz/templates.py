"""Templates put together from shapes that once broke, and spoilt: lint, compile and fill them; nothing may raise, hang or leak a mark."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from builder import catalog, emails, lint, messages, quoted
from builder.lint.sense import SENDER
from builder.personalise import CannotPersonalise
from builder.problems import BrokenTemplate, errors
from tests.builder.emails import whole
from tests.fuzz.noise import spoil

MAX_SECONDS = 12.0  # for one template on a busy machine
TEXTS = [
    "Your parcel is here",
    "{% for s in data.order.items %}<b style='color:#333'>{{ s.name }}</b>{% endfor %}",
    "{{ data.none }}{{ data.none | default('-') }}",
    '<a href="https://e.com/x?id=1&region=es&copy=2">there</a>',
    "<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>",
    "<!--[if mso]>{{ data.url }}<![endif]-->",
    "<!-- {{ data.old }} -->",
    "{{ data.total | money('EUR') }} {{ data.when | date }}",
    "<s>49</s>39 <section>One</section><section>Two</section>",
    "{% if person.first_name %}{{ person.first_name }}{% endif %} *|FNAME|* [[x]]",
    "<style>.a{color:red} <!-- </style>",
    "<span style='display:none'>no</span><mj-include path='part.mjml' />",
    "<table>{% for i in data.order.items %}<tr><td>{{ i }}</td></tr>{% endfor %}</table>",
]
SIZES = ["0", "0 40px", "5%", "10.5px", "0 3% .5px", "4px 0 12px 30px", "{{ data.url }}", "7"]
LEAVES = [
    "<mj-text padding='{size}' mj-class='{names}'>{text}</mj-text>",
    "<mj-button href='www.e.com' title='{text}' inner-padding='{size}'>{text}</mj-button>",
    "<mj-image src='/a.png' alt='{text}' padding='{size}' border-left='solid 3px red' sizes='{size}' />",
    "<mj-table cellspacing='8' role='presentation'><tr><td>{text}</td></tr></mj-table>",
    "<mj-accordion icon-width='{size}'><mj-accordion-element><mj-accordion-title padding-top='{size}' font-weight='bold'>{text}"
    "</mj-accordion-title><mj-accordion-text padding='{size}'>{text}</mj-accordion-text></mj-accordion-element></mj-accordion>",
    "<mj-carousel thumbnails='supported' tb-width='{size}'><mj-carousel-image src='a' alt='{text}' /></mj-carousel>",
    "<mj-social inner-padding='{size}'><mj-social-element name='github' href='{text}' srcset='a'>{text}</mj-social-element></mj-social>",
    "<mj-navbar base-url='https://e.com'><mj-navbar-link href='/a'>{text}</mj-navbar-link></mj-navbar>",
    "<mj-raw>{text}</mj-raw>",
    "<mj-divider width='{size}' />",
    "<mj-social border='1px solid red'><mj-social-element name='github' border='0' icon-position='right' href='https://e.com'>"
    "{text}</mj-social-element></mj-social>",
    "<ac-rate name='stars' question='{text}' scale='stars' />",
    "<ac-choose name='topic' question='{text}'><ac-option value='a'>{text}</ac-option><ac-option value='b'>B</ac-option></ac-choose>",
]
FRAMES = [
    "<mj-section padding='{size}' full-width='false'>"
    "<mj-column padding='{size}' inner-border='2px solid red'>{inside}</mj-column></mj-section>",
    "<mj-section>{% for i in data.order.items %}<mj-column width='33%'>{inside}</mj-column>{% endfor %}</mj-section>",
    "<mj-hero padding='{size}' inner-padding='{size}' mode='fluid-height' border-radius='9px'>{inside}</mj-hero>",
    "<mj-wrapper direction='rtl' gutter='{size}' text-padding='{size}'><mj-section gutter='{size}'><mj-column>{inside}</mj-column>"
    "</mj-section></mj-wrapper><mj-raw position='file-start'><!-- {{ data.url }} --></mj-raw>",
    "<mj-wrapper gap='9px'><mj-section><mj-column>{inside}</mj-column></mj-section><mj-raw><p>x</p></mj-raw></mj-wrapper>",
    "<mj-raw>{% if data.url %}</mj-raw><mj-section><mj-column>{inside}</mj-column></mj-section><mj-raw>{% endif %}</mj-raw>",
    "<!--[if mso]><table><tr><td>&nbsp;</td></tr></table><![endif]-->",
    "<!-- <mj-section>{{ data.old }}</mj-section> -->",
    "<mj-include path='part.mjml' />",
]
HEADS = [
    "",
    "<mj-style inline='inline'>.a,b{{color:{{{{ data.url }}}};padding:1px}} p{{margin:0}}</mj-style>",
    "<mj-style>@media screen{{@font-face{{}}}} .d{{display:none}} <!-- </mj-style>",
    "<mj-preview>one</mj-preview><mj-preview>&#847;&zwnj;</mj-preview>",
    "<mj-attributes><mj-all padding='0' css-class='x' /><mj-class name='a' color='red' />"
    "<mj-class name='b'><mj-text /></mj-class></mj-attributes>",
    "<mj-include path='s.css' type='css' css-inline='inline' />",
    "<mj-html-attributes><mj-selector path='.a'><mj-html-attribute name='data-a'>{{{{ data.url }}}}</mj-html-attribute>"
    "</mj-selector></mj-html-attributes>",
]
SAMPLE = {
    "person": {"first_name": ""},
    "data": {
        "order": {"items": [{"name": "Taza"}, {"name": "Plato"}]},
        "url": "https://e.com/?a=1&b=2",
        "none": None,
        "total": 1234.5,
        "when": "2026-12-03",
    },
}
_LEAK = re.compile(r"jx+[0-9]{5,}z|[\ue000-\ue003]|(?<![\w.#-])0{3,}[0-9]+px|>None<")


@dataclass
class Run:
    """How many templates came how far, and what should not have happened."""

    seen: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def run(seed: int, seconds: float = 0, throws: int = 0) -> Run:
    dice, found, until = Random(seed), Run(), time.monotonic() + seconds
    while (time.monotonic() < until or sum(found.seen.values()) < throws) and len(found.broken) < 20:
        made = template(dice)
        begun = time.monotonic()
        try:
            found.seen[_tried(made)] += 1
        except AssertionError as fault:
            found.broken.append(f"{fault}: {made['try/body.mjml']!r}")
        except Exception as fault:
            found.broken.append(f"{type(fault).__name__}: {fault}: {made['try/body.mjml']!r}")
        if time.monotonic() - begun > MAX_SECONDS:
            found.broken.append(f"slow: {made['try/body.mjml']!r}")
    return found


def template(dice: Random) -> dict[str, str]:
    """An email of a few shapes; every second one is spoilt."""
    body = "".join(_frame(dice) for _ in range(dice.randint(1, 4)))
    head = dice.choice(HEADS).replace("{{", "{").replace("}}", "}")
    source = f"<mjml><mj-head>{head}</mj-head><mj-body>{body}</mj-body></mjml>"
    if dice.random() < 0.5:
        source = spoil(source, dice)
    made = whole(source, sample=SAMPLE)
    part = _leaf(dice) if dice.random() < 0.5 else f"<mjml><mj-body>{_frame(dice)}</mj-body></mjml>"
    return made | {"try/part.mjml": part, "try/s.css": "b{color:red}"}


def _tried(made: dict[str, str]) -> str:
    """How far the template came. Raises AssertionError for what a message must not hold."""
    problems = lint.check("try", made)
    if errors(problems):
        return "refused by lint"
    try:
        source = catalog.parse("try", made)
        email, ana = emails.compile(source, "es"), None
        ana = messages.sample(source)
        filled = messages.fill(email, SENDER, ana, 0)
        wire = messages.write(email, SENDER, ana, 0)
    except (BrokenTemplate, CannotPersonalise) as error:
        raise AssertionError(f"lint found nothing, and it cannot be filled: {error}") from error
    for part in (filled.subject, filled.html, filled.text, email.amp):
        leak = _LEAK.search(part)
        assert not leak, f"{leak[0]!r} is in a part" if leak else ""
    longest = max(map(len, wire.split(b"\r\n\r\n", 1)[1].split(b"\r\n")))
    assert longest <= quoted.LIMIT, f"a line has {longest} characters"
    return "filled"


def _frame(dice: Random) -> str:
    inside = "".join(_leaf(dice) for _ in range(dice.randint(0, 3)))
    return dice.choice(FRAMES).replace("{size}", dice.choice(SIZES)).replace("{inside}", inside)


def _leaf(dice: Random) -> str:
    leaf = dice.choice(LEAVES).replace("{size}", dice.choice(SIZES)).replace("{names}", dice.choice(["a", "a b", "x"]))
    text = dice.choice(TEXTS)
    return leaf.replace("='{text}'", f"='{re.sub('[<>]', '', text).replace(chr(39), '')}'").replace("{text}", text)
