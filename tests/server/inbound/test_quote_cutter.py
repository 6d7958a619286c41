"""What a person wrote is told from what their mail program added."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.inbound import inbound_mail, mime_parts, own_words, quote_cutter, reply_html
from tests.clients.replies import PROGRAMS, Reply, gmail

ATTRIBUTIONS = [
    "El lun, 1 mar 2027 a las 10:00, Brújula (<news@acto.example>) escribió:",
    "El lun, 1 mar 2027 a las 10:00, Brújula\n(<news@acto.example>) escribió:",
    "El 1 mar 2027, a las 10:00, Brújula <news@acto.example> escribió:",
    "El 1/3/27 a las 10:00, Brújula escribió:",
    "On Mon, Mar 1, 2027 at 10:00 AM Brújula <news@acto.example> wrote:",
    "On Mon, Mar 1, 2027 at 10:00 AM A Company With Quite A Long Name\n<a-long-address@news.acto.example>\nwrote:",
    "On 1 Mar 2027, at 10:00, Brújula <news@acto.example> wrote:",
    "On 1/3/27 10:00, Brújula wrote:",
]
BLOCKS = [
    "-----Mensaje original-----\nDe: Brújula\nEnviado: lunes\n\nHola",
    "-----Original Message-----\nFrom: Brújula",
    "________________________________\nDe: Brújula <news@acto.example>\nEnviado: lunes, 1 de marzo\nPara: Ana\n\nHola",
    "De: Brújula <news@acto.example>\nEnviado el: lunes, 1 de marzo de 2027 10:00\nPara: Ana\nAsunto: Tu pedido\n\nHola",
    "From: Brújula <news@acto.example>\nSent: Monday\nTo: Ana\n\nHi",
    "*De:* Brújula <news@acto.example>\n*Fecha:* 1 de marzo\n\nHola",
    "---------- Forwarded message ---------\nDe: Brújula",
    "-- \nAna Díaz\nFerretería Díaz",
    "Enviado desde mi iPhone",
    "Sent from my Samsung Galaxy",
    "Obtener Outlook para Android",
    "Get Outlook for iOS",
    "> Hola Ana\n> ¿Qué tal?",
]
KEPT = [
    "El otro día mi jefe escribió:\nno compren nada",
    "De: Madrid, para siempre",
    "On Monday 3 people wrote:\nwe love it",
    "a -- b",
    "Sent my answer",
    "2 > 1",
]


@pytest.mark.parametrize("said", ATTRIBUTIONS)
def test_what_follows_an_attribution_is_quoted(said: str) -> None:
    assert quote_cutter.written(f"Más café.\n\nGracias\n\n{said}\n\n> Hola\n> Ana\n") == "Más café.\n\nGracias"
    assert quote_cutter.written(f"Más café.\n{said}\n") == "Más café.", "as of html whose quote was left out"


@pytest.mark.parametrize("block", BLOCKS)
def test_what_a_program_puts_below_is_cut_off(block: str) -> None:
    assert quote_cutter.written(f"Más café.\n\n{block}\n") == "Más café."


@pytest.mark.parametrize("text", KEPT)
def test_what_only_looks_like_a_quote_is_kept(text: str) -> None:
    assert quote_cutter.written(text) == text


@pytest.mark.parametrize("line", ["-- -- --", "> -- -- --", "— — —", "–– –– ––", "  -- -- --  "])
def test_the_answer_stands_above_the_line(line: str) -> None:
    assert quote_cutter.above_line(f"4\n\n{line}\n¿Qué tal?\n1 = mal").strip() == "4"


def test_an_answer_below_the_quote_is_found() -> None:
    assert (
        quote_cutter.written("El 1/3/27 a las 10:00, Brújula escribió:\n> Hola\n> ¿Qué tal?\n\nBien\n\n-- \nAna")
        == "Bien"
    )


WORDS = st.text(alphabet=st.sampled_from([*"aeiouñáB4?¿.,;:()€😀 ", "\n"]), min_size=1, max_size=120)
QUOTED = st.text(alphabet=st.sampled_from([*"aeioñ4?¿. ", "\n"]), max_size=80)


@settings(max_examples=60, deadline=None)
@given(WORDS, QUOTED)
def test_each_program_brings_the_words_as_they_were_written(words: str, quoted: str) -> None:
    said = "\n".join(" ".join(line.split()) for line in words.strip().splitlines())
    said = "\n\n".join(filter(None, (part.strip() for part in said.split("\n\n"))))
    for program in PROGRAMS:
        reply = Reply(said, "info@in.example.com", in_reply_to="<a@b>", quoted=f"Hola\n{quoted}")
        if program.__name__ == "outlook" and not said.isascii():
            continue  # its character set has no such emoji
        assert (own_words.of(inbound_mail.read(program(reply))), program.__name__) == (
            said,
            program.__name__,
        )


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"a >-_:\n@1", "On ", "El ", "wrote:", "escribió:", "De: ", "-- ", "Enviado: "]), max_size=99
    ).map("".join)
)
def test_only_lines_that_were_there_are_given(text: str) -> None:
    there = {line.strip() for line in text.splitlines()} | {""}
    assert {line.strip() for line in quote_cutter.written(text).splitlines()} <= there


@pytest.mark.parametrize("line", ["El 1 ", "On 1 1 1 1 wrote", "> ", "De: x\n", "_" * 19, "--" * 40])
def test_a_long_text_is_cut_in_time(line: str) -> None:
    started = time.process_time()
    for text in ((line * 40 + "\n") * 5_000, (line + "\n") * 50_000, line * 50_000):
        quote_cutter.written(text[: mime_parts.KEPT["text/plain"]])
        quote_cutter.above_line(text[: mime_parts.KEPT["text/plain"]])
    assert time.process_time() - started < 3


def test_html_says_more_plainly_what_is_quoted() -> None:
    assert (
        reply_html.text("<p>Sí</p><p>gracias&nbsp;&amp; adiós</p><blockquote>no</blockquote>")
        == "Sí\n\ngracias\xa0& adiós"
    )
    assert (
        reply_html.text('<style>p{}</style><div>Sí<br>claro</div><div class="x gmail_quote">El …<div>no</div></div>ya')
        == "Sí\nclaro\nya"
    )
    assert reply_html.text('Sí<div id="appendonsend"></div><hr>De: no') == "Sí"


def test_a_message_within_the_mail_is_somebody_elses() -> None:
    inner = b"Content-Type: message/rfc822\r\n\r\nFrom: eve@example.com\r\nContent-Type: text/plain\r\n\r\nNo\r\n"
    for words in ("", "Mira esto"):
        plain, markup, _ = gmail(Reply(words, "x@y.z")).split(b"--000000000000a1b2c3\r\n")
        raw = b"--000000000000a1b2c3\r\n".join([plain, inner, markup, b""]) + b"--000000000000a1b2c3--\r\n"
        assert own_words.of(inbound_mail.read(raw)) == words
