"""A template folder as somebody's editor, unzip tool or enemy left it."""

import json
from pathlib import Path

import pytest

from builder import catalog, lint
from builder.problems import BrokenTemplate
from tests.builder.emails import SAMPLE, TOML, files

BODY = "<mjml><mj-body>{}</mj-body></mjml>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small healthy email in `emails/try`, with room beside it."""
    made = tmp_path / "emails" / "try"
    for path, text in files("<mj-text>Café {{ person.first_name }}</mj-text>").items():
        target = made.parent / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return made


def test_a_healthy_folder_is_an_email(folder: Path) -> None:
    email = catalog.read(folder)
    assert (email.name, email.mail_class, email.topic, email.stream) == (
        "try",
        "transactional",
        "news",
        "transactional",
    )
    assert (email.languages, email.subject["es"]) == (
        ("es",),
        "Hola{% if person.first_name %} {{ person.first_name }}{% endif %}",
    )
    assert email.brief.complete
    assert email.sample == SAMPLE


def test_the_same_files_are_the_same_version_and_one_changed_letter_is_another(folder: Path) -> None:
    email = catalog.read(folder)
    assert catalog.parse("try", dict(reversed([*email.files.items()]))) == email
    changed = {**email.files, "try/body.mjml": email.files["try/body.mjml"].replace("Café", "Cafe")}
    assert catalog.parse("try", changed) != email


@pytest.mark.parametrize("name", ["email.toml", "body.mjml", "sample.json"])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(folder: Path, name: str) -> None:
    before = catalog.read(folder)
    path = folder / name
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert catalog.read(folder) == before


def test_latin_1_is_told_with_its_place(folder: Path) -> None:
    (folder / "body.mjml").write_bytes(BODY.format("<!-- Café -->").encode("latin-1"))
    assert [(p.rule, p.line, p.column) for p in lint.check_folder(folder)] == [("encoding", 1, 24)]


def test_partials_are_collected_with_their_languages_and_their_own_partials(folder: Path) -> None:
    shared = folder.parent / "_shared"
    shared.mkdir()
    (folder / "body.mjml").write_text(BODY.format('<mj-include path="../_shared/foot.mjml" />'))
    (shared / "foot.mjml").write_text('<mj-include path="deep.mjml" />')
    (shared / "foot.en.mjml").write_text("")
    (shared / "deep.mjml").write_text("")
    assert sorted(catalog.collect(folder)) == [
        *("_shared/deep.mjml", "_shared/foot.en.mjml", "_shared/foot.mjml"),
        *("try/body.mjml", "try/email.toml", "try/sample.json"),
    ]


@pytest.mark.parametrize("path", ["../../secret.mjml", "/etc/hostname", "../../emails/../secret.mjml"])
def test_nothing_outside_the_emails_is_read(folder: Path, path: str) -> None:
    (folder.parents[1] / "secret.mjml").write_text("secret")
    (folder / "body.mjml").write_text(BODY.format(f'<mj-include path="{path}" />'))
    assert "secret" not in "".join(catalog.collect(folder).values()).replace(path, "")
    assert "missing-include" in {problem.rule for problem in lint.check_folder(folder)}


@pytest.mark.parametrize("name", ["partial.mjml", "sample.json", "body.en.mjml"])
def test_a_symbolic_link_does_not_lead_out(folder: Path, name: str) -> None:
    secret = folder.parents[1] / "secret"
    secret.write_text("secret")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(secret)
    (folder / "body.mjml").write_text(BODY.format('<mj-include path="partial.mjml" />'))
    assert "secret" not in catalog.collect(folder).values()


@pytest.mark.parametrize("path", ["a\x00b", "x" * 5000, "[", "**", ".", "..", "a/../../try", "body.mjml/x", " "])
def test_an_odd_path_is_a_missing_partial(folder: Path, path: str) -> None:
    (folder / "body.mjml").write_text(BODY.format(f'<mj-include path="{path}" />'))
    assert {problem.rule for problem in lint.check_folder(folder)} <= {"missing-include", "include-loop"}


def test_of_a_huge_file_no_more_is_read_than_shows_that_it_is(folder: Path) -> None:
    (folder / "body.mjml").write_text("x" * 3_000_000)
    assert len(catalog.collect(folder)["try/body.mjml"]) < 600_000
    assert [problem.rule for problem in lint.check_folder(folder)] == ["too-large"]


def test_a_folder_that_is_no_email_says_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(BrokenTemplate) as caught:
        catalog.read(tmp_path)
    assert [problem.rule for problem in caught.value.problems] == ["missing-file", "missing-file"]
    assert "acto new" in str(caught.value)


def test_the_names_of_emails_leave_out_partials_and_hidden_folders(tmp_path: Path) -> None:
    for name in ("b", "a", "_shared", ".git"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "email.toml").write_text("")
    (tmp_path / "empty").mkdir()
    assert catalog.names(tmp_path) == ["a", "b"]


def test_a_person_gets_the_language_they_prefer_or_the_first_there_is() -> None:
    toml = TOML.format(mail_class="marketing").replace("subject = { es", 'subject = { en = "Hi", es')
    email = catalog.parse(
        "try", files("", email_toml=toml) | {"try/body.en.mjml": BODY, "try/sample.json": json.dumps({})}
    )
    assert [email.speaks(language) for language in ("es", "en", "fr", "")] == ["es", "en", "en", "en"]
    assert [email.body(language) for language in ("es", "en")] == ["try/body.mjml", "try/body.en.mjml"]
