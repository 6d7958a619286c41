"""What was acknowledged is stored, and what is not stored is never acknowledged."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.store import Store, group, postgresql
from tests.kills import asking, server, stored
from tests.kills.clients import Ask, Sent
from tests.server import apps, troubles
from tests.server.troubles import Trouble

TROUBLES = [troubles.locked, troubles.full]
SORRY = {"es": "No pudimos guardar tu respuesta", "en": "Your answer could not be saved"}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks are waited for as long as ever, only that ever is short."""
    monkeypatch.setattr(group, "LOCK_WAIT_SECONDS", 0.1)
    monkeypatch.setattr(postgresql, "LOCK_WAIT_SECONDS", 0.1)


@pytest.fixture
def place(database: str, tmp_path: Path) -> dict[str, str]:
    return asking.environment(database, tmp_path)


@pytest.fixture
def client(store: Store, place: dict[str, str]) -> Iterator[FlaskClient]:
    app = apps.over(asking.settings(place), store)
    yield app.test_client()
    apps.close(app)


def answer(client: FlaskClient, ask: Ask, nonce: str, accept: str = "text/html") -> TestResponse:
    form = {"choice": ask.options[0], "nonce": nonce, "gesture": "pointer"}
    return client.post(f"/a/{ask.token}", data=form, headers={"Accept": accept})


def test_a_web_server_killed_under_load_loses_no_acknowledged_answer_and_doubles_none(database: str) -> None:
    """The short form of `python -m tests.kills server --times 100`."""
    count = server.run(database, times=1)
    assert count.broken == []
    assert count.stored == count.acknowledged >= 2 * server.CLIENTS  # how many more depends on the machine


@pytest.mark.long
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # it is the check that is tested, and no engine
def test_a_server_that_acknowledges_before_it_commits_is_caught(database: str) -> None:
    """The negative control: without it, a check that looks away would be green as well."""
    count = server.run(database, times=2, serve=("tests.kills.careless",))
    assert any(breach.endswith("was acknowledged and is lost") for breach in count.broken)


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("language", ["es", "en"])
def test_an_answer_that_cannot_be_stored_is_never_thanked_for_and_can_be_sent_again(
    client: FlaskClient, store: Store, database: str, place: dict[str, str], trouble: Trouble, language: str
) -> None:
    asks, acknowledged = asking.everybody(asking.settings(place), 30, language), []
    with trouble(store, database):
        for ask in asks:  # a full disk still has room in its last pages
            refused = Sent(ask, ask.options[0], secrets.token_urlsafe(18))
            reply = answer(client, ask, refused.nonce)
            if reply.status_code != 200:
                break
            acknowledged.append(refused)
        in_script = answer(client, ask, refused.nonce, "application/json")
        assert stored.breaches(store, acknowledged) == []
    assert (reply.status_code, in_script.status_code) == (503, 503)
    assert reply.headers["Retry-After"] == in_script.headers["Retry-After"] == "5"
    assert SORRY[language] in reply.text
    assert f'<html lang="{language}"' in reply.text
    assert f'value="{ask.options[0]}"' in reply.text
    assert in_script.json == {"saved": False}
    assert answer(client, ask, refused.nonce).status_code == 200
    assert stored.breaches(store, [*acknowledged, refused]) == []


def test_the_page_that_says_sorry_sends_the_same_answer_again_and_not_a_second_one(
    client: FlaskClient, store: Store, database: str, place: dict[str, str]
) -> None:
    """PostgreSQL may have committed what it could not confirm: only the same nonce makes the repetition harmless."""
    ask, nonce = asking.everybody(asking.settings(place), 1)[0], secrets.token_urlsafe(18)
    with troubles.locked(store, database):
        reply = answer(client, ask, nonce)
    assert re.findall(r'name="nonce" value="(.*?)"', reply.text) == [nonce]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_database_file_that_was_removed_is_told_and_what_is_sent_again_is_stored_once(
    client: FlaskClient, store: Store, database: str, place: dict[str, str]
) -> None:
    ask, nonce = asking.everybody(asking.settings(place), 1)[0], secrets.token_urlsafe(18)
    away = Path(database).rename(f"{database}.away")
    for accept in ("text/html", "application/json"):
        reply = answer(client, ask, nonce, accept)
        assert (reply.status_code, reply.headers["Retry-After"]) == (503, "5")
    assert client.get("/outbox").status_code in (302, 503)
    away.rename(database)
    assert answer(client, ask, nonce).status_code == 200
    assert stored.breaches(store, [Sent(ask, ask.options[0], nonce)]) == []


def test_a_database_that_is_away_is_told_too(client: FlaskClient, store: Store, place: dict[str, str]) -> None:
    """Then even the question cannot be read: the page has no form, but says the same."""
    ask, nonce = asking.everybody(asking.settings(place), 1)[0], secrets.token_urlsafe(18)
    store.close()
    reply = answer(client, ask, nonce)
    in_script = answer(client, ask, nonce, "application/json")
    assert (reply.status_code, in_script.status_code) == (503, 503)
    assert reply.headers["Retry-After"] == in_script.headers["Retry-After"] == "5"
    assert "no se guardó nada" in client.post(f"/a/{ask.token}", headers={"Accept-Language": "es"}).text
    assert in_script.json == {"saved": False}


@pytest.mark.parametrize(
    ("damage", "breach"),
    [
        ("DELETE FROM events WHERE nonce = '{nonce}'", "stands 0 times"),
        (
            "INSERT INTO events (contact_id, id, message_id, block, kind, value, channel, nonce, grade, at) "
            "SELECT contact_id, 'x', message_id, block, kind, value, channel, 'another-nonce-0000', grade, at FROM events",
            "which nobody sent",
        ),
        ("UPDATE events SET value = '[\"no-such-option\"]'", "which nobody sent"),
        ("UPDATE answers SET value = '[\"no-such-option\"]'", "differs from its events"),
        ("DELETE FROM answers", "no answer is stored"),
        ("UPDATE leads SET interest = interest + 1", "differs from its answers"),
        ("DELETE FROM leads", "has no lead"),
    ],
)
def test_the_check_of_the_kills_sees_each_kind_of_damage(
    client: FlaskClient, store: Store, database: str, place: dict[str, str], damage: str, breach: str
) -> None:
    ask, nonce = asking.everybody(asking.settings(place), 1)[0], secrets.token_urlsafe(18)
    assert answer(client, ask, nonce).status_code == 200
    sent = [Sent(ask, ask.options[0], nonce)]
    assert stored.breaches(store, sent) == []
    troubles.execute(store, database, damage.format(nonce=nonce))
    assert any(breach in told for told in stored.breaches(store, sent))
