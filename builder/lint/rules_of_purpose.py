"""Lists the rules of purpose: why a question is asked, where its answer is used, whether a sentence would do. (name, says, fix, why)"""

Row = tuple[str, str, str, str]

WARNINGS: tuple[Row, ...] = (
    (
        "unbriefed-question",
        "More is asked than do and learn of the brief say, or the brief names other questions than the email asks.",
        "Say in the brief what each question is for, or do not ask it.",
        "A question without a purpose costs the recipient time and gives nobody an answer they can use.",
    ),
    (
        "unused-answer",
        "Nothing uses the answer: no points, no other question's `when`, no flow, and `then` of the brief says less than is asked.",
        "Give its options points, say in `then` what happens with it, or do not ask.",
        "An answer that changes nothing in operations was not worth asking for.",
    ),
    (
        "too-many-questions",
        "One person is asked more than three questions at once.",
        "Ask three, and the rest by `when` once the first are answered.",
        "Each further question costs answers to all of them.",
    ),
    (
        "needless-personal-data",
        "A question asks for personal data, and the brief does not say what they are for.",
        "Do not ask, or say in the brief what they are needed for.",
        "GDPR, art. 5(1)(c): no more data than the purpose needs; art. 9 for health, belief, origin and the like.",
    ),
    (
        "needless-block",
        "All that can be answered is that one has read it.",
        "Write the sentence in an <mj-text>.",
        "A tap that tells nobody anything is noise.",
    ),
)
