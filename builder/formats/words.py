"""The few words Acto itself writes into an email, in every language it speaks."""

WORDS = {
    "es": {
        "pick_many": "Puedes elegir varias.",
        "answer_here": "Responde aquí",
        "out_of": "de",
    },
    "en": {
        "pick_many": "You can choose several.",
        "answer_here": "Answer here",
        "out_of": "of",
    },
}


def word(language: str, name: str) -> str:
    return WORDS.get(language, WORDS["en"])[name]
