"""Which passwords are taken, and how they are kept."""

from __future__ import annotations

import time

import pytest
from argon2 import PasswordHasher, extract_parameters

from server.accounts import passwords
from server.accounts.passwords import WeakPassword

ABOUT = ("lucia@clinica.example", "Lucía Ferrer", "Brújula Consultores")


@pytest.mark.parametrize(
    "password",
    [
        *(
            "un faro y tres barcos",
            "correct horse battery",
            "tres tristes tigres",
            "k7$Rm!q2Xw9z",
            "ñandú llovizna brea",
        ),
        *("Mi perra se llama Nube", "zanahoria-violin-9", "xT4vQp8mWz1c", "aguacate con sal y limón"),
    ],
)
def test_what_a_person_can_keep_and_nobody_guesses_is_taken(password: str) -> None:
    passwords.check_new(password, ABOUT)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        *((word, "short") for word in ("", "short", "eleven char")),
        ("x" * 257, "long"),
        *((word, "guessable") for word in ("password1234", "P4ssw0rd!2026", "contraseña123", "Contrasena2027!")),
        *((word, "guessable") for word in ("aaaaaaaaaaaaaaaa", "abababababababab", "123456789012345", "qwertyuiop123")),
        *((word, "guessable") for word in ("asdfghjklñ2026", "Bienvenido2027", "admin admin admin", "colombia12345")),
        *(
            (word, "guessable") for word in ("leavemealone", "q1w2e3r4t5y6", "4815162342lost", "superman!2026")
        ),  # leaked
        *((word, "guessable") for word in ("Ferrer-Brujula-1", "MadridBarcelona1", "felicidad2027!", "aB3$aB3$aB3$")),
        *((word, "guessable") for word in ("LuciaFerrer2027", "lucia.clinica.1", "brujula2027!!", "passwordpassword")),
    ],
)
def test_what_a_guesser_tries_first_is_refused_and_says_why(password: str, why: str) -> None:
    with pytest.raises(WeakPassword) as caught:
        passwords.check_new(password, ABOUT)
    assert caught.value.why == why


def test_a_password_is_the_same_however_a_keyboard_writes_its_letters() -> None:
    assert passwords.verify(passwords.hashed("una man\u0303ana fri\u0301a"), "una mañana fría")
    assert not passwords.verify(passwords.hashed("una mañana fría"), "una manana fria")


def test_nobodys_password_is_never_right_and_takes_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=8192, parallelism=1))
    passwords._nobody.cache_clear()
    assert not passwords.verify("", "nobody has this password")
    known, times = passwords.hashed("somebody's password"), {"known": 0.0, "": 0.0}
    for _ in range(5):
        for name, stored in (("known", known), ("", "")):
            start = time.perf_counter()
            assert not passwords.verify(stored, "a guess")
            times[name] += time.perf_counter() - start
    passwords._nobody.cache_clear()
    assert 0.3 < times[""] / times["known"] < 3


def test_passwords_are_kept_as_owasp_advises() -> None:
    """argon2id, 19 MiB and two rounds at least; the tests' own hasher is another."""
    kept = extract_parameters(PasswordHasher().hash("x"))
    assert (kept.type.name, kept.memory_cost >= 19_456, kept.time_cost >= 2) == ("ID", True, True)
