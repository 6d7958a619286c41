"""The few words Acto itself writes into an email, in every language it speaks."""

WORDS = {
    "es": {
        "pick_many": "Puedes elegir varias.",
        "out_of": "de",
    },
    "en": {
        "pick_many": "You can choose several.",
        "out_of": "of",
    },
}


def word(language: str, name: str) -> str:
    return WORDS.get(language, WORDS["en"])[name]
