"""Creates a template folder that passes lint, for `acto new`."""

from __future__ import annotations

import json
from pathlib import Path

from server.emails import drafts, starters
from server.emails.refusals import Refused
from server.errors import CannotDo

TOML = """class = "{mail_class}"
topic = "{name}"
stream = "{mail_class}"

[subject]
es = "{{% if person.first_name %}}{{{{ person.first_name }}}}, una{{% else %}}Una{{% endif %}} pregunta"
en = "{{% if person.first_name %}}{{{{ person.first_name }}}}, one{{% else %}}One{{% endif %}} question"

[preheader]
es = "Un toque y listo."
en = "One tap and done."

[brief]
do = "{do}"
learn = "{learn}"
then = "{then}"
"""
BRIEFS = {  # placeholders, which lint reports until they are replaced
    "en": (
        "Say what you need the recipient to do",
        "Say what you need to learn",
        "Say what will happen with each answer",
    ),
    "es": ("Di qué necesitas que haga quien lo recibe", "Di qué necesitas saber", "Di qué pasará con cada respuesta"),
}
BODY = """<mjml>
  <mj-head><mj-attributes><mj-all font-family="Helvetica, Arial, sans-serif" /></mj-attributes></mj-head>
  <mj-body>
    <mj-section><mj-column>
      <mj-text font-size="16px" line-height="24px">
        {greeting}{{% if person.first_name %}} {{{{ person.first_name }}}}{{% endif %}}:
      </mj-text>
      <ac-choose name="topic" question="{question}">
        <ac-option value="one" interest="20">{one}</ac-option>
        <ac-option value="two" need="20">{two}</ac-option>
      </ac-choose>
{footer}    </mj-column></mj-section>
  </mj-body>
</mjml>
"""
FOOTER = """      <mj-text font-size="14px" line-height="22px" color="#475569">{{{{ sender.name }}}} · {{{{ sender.postal_address }}}}<br />
        <a href="{{{{ acto.unsubscribe_url }}}}">{leave}</a></mj-text>
"""
WORDS = {
    "body.mjml": ("Hola", "¿Qué te interesa más?", "Lo primero", "Lo segundo", "Darme de baja"),
    "body.en.mjml": ("Hello", "What interests you most?", "The first", "The second", "Unsubscribe"),
}


def copy(templates: Path, name: str, starter: str) -> Path:
    """Copy a starter email of Acto to `templates/name`, with the partials it includes. Raises CannotDo as `create` does."""
    if starters.find(starter) is None:
        known = ", ".join(sorted(name for group in starters.GROUPS.values() for name in group))
        raise CannotDo(f"There is no starter email “{starter}”. Starter emails: {known}.")
    folder = _free(templates, name)
    for path, text in starters.copy(starter, name, templates).items():
        file = templates / path
        if not file.exists():  # a partial of the folder's own stays as it is
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return folder


def create(templates: Path, name: str, mail_class: str, language: str = "en") -> Path:
    """Create `templates/name` with a brief to complete in a language. Raises CannotDo for a name that is taken or not valid."""
    folder = _free(templates, name)
    folder.mkdir(parents=True)
    brief = dict(zip(("do", "learn", "then"), BRIEFS[language], strict=True))
    (folder / "email.toml").write_text(TOML.format(name=name, mail_class=mail_class, **brief), encoding="utf-8")
    sample = {"person": {"first_name": "Ana"}, "data": {}}
    (folder / "sample.json").write_text(json.dumps(sample, indent=2) + "\n", encoding="utf-8")
    for file, (greeting, question, one, two, leave) in WORDS.items():
        footer = FOOTER.format(leave=leave) if mail_class == "marketing" else ""
        body = BODY.format(greeting=greeting, question=question, one=one, two=two, footer=footer)
        (folder / file).write_text(body, encoding="utf-8")
    return folder


def _free(templates: Path, name: str) -> Path:
    folder = templates / name
    if not drafts.NAME.fullmatch(name):
        raise Refused("bad_name", name=name)
    if folder.exists():
        raise CannotDo(f"{folder} exists already. Choose another name, or edit that one.")
    return folder
