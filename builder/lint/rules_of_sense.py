"""Lists the rules of a template's meaning: its Jinja, its blocks, and its duties to the reader. (name, says, fix, why)"""

Row = tuple[str, str, str, str]

ROWS: tuple[Row, ...] = (
    # Jinja
    (
        "jinja-syntax",
        "A piece of Jinja cannot be read, is not closed, or is not if, for or set.",
        "Correct it as the message says.",
        "The message could not be written.",
    ),
    (
        "unknown-filter",
        "A filter or a test does not exist.",
        "Use the one that was meant.",
        "The message could not be written.",
    ),
    (
        "jinja-in-tag",
        "Jinja stands between the attributes of a tag.",
        "Put it inside a value, or around the whole tag.",
        "MJML is compiled before anybody's data is known.",
    ),
    (
        "jinja-across-tags",
        "An if or a for opens in one tag and closes in another.",
        "Open and close it in the same tag.",
        "Half of a tag could be left out.",
    ),
    (
        "jinja-in-layout",
        "Jinja stands in an attribute that shapes the layout or names a block.",
        "Write a fixed value; choose between two tags with an if.",
        "MJML computes widths before anybody's data is known.",
    ),
    (
        "jinja-misplaced",
        "Jinja stands directly in a tag that only holds other tags.",
        "Put it into a tag that shows text, or around whole sections.",
        "The engine would drop it or refuse the body.",
    ),
    (
        "unknown-variable",
        "A template reads a name that neither Acto nor the sample gives.",
        "Add it to sample.json, or ask `is defined` first.",
        "The message fails for everybody whose data lacks it.",
    ),
    (
        "cannot-fill",
        "The template fails on its own sample.",
        "Correct the template or the sample.",
        "It would fail on real people too.",
    ),
    # The blocks
    (
        "bad-name",
        "A block's name or an option's value is not a plain word.",
        "Use a-z, 0-9 and _, 31 characters at most.",
        "It stands in links, exports and conditions.",
    ),
    (
        "duplicate-name",
        "Two blocks of one email have the same name.",
        "Give one of them another.",
        "Their answers would be taken for one.",
    ),
    (
        "duplicate-value",
        "Two options of one block have the same value.",
        "Give one of them another.",
        "Their answers would be taken for one.",
    ),
    (
        "block-in-loop",
        "A block stands in a for loop.",
        "Ask once, or write the blocks out.",
        "One name can hold one answer.",
    ),
    (
        "too-few-options",
        "<ac-choose> has fewer than two options, or <ac-explore> fewer than two parts.",
        "Add options, or use <ac-confirm> or plain text.",
        "One option is not a choice.",
    ),
    (
        "bad-points",
        "Points are not a whole number from -100 to 100.",
        "Write such a number.",
        "Scores would not add up.",
    ),
    (
        "off-scale",
        "An option of <ac-rate> is not on its scale.",
        "Use a number of the scale.",
        "Nobody could choose it.",
    ),
    (
        "missing-label",
        "An option has nothing to read.",
        "Write its label between the tags.",
        "It could not be pressed with understanding.",
    ),
    (
        "bad-condition",
        "`when` is no Jinja expression over known, person and data.",
        "Write one without braces, as `known.recommend <= 6`.",
        "A condition that cannot be read never holds, and the question is never asked.",
    ),
    (
        "bad-closing",
        "`closes` is no date and time with its offset.",
        "Write it as 2026-12-03T10:00-05:00, or as Jinja that gives such a time.",
        "A closing time that cannot be read closes nothing.",
    ),
    (
        "bad-slots",
        "`slots` or `calendar` leads to no times in the sample, or names none.",
        "Put a list of objects with a `start` there: of a calendar, at `data.calendars.NAME`.",
        "A time that cannot be read is not offered.",
    ),
    (
        "languages-differ",
        "The email asks different things in its languages.",
        "Use the same blocks and values in each.",
        "Answers are counted together.",
    ),
    # The meaning
    (
        "missing-brief",
        "The email asks and has no complete brief.",
        "Write do, learn and then in [brief].",
        "A question whose answer changes nothing is noise.",
    ),
    (
        "missing-alt",
        "An image has no alt, or is a link and its alt is empty.",
        'Say what it shows; alt="" says it is decoration.',
        "WCAG 2.2, 1.1.1; many people read with images off.",
    ),
    (
        "missing-unsubscribe",
        "A marketing email shows no link to leave.",
        'Add <a href="{{ acto.unsubscribe_url }}">.',
        "CAN-SPAM, 15 USC 7704(a)(3); Gmail and Yahoo ask for it too.",
    ),
    (
        "missing-postal-address",
        "A marketing email shows no postal address.",
        "Add {{ sender.postal_address }}.",
        "CAN-SPAM, 15 USC 7704(a)(5); CASL.",
    ),
    (
        "html-too-large",
        "The html filled with the sample is over 100,000 bytes.",
        "Shorten it, or split the email.",
        "Gmail clips at about 102 kB, with the footer and its link.",
    ),
)
WARNINGS: tuple[Row, ...] = (
    (
        "html-large",
        "The html filled with the sample is over 80,000 bytes.",
        "Shorten it before it grows.",
        "Gmail clips at about 102 kB, with the footer and its link.",
    ),
)
