"""Small emails for tests: a folder's files as a mapping, with what a test wants to say about them."""

import json
from typing import Any

TOML = """class = "{mail_class}"
topic = "news"
subject = {{ es = "Hola{{% if person.first_name %}} {{{{ person.first_name }}}}{{% endif %}}" }}
preheader = {{ es = "Un minuto de tu tiempo." }}

[brief]
do = "Say what it is, how it was and how soon"
learn = "Whether, and why"
then = "We call, or we write, or it ends there"
"""
SAMPLE = {
    "person": {"first_name": "Ana", "company": "Café Ñandú"},
    "data": {
        "order": {"id": "A-1", "items": [{"name": "Taza", "price": 3.5}]},
        "url": "https://example.com/?a=1&b=2",
        "slots": [{"start": "2026-12-03T10:00-05:00", "minutes": 30}],
    },
}


def files(inside: str, mail_class: str = "transactional", **more: str) -> dict[str, str]:
    """An email `try` whose column holds `inside`. `more` replaces or adds files: `body_mjml` is body.mjml."""
    return whole(
        f"<mjml>\n<mj-body>\n<mj-section><mj-column>\n{inside}\n</mj-column></mj-section>\n</mj-body>\n</mjml>\n",
        mail_class,
        **more,
    )


def whole(body: str, mail_class: str = "transactional", sample: Any = SAMPLE, **more: str) -> dict[str, str]:
    """An email `try` with this body."""
    made = {
        "try/email.toml": TOML.format(mail_class=mail_class),
        "try/body.mjml": body,
        "try/sample.json": json.dumps(sample),
    }
    return made | {f"try/{name.replace('_', '.')}": text for name, text in more.items()}
