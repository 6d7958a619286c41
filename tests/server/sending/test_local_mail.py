"""The mail server of this machine: what comes in is kept, and reads as a mail client would show it."""

import smtplib
import time
from pathlib import Path

import pytest

from server.sending import local_mail, mailbox

MAIL = (
    b"From: Ana <ana@example.com>\r\nTo: beto@example.com\r\nSubject: =?utf-8?q?=C2=BFQu=C3=A9_tal=3F?=\r\n"
    b"Date: Mon, 01 Mar 2027 10:00:00 -0500\r\n"
    b'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\xc2\xa1Hola!\r\n"
    b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>\xc2\xa1Hola!</p>\r\n--b--\r\n"
)


def test_what_is_sent_to_it_is_kept_whole_and_read_newest_first(tmp_path: Path) -> None:
    with local_mail.running(tmp_path) as port, smtplib.SMTP("127.0.0.1", port) as client:
        client.sendmail("news@example.com", "beto@example.com", MAIL)
        client.sendmail("news@example.com", "carla@example.com", b"Subject: second\r\n\r\n.\r\n..x\r\n")
    second, first = mailbox.newest(tmp_path)
    assert (second.subject, second.sent_at) == ("second", 0)
    assert (first.subject, first.sender, first.to) == ("¿Qué tal?", "Ana <ana@example.com>", "beto@example.com")
    assert first.sent_at == 1_803_913_200_000
    whole = mailbox.read(tmp_path, first.name)
    assert whole is not None
    assert (whole.subject, whole.to, whole.sent_at) == (first.subject, first.to, first.sent_at)
    assert whole.source == MAIL
    assert (whole.text.strip(), whole.html.strip()) == ("¡Hola!", "<p>¡Hola!</p>")


def test_mails_of_one_millisecond_keep_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_800_000_000_000_000_000)
    with local_mail.running(tmp_path) as port, smtplib.SMTP("127.0.0.1", port) as client:
        for number in range(8):
            client.sendmail("a@example.com", "b@example.com", f"Subject: {number}\r\n\r\nx\r\n".encode())
    assert [mail.subject for mail in mailbox.newest(tmp_path)] == [str(number) for number in range(7, -1, -1)]


def test_a_mail_without_headers_or_in_an_unknown_alphabet_is_shown_all_the_same(tmp_path: Path) -> None:
    name = "0" * 20
    mailbox.store(tmp_path, name, b"Content-Type: text/plain; charset=klingon\r\n\r\nqapla' \xc3\xb1\r\n")
    found = mailbox.read(tmp_path, name)
    assert found is not None
    assert (found.to, found.sender, found.subject, found.html) == ("", "", "", "")
    assert found.text.strip() == "qapla' ñ"


def test_no_name_leads_out_of_the_inbox(tmp_path: Path) -> None:
    (tmp_path / "secret.eml").write_bytes(MAIL)
    inbox = tmp_path / "inbox"
    mailbox.store(inbox, "0" * 20, MAIL)
    for name in ("../secret", "..%2fsecret", "", "0" * 19, "0" * 20 + "\n", "z" * 20):
        assert mailbox.read(inbox, name) is None
