"""The command line speaks the language that is asked for, else the terminal's; what programs read stays the same."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from server.cli import language
from server.cli.language import translated
from tests import terminal
from tests.server.cli import sentences
from tests.server.world import ROOT
from tests.terminal import Done

SAME = {"Leads", "1,234 leads"}  # in both languages
NOT_SENTENCES = {  # made of pieces that are said elsewhere
    "  [bold]x[/bold]",
    "x  x bytes",
    "x xs",
    "x · x",
    "xCtrl-C stops it; your data stays in x/ for the next run.",
}


@pytest.fixture(autouse=True)
def no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def acto(folder: Path, *words: str, **environ: str) -> Done:
    return terminal.acto(folder, {"ACTO_DATABASE": str(folder / "acto.db"), **environ}, *words)


def test_every_sentence_of_the_command_line_has_a_spanish_one(monkeypatch: pytest.MonkeyPatch) -> None:
    found = sentences.everything()
    assert len(found) > 250
    monkeypatch.setenv("LC_ALL", "es_CO.UTF-8")
    assert sorted(text for text in found - SAME - NOT_SENTENCES if translated(text) == text) == []


@pytest.mark.parametrize(
    ("environ", "spanish"),
    [
        ({}, False),
        ({"LANG": "es_CO.UTF-8"}, True),
        ({"LANG": "es"}, True),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "de_DE.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "es_ES"}, True),
        ({"LANG": "es_CO.UTF-8", "LC_MESSAGES": "en_US"}, False),
        ({"LANG": "es_CO.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "en_US", "LC_ALL": "es_MX"}, True),
        ({"LANG": "es_CO.UTF-8", "LC_ALL": ""}, True),
    ],
)
def test_the_terminal_says_which_language(tmp_path: Path, environ: dict[str, str], spanish: bool) -> None:
    refused = acto(tmp_path, "send", "nothing", "--to", "ana@example.com", **environ)
    assert refused.returncode == 1
    assert ("No hay ningún correo «nothing»" in refused.stderr) == spanish
    assert ("There is no email “nothing”" in refused.stderr) == (not spanish)


def test_the_option_wins_over_the_terminal(tmp_path: Path) -> None:
    spanish, english = {"LC_ALL": "es_CO.UTF-8"}, {"LC_ALL": "en_US.UTF-8"}
    assert "No hay base" in acto(tmp_path, "--language", "es", "backup", "x", **english).stderr
    assert "There is no database" in acto(tmp_path, "--language", "en", "backup", "x", **spanish).stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("sedn",), "Error: No existe el comando 'sedn'."),
        (("lint", "--jsno", "x"), "No existe la opción '--jsno'."),
        (("lint",), "Error: Falta el argumento 'PATH'."),
        (("build", "nowhere", "--out", "x"), "no sirve: la ruta 'nowhere' no existe"),
        (("users", "role", "ana@example.com", "boss"), "no es una de estas opciones"),
        (("serve", "--port", "99999999"), "no está en el rango 1<=x<=65535"),
        (("serve", "--port", "x"), "no es un número entero"),
        (("send", "diagnosis"), "Error: Indica quiénes lo reciben"),
        (("events", "more"), "Sobra el argumento (more)"),
    ],
)
def test_a_wrong_call_is_told_in_spanish(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    done = acto(tmp_path, "--language", "es", *words)
    assert done.returncode == 2
    assert done.stderr.startswith("Uso: ") and told in done.stderr and "para ver la ayuda" in done.stderr


def test_a_wrong_call_of_the_mail_server_keeps_its_code(tmp_path: Path) -> None:
    assert acto(tmp_path, "--language", "es", "inbound", "--jsno").returncode == 64


def test_help_is_in_spanish_with_whole_sentences(tmp_path: Path) -> None:
    main = " ".join(acto(tmp_path, "--language", "es", "--help").stdout.split())
    assert "Comandos:" in main and "Muestra este mensaje y termina." in main
    assert (
        "Deja seguir a los procesos de envío después de restaurar." in main and "..." not in main.split("Comandos:")[1]
    )
    flows = " ".join(acto(tmp_path, "--language", "es", "flows", "dry-run", "--help").stdout.split())
    assert "Cantidad de días hacia atrás. [por defecto: 30; 1<=x<=3650]" in flows
    assert "[obligatorio]" in acto(tmp_path, "--language", "es", "users", "invite", "--help").stdout


def test_what_programs_read_is_the_same_in_both(tmp_path: Path) -> None:
    broken = tmp_path / "diagnosis"
    shutil.copytree(ROOT / "templates/emails/diagnosis", broken)
    (broken / "body.mjml").write_text("<mjml><mj-body><mj-txt>Hi</mj-txt></mj-body></mjml>", encoding="utf-8")
    for words in (
        ("lint", str(broken), "--json"),
        ("check", "--json"),
        ("leads", "--json"),
        ("events",),
        ("users", "list"),
    ):
        english, spanish = acto(tmp_path, *words), acto(tmp_path, *words, LC_ALL="es_CO.UTF-8")
        assert (english.returncode, english.stdout) == (spanish.returncode, spanish.stdout), words
    assert "No existe" in acto(tmp_path, "--language", "es", "lint", str(broken), "--json").stdout


def test_a_person_reads_lint_a_list_a_check_and_the_settings_in_spanish(tmp_path: Path) -> None:
    spanish = {"LC_ALL": "es_CO.UTF-8"}
    broken = tmp_path / "diagnosis"
    shutil.copytree(ROOT / "templates/emails/diagnosis", broken)
    (broken / "body.mjml").write_text("<mjml><mj-body><mj-txt>Hi</mj-txt></mj-body></mjml>", encoding="utf-8")
    assert "No existe la etiqueta" in acto(tmp_path, "lint", str(broken), **spanish).stdout
    people = tmp_path / "people.csv"
    people.write_text("email\nana@example.com\nnobody\n", encoding="utf-8")
    assert (
        "1 agregados, 0 actualizados, 1 línea omitida"
        in acto(tmp_path, "import", "contacts", str(people), **spanish).stderr
    )
    assert "No se encontraron problemas." in acto(tmp_path, "check", **spanish).stderr
    assert (
        "puerto en el que escucha el servidor web (valor por defecto)" in acto(tmp_path, "settings", **spanish).stdout
    )
    refused = acto(tmp_path, "settings", **spanish, ACTO_PORT="none")
    assert "ACTO_PORT: port tiene un valor que no es válido. Debe ser un número entero de 1 a 65535" in refused.stderr


def test_a_new_email_has_its_brief_in_the_language_of_the_terminal(tmp_path: Path) -> None:
    acto(tmp_path, "new", "hola", LC_ALL="es_CO.UTF-8", ACTO_TEMPLATES_DIR=str(tmp_path))
    assert "Di qué necesitas saber" in (tmp_path / "hola/email.toml").read_text(encoding="utf-8")


def test_both_sides_of_the_catalogue_have_the_same_gaps_and_each_is_needed_once() -> None:
    written = (language.CATALOGUE / "es.po").read_text(encoding="utf-8")
    pairs = re.findall(r'^msgid (".+")\nmsgstr (".+")$', written, re.MULTILINE)
    assert len(pairs) == written.count("\nmsgid ") - 1 and len({english for english, _ in pairs}) == len(pairs)
    assert [pair for pair in pairs if pair[0].count("{}") != pair[1].count("{}")] == []


def test_a_name_of_the_authors_is_not_translated(tmp_path: Path) -> None:
    """Words like “default” are words of the command line alone."""
    acto(tmp_path, "new", "hello", ACTO_TEMPLATES_DIR=str(tmp_path))
    body = tmp_path / "hello/body.mjml"
    body.write_text(
        body.read_text(encoding="utf-8").replace("<mj-text", '<mj-text mj-class="default"', 1), encoding="utf-8"
    )
    assert "No hay ningún <mj-class> llamado default." in acto(tmp_path, "lint", str(body.parent), LC_ALL="es").stdout


def test_thousands_are_written_as_the_language_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "es_CO.UTF-8")
    assert translated(
        "Checked 1,234,567 contacts.".replace("1,234,567 contacts", translated("1,234,567 contacts"))
    ) == ("Se revisaron 1.234.567 contactos.")
    assert translated("12,345 contacts were recomputed.") == "Se calcularon de nuevo 12.345 contactos."
