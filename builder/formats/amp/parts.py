"""Draws the parts that AMP blocks share: the form and its result, inputs, live lists, and mustache that Jinja prints unchanged."""

from builder.blocks import Block
from builder.formats.phrases import word

STATE_PX = 20  # one line


def mustache(expression: str) -> str:
    """Write a piece of mustache so that Jinja prints it: `mustache("note")` comes out as the name between two pairs of braces."""
    return "{{ '{{" + expression + "}}' }}"


MUSTACHE_VALUE = mustache("value")


def when(name: str, template: str) -> str:
    """Show a template if a name of the server's reply is true."""
    return f"{mustache('#' + name)}{template}{mustache('/' + name)}"


def unless(name: str, template: str) -> str:
    """Show a template if a name of the server's reply is false or missing."""
    return f"{mustache('^' + name)}{template}{mustache('/' + name)}"


def template(markup: str) -> str:
    """Wrap markup in a mustache template."""
    return f'<template type="amp-mustache">{markup}</template>'


def form_id(block: Block, part: str = "") -> str:
    """Return the id of a block's form, or of one of its parts."""
    return f"acto-{block.name}{'-' + part if part else ''}"


def label_id(block: Block) -> str:
    """Return the id of a block's question."""
    return f"ask-{block.name}"


def form(block: Block, inside: str, part: str = "") -> str:
    """Draw a form that posts to the block's address and shows the server's reply in its place."""
    return (
        f'<form class="ac-form" id="{form_id(block, part)}" method="post" action-xhr="{{{{ acto.amp.{block.name} }}}}">'
        f"{inside}{result(block)}</form>"
    )


def choices(block: Block, inside: str, name: str = "") -> str:
    """Draw options as one group, labelled by the question."""
    role = "group" if block.many else "radiogroup"
    return f'<div class="ac-choices {name}" role="{role}" aria-labelledby="{label_id(block)}">{inside}</div>'


def result(block: Block) -> str:
    """Draw the result of posting an answer: the server's message, or our own if the server cannot be reached.

    AMP ignores a second answer while the first is being posted and does not say so, so a cover takes the touches until then.
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
    """Draw one option: an input behind its face. A single choice is posted as soon as it is made."""
    kind = "checkbox" if block.many else "radio"
    on = "" if block.many else f' on="change:{form_id(block)}.submit"'
    return (
        f'<label class="ac-pick {name}"><input class="ac-input" type="{kind}" name="choice" value="{value}"'
        f"{on}{attributes}>{face}</label>"
    )


def send(block: Block) -> str:
    """Draw the button that sends the form."""
    return f'<button class="ac-send" type="submit">{word(block.language, "send")}</button>'


def state(block: Block) -> str:
    """Draw the line with the stored answer; it stays empty if there is none or the server cannot be reached."""
    note = template(f'<p class="ac-said" dir="auto">{mustache("note")}</p>')
    return (
        f'<amp-list class="ac-state" layout="fixed-height" height="{STATE_PX}" width="auto" noloading single-item items="." '
        f'src="{{{{ acto.state.{block.name} }}}}">{note}<div placeholder></div><div fallback></div></amp-list>'
    )


def live(block: Block, items: str, height: str, item: str, fallback: str) -> str:
    """Draw a list that is loaded when the email is opened; a touch shows the rows that do not fit."""
    more = f'<div overflow role="button" tabindex="0" class="ac-note">{word(block.language, "show_all")}</div>'
    return (
        f'<amp-list layout="fixed-height" height="{height}" width="auto" items="{items}" src="{{{{ acto.state.{block.name} }}}}">'
        f"{template(item)}<div placeholder></div><div fallback>{fallback}</div>{more}</amp-list>"
    )
