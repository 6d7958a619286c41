"""What of a password a guesser does not get for free. Pure.

Guessers try what has leaked before, bare or with a few digits around it; words that everybody takes, with digits for letters
and a year behind; keys that lie beside each other; and names of the person and the house. What is left of a password when all
that is taken out is what protects it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from server.people import common

LEAST_LEFT = 5  # characters that are none of the below
WORDS = (  # longest first, so that what contains another is taken out whole
    *("contrasena", "contraseña", "bienvenido", "bienvenida", "administrador", "administrator", "tequieromucho"),
    *("password", "passwort", "welcome", "letmein", "iloveyou", "teamo", "tequiero", "secreto", "secret", "clave"),
    *("admin", "root", "user", "usuario", "login", "entrar", "acceso", "changeme", "cambiame", "default", "master"),
    *("hola", "hello", "test", "prueba", "temporal", "temp", "empresa", "company", "acto", "email", "correo"),
    *(
        "dragon",
        "monkey",
        "princesa",
        "princess",
        "futbol",
        "football",
        "barcelona",
        "realmadrid",
        "colombia",
        "mexico",
    ),
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre"),
    *("diciembre", "january", "february", "march", "april", "june", "july", "august", "september", "october"),
    *("november", "december", "verano", "invierno", "summer", "winter", "spring", "autumn", "jesus", "amor", "love"),
)
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjklñ", "zxcvbnm", "qazwsxedcrfvtgbyhnujm")
AROUND = "0123456789@$!|"  # what people put around a word to make it a password
RUN = 3  # characters in a row of a keyboard, or the same one, count as none
LETTERS = str.maketrans("0134578@$!|", "oleastbasil")  # what stands for letters: p4ssw0rd
_YEARS = re.compile(r"(19|20)\d\d")
_SAME = re.compile(r"(.)\1{2,}")
_PERIOD = re.compile(r"(.{1,8}?)\1+")  # short pieces again and again


def is_guessable(password: str, about: Iterable[str] = ()) -> bool:
    """Whether a guesser needs little; `about` are names and addresses that belong to the person and the house."""
    plain = _folded(password)
    if {password.lower(), plain, plain.strip(AROUND)} & common.passwords():
        return True
    whole = _PERIOD.fullmatch(plain)
    left = _without_runs(_YEARS.sub("", whole[1] if whole else plain))
    for word in sorted({*WORDS, *_words(about)}, key=len, reverse=True):
        left = left.translate(LETTERS).replace(_folded(word), "")
    return len(set(left)) < LEAST_LEFT


def _folded(text: str) -> str:
    """Lower case, without accents and spaces."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if c.isalnum() or c in "@$!|")


def _words(about: Iterable[str]) -> set[str]:
    return {word for each in about for word in re.split(r"[\W_]+", each.lower()) if len(word) >= 3}


def _without_runs(text: str) -> str:
    left = _SAME.sub("", text)
    for row in (*ROWS, *(row[::-1] for row in ROWS)):
        for length in range(len(row), RUN - 1, -1):
            for start in range(len(row) - length + 1):
                left = left.replace(row[start : start + length], "")
    return left
