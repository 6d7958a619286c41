"""The command `acto`, as a person at a terminal meets it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from builder.tokens import Keyring
from server.store import Store
from tests import terminal
from tests.server.cli.conftest import Run
from tests.server.world import ROOT

BROKEN = "<mjml><mj-body><mj-section><mj-column><mj-txt>Hi</mj-txt></mj-column></mj-section></mj-body></mjml>"


def csv(folder: Path, text: str) -> str:
    path = folder / "contacts.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def copy(email: str, folder: Path) -> Path:
    """A template folder with its partials, to be broken."""
    for name in (email, "_shared"):
        (folder / name).mkdir(parents=True)
        for file in (ROOT / "templates/emails" / name).iterdir():
            (folder / name / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return folder / email


def test_sending_queues_for_everybody_once_each(acto: Run, tmp_path: Path, store: Store) -> None:
    acto("import", "contacts", csv(tmp_path, "email,language\nana@example.com,es\ngrace@example.org,en\n"))
    done = acto("send", "diagnosis", "--all")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    with store.read() as tx:
        rows = tx.messages.recent(before="~", tests="yes", limit=10)
    assert {(row["address"], row["language"], row["state"]) for row in rows} == {
        ("ana@example.com", "es", "queued"),
        ("grace@example.org", "en", "queued"),
    }


def test_sending_to_an_address_adds_the_person(acto: Run, store: Store) -> None:
    assert (
        acto(
            "send", "order-delivered", "--to", "new@example.com", "--data", '{"order": {"number": "A-1", "lines": []}}'
        ).returncode
        == 0
    )
    with store.read() as tx:
        assert tx.contacts.by_key(email_key="new@example.com")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("send", "nope", "--all"), "There is no email “nope”"),
        (("send", "diagnosis", "--all"), "There are no contacts yet"),
        (("send", "diagnosis", "--to", "not an address"), "not an email address"),
        (("send", "diagnosis", "--to", "a@example.com", "--data", "{"), "not JSON"),
        (("send", "diagnosis", "--to", "a@example.com", "--data", "[]"), "JSON object"),
        (("new", "Not A Name"), "cannot be the name of an email"),
        (("admin", "a@example.com", "--password", "short"), "12 characters"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(acto: Run, arguments: tuple[str, ...], says: str) -> None:
    done = acto(*arguments)
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [("send", "diagnosis"), ("send", "diagnosis", "--all", "--to", "a@b.co"), ("nope",)]
)
def test_a_wrong_call_is_exit_2(acto: Run, arguments: tuple[str, ...]) -> None:
    assert acto(*arguments).returncode == 2


def test_a_database_that_cannot_be_reached_is_a_sentence(tmp_path: Path) -> None:
    environ = {**os.environ, "ACTO_DATABASE": "postgresql://nobody@127.0.0.1:1/none"}
    command = [sys.executable, "-m", "server.cli", "leads"]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_an_email_with_an_error_is_not_sent(acto: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copy("diagnosis", tmp_path / "emails")
    (folder / "body.mjml").write_text(BROKEN, encoding="utf-8")
    done = acto("build", str(folder), "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "body.mjml:1:" in done.stderr
    assert "unknown-tag" in done.stderr
    assert not (tmp_path / "out").exists()


def test_lint_says_nothing_is_wrong_with_the_starters(acto: Run) -> None:
    for name in ("diagnosis", "order-delivered"):
        done = acto("lint", str(ROOT / "templates/emails" / name), "--json")
        assert (done.returncode, json.loads(done.stdout)["problems"]) == (0, [])


def test_lint_says_of_every_format_whether_it_goes_out_and_why_not(acto: Run) -> None:
    email = str(ROOT / "templates/emails/order-delivered")
    told = acto("lint", email)
    assert told.stdout == ""
    assert "html  sent\n" in told.stderr
    assert "amp  not sent yet: base_url is not https" in told.stderr
    assert "calendar  not sent: the email is no invitation" in told.stderr
    formats = json.loads(acto("lint", email, "--json").stdout)["formats"]
    assert formats["html"] == {"on": True, "why": []}
    assert [format_ for format_, each in formats.items() if not each["on"] and not each["why"]] == []


def test_lint_speaks_json_with_every_place(acto: Run, tmp_path: Path) -> None:
    folder = copy("diagnosis", tmp_path / "emails")
    (folder / "body.mjml").write_text(BROKEN, encoding="utf-8")
    done = acto("lint", str(folder), "--json")
    problems, formats = json.loads(done.stdout).values()
    assert (done.returncode, formats) == (1, {})
    assert all(set(each) == {"file", "line", "column", "rule", "severity", "message", "fix"} for each in problems)
    assert "unknown-tag" in {each["rule"] for each in problems}


def test_a_new_email_passes_lint_and_builds(acto: Run, tmp_path: Path) -> None:
    environ = {"ACTO_TEMPLATES_DIR": str(tmp_path / "emails")}
    for mail_class, language in (("marketing", "en"), ("transactional", "es")):
        made = acto("new", f"my-{mail_class}", "--class", mail_class, "--language", language, **environ)
        assert made.returncode == 0, made.stderr
        folder = str(tmp_path / "emails" / f"my-{mail_class}")
        lint = acto("lint", folder)
        assert lint.returncode == 0
        told = re.findall(r"\[([\w-]+)\]$", lint.stdout, re.MULTILINE)
        assert told == ["placeholder"]  # its brief is for the author to write
        person = tmp_path / "nobody.json"
        person.write_text('{"person": {}, "data": {}}', encoding="utf-8")
        assert acto("build", folder, "--out", str(tmp_path / "out"), "--person", str(person)).returncode == 0
        html, report = ((tmp_path / "out" / name).read_text(encoding="utf-8") for name in ("html.html", "report.json"))
        assert ("Hola:" in html, json.loads(report)["subject"]) == (True, "Una pregunta")


def test_build_writes_a_message_whose_links_hold_valid_tokens(acto: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = acto(
        "build",
        str(ROOT / "templates/emails/diagnosis"),
        "--out",
        str(out),
        "--language",
        "en",
        "--base-url",
        "https://a.example",
    )
    assert done.returncode == 0, done.stderr
    assert "gmail  not sent: vendors forbid this format on promotional mail to many" in done.stderr
    message = message_from_bytes((out / "message.eml").read_bytes(), policy=policy.default)
    html = message.get_body(("html",))
    assert html
    tokens = re.findall(r"https://a\.example/a/([^/\"]+)/this_month", html.get_content())
    keyring = Keyring((tmp_path / "data/keys").read_text(encoding="utf-8").split())
    assert keyring.read("answer", tokens[0], 0).block == "when"
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["language"] == "en"
    assert report["blocks"]["when"] == ["this_month", "three_months", "someday"]
    assert (out / "html.html").read_text(encoding="utf-8").strip() == html.get_content().replace("\r\n", "\n").strip()


def test_build_for_another_person_and_a_language_it_does_not_speak(acto: Run, tmp_path: Path) -> None:
    person = tmp_path / "person.json"
    person.write_text(json.dumps({"person": {"first_name": "Zoë"}, "data": {}}), encoding="utf-8")
    email = str(ROOT / "templates/emails/diagnosis")
    assert acto("build", email, "--out", str(tmp_path / "out"), "--person", str(person)).returncode == 0
    assert "Zoë" in (tmp_path / "out/text.txt").read_text(encoding="utf-8")
    refused = acto("build", email, "--out", str(tmp_path / "out"), "--language", "fr")
    assert refused.returncode == 1
    assert "es, en" in refused.stderr


def test_settings_never_print_a_password(tmp_path: Path) -> None:
    environ = {"ACTO_STREAMS_MARKETING_SMTP_URL": "smtps://me:hunter2secret@smtp.example.com"}
    done = terminal.acto(tmp_path, environ, "settings")
    assert done.returncode == 0
    assert "smtp.example.com" in done.stdout
    assert "hunter2secret" not in done.stdout


def test_leads_and_events_are_lines_of_json(acto: Run, tmp_path: Path, database: str) -> None:
    import time

    from tests.server import world as worlds

    made = worlds.make(database, tmp_path, time.time_ns() // 1_000_000)
    made.post("ana", "when", "this_month", gesture="pointer")
    made.close()
    lead = json.loads(acto("leads", "--json").stdout)
    assert (lead["name"], lead["urgency"]) == ("Ana Díaz", 50)
    assert "urgencia +50" in lead["reasons"][0]["es"]
    assert "urgency +50" in lead["reasons"][0]["en"]
    event = json.loads(acto("events", "--json").stdout)
    assert (event["kind"], event["value"], event["grade"]) == ("answered", ["this_month"], "gestured")
    assert "Ana Díaz" in acto("leads").stdout
    assert "when = this_month" in acto("events").stdout
