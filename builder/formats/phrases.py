"""Lists the phrases that Acto itself writes into an email, in each of its languages."""

WORDS = {
    "es": {
        "pick_many": "Puedes elegir varias.",
        "out_of": "de",
        "write_here": "Escribe tu respuesta",
        "more_about": "Quiero saber más",
        "send": "Enviar mi respuesta",
        "by_mail": "Responder por correo",
        "or_by_mail": "O responde por correo a",
        "reply_number": "Escribe arriba de la línea un número",
        "reply_letter": "Escribe arriba de la línea una letra:",
        "reply_letters": "Escribe arriba de la línea una o varias letras:",
        "reply_text": "Escribe arriba de la línea tu respuesta.",
        "you_chose": "Elegiste",
        "open_field": "Escribir mi respuesta",
        "saving": "Guardando…",
        "show_all": "Ver todos",
        "not_saved": "No se pudo guardar. Inténtalo otra vez.",
        "opening_tells": "Las partes que abres nos dicen qué te interesa.",
    },
    "en": {
        "pick_many": "You can choose several.",
        "out_of": "of",
        "write_here": "Write your answer",
        "more_about": "Tell me more",
        "send": "Send my answer",
        "by_mail": "Answer by email",
        "or_by_mail": "Or answer by email to",
        "reply_number": "Write a number above the line",
        "reply_letter": "Write one letter above the line:",
        "reply_letters": "Write one or more letters above the line:",
        "reply_text": "Write your answer above the line.",
        "you_chose": "You chose",
        "open_field": "Write my answer",
        "saving": "Saving…",
        "show_all": "Show all",
        "not_saved": "It could not be saved. Please try again.",
        "opening_tells": "The parts you open tell us what interests you.",
    },
}


def word(language: str, name: str) -> str:
    """Return a phrase in a language, in English for a language that Acto lacks."""
    return WORDS.get(language, WORDS["en"])[name]
