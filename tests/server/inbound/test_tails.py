"""What programs, gateways and lists put under a reply is cut; what only looks like it, and what stands between quotes, is kept."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from server.inbound import inbound_mail, own_words, quote_cutter

QUOTE = "> Hola Ana:\n> ¿Qué tal llegó?"
ATTRIBUTIONS = [
    "Am Mo., 1. März 2027 um 10:00 Uhr schrieb Brújula <news@acto.example>:",
    "Le lun. 1 mars 2027 à 10:00, Brújula <news@acto.example> a écrit :",
    "Em seg., 1 de mar. de 2027 às 10:00, Brújula <news@acto.example> escreveu:",
    "Il giorno lun 1 mar 2027 alle ore 10:00 Brújula <news@acto.example> ha scritto:",
    "Missatge de Brújula <news@acto.example> del dia dl., 1 de març 2027 a les 10:00:",
    "O luns, 1 mar. 2027 ás 10:00, Brújula (<news@acto.example>) escribiu:",
    "El 1 març 2027, a les 10:00, Brújula <news@acto.example> va escriure:",
    "Brújula <news@acto.example> schrieb am Mo., 1. März 2027, 10:00:",
    "Brújula <news@acto.example> escreveu (segunda, 1/03/2027 à(s) 10:00):",
    "---- El lun, 01 mar 2027 10:00:00 +0100 Brújula <news@acto.example> escribió ----",
    "---- On Mon, 01 Mar 2027 10:00:00 +0100 Brújula <news@acto.example> wrote ---",
    "--- El lun, 1/3/27, Brújula <news@acto.example> escribió:",
    "* Brújula <news@acto.example> [01.03.2027 10:00]:",
    "On Monday, March 1, 2027 at 10:00:00 AM EST, Brújula <news@acto.example> wrote:",
]
TAILS = [
    "On Mon, Mar 1, 2027 at 10:00 AM, Brújula<news@acto.example> wrote: Hola Ana: ¿Qué tal?",
    "Enviado: lunes, 1 de marzo de 2027 a las 10:00\nDe: Brújula <news@acto.example>\nPara: Ana\nAsunto: Tu pedido\n\nHola",
    "Gesendet: Montag, 1. März 2027\nVon: Brújula <news@acto.example>\nAn: Ana\nBetreff: Tu pedido\n\nHola",
    "De : Brújula <news@acto.example>\nEnvoyé : lundi 1 mars 2027\nÀ : Ana\nObjet : Tu pedido\n\nHola",
    "Date: Mon, 1 Mar 2027 10:00:00\nFrom: news@acto.example\nTo: ana@example.com\nSubject: Tu pedido\n\nHola",
    "*-------- Mensaje original --------*\nHola",
    "-------- Ursprüngliche Nachricht --------\nVon: Brújula",
    "Sent from Mail<https://go.microsoft.com/fwlink/?LinkId=550986> for Windows 10",
    "Sent with Proton Mail secure email.",
    "Enviado con el correo electrónico seguro de Proton Mail.",
    "Von meinem iPhone gesendet",
    "Envoyé de mon iPhone",
    "Enviado do meu iPhone",
    "Inviato da iPhone",
    "Enviat des del meu Galaxy",
    "Yahoo Mail: Search, Organize, Conquer",
    "Libre de virus.www.avast.com <https://www.avast.com/sig-email?utm_medium=email>",
    "<https://www.avast.com/sig-email?utm_medium=email>\nLibre\nde virus.www.avast.com\n<#DAB4FAD8-2DD7-40BB-A1B8-4E2AA1F9FDF2>",
    "Outlook für Android beziehen<https://aka.ms/x>",
    "—\nAna Díaz\nFerretería Díaz",
    "-- \nAna Díaz\nFerretería Díaz",
    "Ana Díaz\nGerente comercial\nTel. +57 300 555 0100",
    "Marta Ruiz\nFerretería Díaz · www.ferreteria.example\n+57 300 555 0100",
    "AVISO DE CONFIDENCIALIDAD: Este mensaje se dirige a su destinatario.",
    "This e-mail and any attachments are confidential and intended solely for the addressee.",
    "Antes de imprimir este mensaje, piense en el medio ambiente.",
]
OWN = [
    "Enviado desde el almacén de Cali, llegó roto y sin factura.",
    ">100 personas, en tres sedes",
    "Sent my answer last week, nobody reads it.",
    "Tel. de atención: nadie contesta en el 300 555 0100",
    "De: Madrid, para siempre",
    "El 3 de marzo mi jefe escribió: nada de café",
    "Confidencialidad es lo que más valoro de ustedes",
    "a -- b -- c",
    "El paquete dice:\nCalle 45 # 7-33\nBogotá",
    "Gracias a Outlook para Android me enteré tarde",
    "Mi mensaje es este: más café",
]


@pytest.mark.parametrize("said", ATTRIBUTIONS)
def test_an_attribution_of_any_language_and_program_begins_the_quote(said: str) -> None:
    for wrapped in (said, said.replace(" <", "\n<", 1)):
        assert quote_cutter.written(f"Más café.\n\nGracias\n\n{wrapped}\n\n{QUOTE}\n") == "Más café.\n\nGracias"


@pytest.mark.parametrize("tail", TAILS)
def test_a_tail_is_cut(tail: str) -> None:
    assert quote_cutter.written(f"Más café.\n\nGracias\n\n{tail}\n", ["Ana Díaz"]) == "Más café.\n\nGracias"
    assert quote_cutter.written(f"Sí\n\n{tail}\n", ["Ana Díaz"]) == "Sí"


@pytest.mark.parametrize("text", OWN)
def test_own_words_that_look_like_a_tail_are_kept(text: str) -> None:
    assert quote_cutter.written(text, ["Ana Díaz"]) == text
    assert quote_cutter.written(f"{text}\n\n{ATTRIBUTIONS[1]}\n{QUOTE}") == text


@pytest.mark.parametrize("begins", ["", "Hola, contesto abajo:\n\n"])
@pytest.mark.parametrize("said", ATTRIBUTIONS[:5])
def test_answers_between_quoted_lines_are_kept_in_their_order(said: str, begins: str) -> None:
    text = f"{begins}{said}\n> ¿Qué faltó?\n\nDos tazas.\n\n> ¿Y el café?\n\nFrío.\n\n-- \nAna"
    expected = f"{begins}Dos tazas.\n\nFrío."
    assert quote_cutter.written(text) == expected


def test_pgp_armour_is_no_text() -> None:
    armour = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{}\n"
    armour += "-----BEGIN PGP SIGNATURE-----\n\niQEz\n=abcd\n-----END PGP SIGNATURE-----\n"
    assert quote_cutter.written(armour.format("Todo bien")) == "Todo bien"
    assert quote_cutter.written(armour.format("Uno\n- -- \nAna")) == "Uno"
    assert quote_cutter.written("-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----") == ""


def mail(*parts: tuple[str, str], kind: str = "mixed") -> bytes:
    whole = EmailMessage(policy=SMTP)
    whole["From"], whole["Message-ID"] = "Ana <ana@example.com>", "<1@example.com>"
    getattr(whole, f"make_{kind}")()
    for subtype, text in parts:
        part = EmailMessage(policy=SMTP)
        if subtype == "jpeg":
            part.set_content(b"\xff\xd8", maintype="image", subtype="jpeg", disposition="inline")
        else:
            part.set_content(text, subtype=subtype)
        whole.attach(part)
    return whole.as_bytes()


def test_text_after_a_photo_is_kept() -> None:
    raw = mail(("plain", "Llegó así:"), ("jpeg", ""), ("plain", "Y faltó la factura."), ("jpeg", ""), ("plain", "Ana"))
    assert own_words.of(inbound_mail.read(raw), ["Ana"]) == "Llegó así:\n\nY faltó la factura.\n\nAna"


MARKED = [
    '<div class="moz-signature">Ana Restrepo<br>Lumbre Estudio</div>',
    '<div id="Signature"><p>Ana Restrepo</p><p>Lumbre Estudio</p></div>',
    '<div class="gmail_signature">Ana Restrepo<br>Lumbre Estudio</div>',
    '<div class="x_ydp12signature">Ana Restrepo<br>Lumbre Estudio</div>',
    '<div id="ms-outlook-mobile-signature">Ana Restrepo<br>Lumbre Estudio</div>',
    '<div class="protonmail_signature_block">Ana Restrepo<br>Lumbre Estudio</div>',
    '<blockquote type="cite">Ana Restrepo<br>Lumbre Estudio</blockquote>',
    '<div id="AppleMailSignature">Ana Restrepo<br>Lumbre Estudio</div>',
    '<div class="k9mail-signature">Ana Restrepo<br>Lumbre Estudio</div>',
    '<div id="_rc_sig">Ana Restrepo<br>Lumbre Estudio</div>',
]


@pytest.mark.parametrize("marked", MARKED)
def test_what_html_marks_is_cut_from_the_plain_text_beside_it(marked: str) -> None:
    plain = "Me faltó más café, y Ana lo sabe.\n\nAna Restrepo\nLumbre Estudio\n"
    raw = mail(("plain", plain), ("html", f"<p>Me faltó más café, y Ana lo sabe.</p>{marked}"), kind="alternative")
    assert own_words.of(inbound_mail.read(raw)) == "Me faltó más café, y Ana lo sabe."


def test_an_indented_paragraph_of_gmail_is_no_quote() -> None:
    indent = "margin:0 0 0 40px;border:none;padding:0px"
    raw = mail(("html", f'<div>Esto:</div><blockquote style="{indent}">más café</blockquote><pre>a\nb</pre>'))
    assert own_words.of(inbound_mail.read(raw)) == "Esto:\nmás café\na\nb"
