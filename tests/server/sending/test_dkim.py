"""Signed mail, from the settings of a stream to what a verifier at the other end says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import dkim
import pytest

from builder.tokens import Keyring
from server import reasons
from server.booking import availability
from server.contacts import contacts
from server.sending import connection_worker, preparing, send
from server.sending.compose import composer
from server.sending.delivery import clock
from server.settings import Settings, Stream
from server.store import Store
from tests.any_hour import ANY_HOUR
from tests.builder import keys
from tests.server.sending.mailserver import mail_server
from tests.server.sending.messages import state
from tests.server.sending.working import wait_for, working

EMAIL = Path(__file__).parents[3] / "templates/emails/diagnosis"
KEYRING = Keyring(["a key of these tests that is long enough"])
Queued = tuple[str, str]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_worker, "IDLE_SECONDS", 0.02)
    monkeypatch.setattr(preparing, "MEND_MS", 100)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "dkim.pem"
    path.write_bytes(keys.private(2048))
    return path


def settings(port: int, key_file: Path | str) -> Settings:
    signed = Stream(
        from_address="news@acto.example",
        smtp_url=f"smtp://127.0.0.1:{port}",
        dkim_domain="acto.example",
        dkim_selector="s1",
        dkim_key_file=str(key_file),
    )
    unsigned = replace(signed, dkim_domain="", dkim_key_file="")
    streams = {"marketing": signed, "transactional": unsigned}
    return Settings(
        postal_address="Calle 1, Bogotá",
        base_url="https://acto.example",
        message_id_domain="acto.example",
        streams=streams,
        connections=1,
        **ANY_HOUR,
    )


def queue(store: Store, settings: Settings, name: str = "diagnosis") -> Queued:
    """One of the starter emails, to Ana."""
    ana = store.write(lambda tx: contacts.upsert(tx, "ana@example.com", clock(), "Ana", "Peña"))
    source = send.check(settings, EMAIL.parent / name)
    send.queue(store, source, [ana], clock(), source.sample.get("data", {}))
    with store.read() as tx:
        return ana["id"], tx.messages.of_contact(contact_id=ana["id"])[0]["id"]


def dns(key: bytes) -> Callable[..., bytes]:
    return lambda name, **_: keys.record(key) if name.rstrip(b".") == b"s1._domainkey.acto.example" else b""


def test_mail_of_a_signed_stream_verifies_as_it_arrives(store: Store, key_file: Path) -> None:
    with mail_server() as (server, port):
        found = settings(port, key_file)
        queued = queue(store, found)
        with working(store, found, composer(store, found, KEYRING, availability.write_down)):
            wait_for(lambda: state(store, *queued) == ("sent", ""))
    ((_, received),) = server.received
    assert dkim.verify(received, dnsfunc=dns(keys.private(2048)))
    assert not dkim.verify(received.replace(b"Ana", b"Eva"), dnsfunc=dns(keys.private(2048)))
    assert not dkim.verify(b"List-Unsubscribe: <https://evil.example>\r\n" + received, dnsfunc=dns(keys.private(2048)))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "No such file or directory"),
        (b"", "not an unencrypted RSA key"),
        (b"-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n", "not an unencrypted RSA key"),
        (keys.SMALL, "not an unencrypted RSA key"),
    ],
    ids=["missing", "empty", "nonsense", "small"],
)
def test_without_a_usable_key_the_stream_waits_and_says_so_the_other_leaves_and_a_mended_key_heals(
    store: Store, tmp_path: Path, content: bytes | None, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "mended.pem"
    if content is not None:
        path.write_bytes(content)
    with mail_server() as (server, port):
        found = settings(port, path)
        news, order = queue(store, found), queue(store, found, "order-delivered")
        with working(store, found, composer(store, found, KEYRING, availability.write_down)):
            wait_for(lambda: state(store, *order) == ("sent", ""))
            wait_for(lambda: state(store, *news)[1].startswith("not_set_up: "))
            assert len(server.received) == 1
            reason = state(store, *news)[1]
            path.write_bytes(keys.private(2048))
            wait_for(lambda: state(store, *news) == ("sent", ""))
    assert told in reason
    assert str(path) in reasons.sentence(reason, "es")
    assert "Traceback" not in caplog.text


def test_a_stream_without_a_key_file_says_which_setting_is_missing(store: Store) -> None:
    found = settings(1, "")
    queued = queue(store, found)
    with working(store, found, composer(store, found, KEYRING, availability.write_down)):
        wait_for(lambda: "dkim_key_file = ''" in state(store, *queued)[1])
