"""Lists the lint rules that apply to transactional emails only, each as (name, message, correction, legal reason).

`promotion` checks them; `rules` merges them into the table of all rules.
"""

Row = tuple[str, str, str, str]

ERRORS: tuple[Row, ...] = (
    (
        "marketing-in-disguise",
        "More than half of what a transactional email says sells something.",
        'Take the offers out, or write class = "marketing".',
        "16 CFR 316.3(a)(2): its primary purpose is commercial, and so the law of marketing mail applies to it.",
    ),
)
WARNINGS: tuple[Row, ...] = (
    (
        "promotional-share",
        "More than a fifth of what a transactional email says sells something.",
        "Keep to the news, or send the offers as marketing to those who want them.",
        "16 CFR 316.3(a)(2); a little promotion is tolerable, and complaints about it delay every receipt.",
    ),
    (
        "promotional-subject",
        "The subject of a transactional email reads like an offer.",
        "Say the news.",
        "16 CFR 316.3(a)(2)(i): a subject that reads commercial makes the mail commercial.",
    ),
    (
        "news-not-first",
        "A transactional email begins with a question or an offer, and not with its news.",
        "Say first what happened; ask and offer after it.",
        "16 CFR 316.3(a)(2)(ii): what the mail is for stands at the beginning, in whole or substantial part.",
    ),
)
