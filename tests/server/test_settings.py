"""Settings: the environment over the file over the defaults, and a clear word for what is wrong."""

import threading
from datetime import date
from pathlib import Path

import pytest

from server import settings


def write(folder: Path, text: str) -> Path:
    path = folder / "acto.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    loaded = settings.load(tmp_path / "acto.toml", {})
    assert loaded.database == "data/acto.db"
    assert set(loaded.streams) == {"marketing", "transactional"}
    assert loaded.message_id_domain == "127.0.0.1"


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    path = write(tmp_path, 'port = 1\nthreads = 2\n[streams.marketing]\npace_per_second = 3\nfrom_name = "Ana"')
    environ = {"ACTO_PORT": "9", "ACTO_STREAMS_MARKETING_PACE_PER_SECOND": "7", "HOME": "/"}
    loaded = settings.load(path, environ)
    assert (loaded.port, loaded.threads, loaded.workers) == (9, 2, 1)
    assert loaded.streams["marketing"].pace_per_second == 7
    assert loaded.streams["marketing"].from_name == "Ana"
    assert loaded.origins["port"] == "ACTO_PORT"
    assert loaded.origins["threads"] == str(path)


def test_a_company_can_add_a_stream_of_its_own(tmp_path: Path) -> None:
    loaded = settings.load(write(tmp_path, '[streams.alerts]\nfrom_address = "a@b.example"'), {})
    assert loaded.streams["alerts"].from_address == "a@b.example"


@pytest.mark.parametrize(
    ("text", "environ", "words"),
    [
        ("prot = 1", {}, ["acto.toml", "prot", "Did you mean port?"]),
        ('port = "80"', {}, ["acto.toml", "port", "a whole number from 1 to 65535"]),
        ("threads = true", {}, ["threads", "a whole number"]),
        ("port = 0", {}, ["port", "from 1 to 65535"]),
        ("", {"ACTO_PORT": "many"}, ["ACTO_PORT", "port", "a whole number"]),
        ("", {"ACTO_DATABSE": "x"}, ["ACTO_DATABSE", "Did you mean ACTO_DATABASE?"]),
        ('database = "mysql://x/y"', {}, ["database", "postgresql://"]),
        ('base_url = "example.com"', {}, ["base_url", "https://"]),
        ('[streams.marketing]\nsmtp = "x"', {}, ["streams.marketing.smtp", "Did you mean smtp_url?"]),
        (
            '[streams.marketing]\nsmtp_url = "smtp://h:x"',
            {},
            ["streams.marketing.smtp_url", "smtp+starttls://"],
        ),
        ('streams = "x"', {}, ["streams", "[streams.marketing]"]),
        ("port: 80", {}, ["acto.toml", "is not TOML", "port = 8000"]),
    ],
)
def test_a_wrong_setting_names_its_place_its_key_and_what_would_be_right(
    tmp_path: Path, text: str, environ: dict[str, str], words: list[str]
) -> None:
    with pytest.raises(settings.SettingsError) as caught:
        settings.load(write(tmp_path, text), environ)
    for word in words:
        assert word in str(caught.value)


def test_no_password_is_ever_printed(tmp_path: Path) -> None:
    text = 'database = "postgresql://ana:s3cret@db/acto"\n[streams.marketing]\nsmtp_url = "smtps://u:s3cret@m:465"'
    loaded = settings.load(write(tmp_path, text), {})
    told = {row.name: row for row in settings.describe(loaded)}
    assert told["database"].value == "postgresql://ana:***@db/acto"
    assert told["streams.marketing.smtp_url"].value == "smtps://u:***@m:465"
    assert "s3cret" not in repr(loaded) + repr(loaded.streams) + str(told)


def test_every_setting_has_a_help_and_its_default_passes_its_own_check() -> None:
    for row in (*settings.rows(settings.Settings), *settings.rows(settings.Stream)):
        assert row.help
        assert row.holds(row.default), row.name


def test_the_signing_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    loaded = settings.load(tmp_path / "none", {"ACTO_KEYS_FILE": str(tmp_path / "deep" / "keys")})
    first = settings.keys(loaded)
    assert len(first) == 1
    assert len(first[0]) >= 48
    assert settings.keys(loaded) == first
    assert (tmp_path / "deep" / "keys").stat().st_mode & 0o777 == 0o600


def test_processes_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    loaded = settings.load(tmp_path / "none", {"ACTO_KEYS_FILE": str(tmp_path / "keys")})
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(settings.keys(loaded))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({tuple(keys) for keys in found}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_an_empty_key_file_is_refused_rather_than_signed_with_nothing(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("\n")
    loaded = settings.load(tmp_path / "none", {"ACTO_KEYS_FILE": str(tmp_path / "keys")})
    with pytest.raises(settings.SettingsError, match="contains no key"):
        settings.keys(loaded)


def test_a_new_key_signs_and_the_old_ones_read_for_as_long_as_their_links_live(tmp_path: Path) -> None:
    loaded = settings.load(tmp_path / "none", {"ACTO_KEYS_FILE": str(tmp_path / "keys")})
    (first,) = settings.keys(loaded)
    assert settings.rotate(loaded, date(2026, 1, 1), kept_days=90) == (2, 0)
    second = settings.keys(loaded)[-1]
    assert settings.keys(loaded) == [first, second]
    assert settings.rotate(loaded, date(2026, 4, 1), kept_days=90) == (3, 0)
    assert settings.rotate(loaded, date(2026, 4, 2), kept_days=90) == (3, 1)
    assert first not in settings.keys(loaded)
    assert second in settings.keys(loaded)
    assert len(set(settings.keys(loaded))) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o600
