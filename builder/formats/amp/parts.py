"""What the AMP blocks share: the form and what it says, the inputs, the live lists, and mustache that Jinja leaves alone."""

from builder.blocks import Block
from builder.formats.phrases import word

STATE_PX = 20  # one line


def mustache(expression: str) -> str:
    """A piece of mustache as Jinja prints it: `mustache("note")` comes out as the name between two pairs of braces."""
    return "{{ '{{" + expression + "}}' }}"


MUSTACHE_VALUE = mustache("value")


def when(name: str, template: str) -> str:
    return f"{mustache('#' + name)}{template}{mustache('/' + name)}"


def unless(name: str, template: str) -> str:
    return f"{mustache('^' + name)}{template}{mustache('/' + name)}"


def template(markup: str) -> str:
    return f'<template type="amp-mustache">{markup}</template>'


def form_id(block: Block, part: str = "") -> str:
    return f"acto-{block.name}{'-' + part if part else ''}"


def label_id(block: Block) -> str:
    return f"ask-{block.name}"


def form(block: Block, inside: str, part: str = "") -> str:
    """A form that posts to the block's address; no redirect, the answer is shown in its place."""
    return (
        f'<form class="ac-form" id="{form_id(block, part)}" method="post" action-xhr="{{{{ acto.amp.{block.name} }}}}">'
        f"{inside}{result(block)}</form>"
    )


def choices(block: Block, inside: str, name: str = "") -> str:
    """Options as one group, called by the question."""
    role = "group" if block.many else "radiogroup"
    return f'<div class="ac-choices {name}" role="{role}" aria-labelledby="{label_id(block)}">{inside}</div>'


def result(block: Block) -> str:
    """What happens with the answer, in the server's words; in ours where it cannot be reached.

    A form that is being posted takes no second answer, and would not say so: until it has been, a cover takes the touches.
    """
    good = template(f'<p dir="auto">{mustache("message")}</p>')
    silent = unless("message", unless("error", word(block.language, "not_saved")))
    bad = template(f'<p dir="auto">{mustache("message")}{unless("message", mustache("error"))}{silent}</p>')
    return (
        f'<div class="ac-result ac-wait" submitting><p>{word(block.language, "saving")}</p><div class="ac-cover"></div></div>'
        f'<div class="ac-result ac-good" submit-success>{good}</div>'
        f'<div class="ac-result ac-bad" submit-error>{bad}</div>'
    )


def pick(block: Block, value: str, face: str, name: str, attributes: str = "") -> str:
    """One option: an input behind its face. One of many is posted as soon as it is chosen."""
    kind = "checkbox" if block.many else "radio"
    on = "" if block.many else f' on="change:{form_id(block)}.submit"'
    return (
        f'<label class="ac-pick {name}"><input class="ac-input" type="{kind}" name="choice" value="{value}"'
        f"{on}{attributes}>{face}</label>"
    )


def send(block: Block) -> str:
    return f'<button class="ac-send" type="submit">{word(block.language, "send")}</button>'


def state(block: Block) -> str:
    """What the server knows of the answer already; a line that stays empty where it knows nothing or cannot be reached."""
    note = template(f'<p class="ac-said" dir="auto">{mustache("note")}</p>')
    return (
        f'<amp-list class="ac-state" layout="fixed-height" height="{STATE_PX}" width="auto" noloading single-item items="." '
        f'src="{{{{ acto.state.{block.name} }}}}">{note}<div placeholder></div><div fallback></div></amp-list>'
    )


def live(block: Block, items: str, height: str, item: str, fallback: str) -> str:
    """A list that is asked for when the email is opened; what does not fit is shown on a touch."""
    more = f'<div overflow role="button" tabindex="0" class="ac-note">{word(block.language, "show_all")}</div>'
    return (
        f'<amp-list layout="fixed-height" height="{height}" width="auto" items="{items}" src="{{{{ acto.state.{block.name} }}}}">'
        f"{template(item)}<div placeholder></div><div fallback>{fallback}</div>{more}</amp-list>"
    )
