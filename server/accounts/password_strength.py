"""Estimates with zxcvbn how many guesses a password takes. The only module that imports zxcvbn.

zxcvbn knows leaked passwords, English words, names, dates, keyboards and repetition. Spanish words and the names of the person
and the company are added here, because it lacks them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import permutations

LEAST_SCORE = 3  # of 4: a hundred million guesses, years of work with argon2
MOST_CHARACTERS = 72  # that zxcvbn reads; its time grows with the square of the length
MOST_WORDS = 12  # of the person that are tried in pairs: first and last name, name and company
AROUND = "0123456789@$!|?.,-_* "  # characters that people add around a word and zxcvbn does not strip
_JOINTS = re.compile(r"[\s._-]+")
_SPANISH = """
    contraseña clave secreto bienvenido bienvenida administrador usuario entrar acceso cambiame temporal prueba empresa correo
    hola tequiero tequieromucho teamo amor amorcito corazon princesa futbol barcelona realmadrid madrid colombia mexico argentina
    españa peru chile venezuela ecuador bolivia bogota medellin lima buenosaires santiago sevilla valencia
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    lunes martes miercoles jueves viernes sabado domingo verano invierno primavera otoño
    casa perro gato familia mama papa hijo hija hermano hermana abuelo abuela amigo amiga novio novia esposo esposa
    rojo azul verde amarillo negro blanco naranja morado rosa gris uno dos tres cuatro cinco seis siete ocho nueve diez
    sol luna estrella cielo mar playa montaña rio flor arbol dios jesus maria jose juan carlos luis ana pedro jorge miguel
    angel diego pablo javier lucia sofia valentina camila daniela alejandro alejandra fernando fernanda andrea paula
    agua fuego tierra comida cafe vino cerveza leche queso pollo carne arroz pan fruta manzana musica guitarra baile fiesta
    libertad paz vida muerte feliz felicidad suerte dinero trabajo escuela colegio universidad oficina negocio tienda banco
    coche carro moto bicicleta avion tren barco campeon equipo partido gol jugador ganar siempre nunca todo nada bueno malo
    grande pequeño nuevo viejo bonito lindo guapo reina rey tigre leon aguila dragon lobo caballo toro pato
    acto email company
"""
SPANISH = tuple(_SPANISH.split())


def is_guessable(password: str, about: Iterable[str] = ()) -> bool:
    """Return whether few guesses find the password; `about` are names and addresses of the person and the company."""
    from zxcvbn import zxcvbn  # loads a megabyte of words, needed for new passwords only

    words = sorted(_words(about))
    known = [*words, *(a + b for a, b in permutations(words[:MOST_WORDS], 2)), *SPANISH, *map(_plain, SPANISH)]
    plain = _plain(password)
    tried = {each[:MOST_CHARACTERS] for each in (password, plain, plain.strip(AROUND), _JOINTS.sub("", plain))}
    return any(not each or zxcvbn(each, user_inputs=known)["score"] < LEAST_SCORE for each in tried)


def _plain(text: str) -> str:
    """Return the text without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _words(about: Iterable[str]) -> set[str]:
    found = {word for each in about for word in re.split(r"[\W_]+", each.lower()) if len(word) >= 3}
    return found | set(map(_plain, found))
