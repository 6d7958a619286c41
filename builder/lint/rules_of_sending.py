"""Lists the rules against dead links, empty names and texts for another program. (name, says, fix, why)"""

Row = tuple[str, str, str, str]

WARNINGS: tuple[Row, ...] = (
    (
        "dead-link",
        "A link or a button leads nowhere: no address, #, or one that no mail client can open.",
        "Write the whole address, beginning with https://.",
        "In a mail there is no page that an address could be relative to.",
    ),
    (
        "dead-image",
        "An image's address is not a whole one.",
        "Write the whole address, beginning with https://.",
        "In a mail there is no page that an address could be relative to.",
    ),
    (
        "unguarded-name",
        "A name or a company is printed that not every person has.",
        "Ask first, as in {% if person.first_name %}, or give another word with `or`.",
        "Who gave no name gets “Hello ,”: an empty field is no missing one, so that nothing stops the message.",
    ),
    (
        "unknown-class",
        "An mj-class names no <mj-class>, or stands where it does nothing.",
        "Use the class that was meant.",
        "The tag looks as if it had none.",
    ),
    (
        "repeated-preview",
        "There is more than one <mj-preview>.",
        "Keep one, with what pads it at its end.",
        "Only the last one is sent.",
    ),
    (
        "gmail-style",
        "Gmail drops a style sheet: there are more than 16 kB, or an @ rule stands in another one.",
        "Shorten the styles, or write each @ rule by itself.",
        "It then drops all of the sheet, media queries and classes included.",
    ),
    (
        "column-width",
        "Columns stand in a loop, or behind a condition that is not a plain if, and have no width.",
        'Give each column a width, as in width="33%", or put the condition around whole sections.',
        "Widths are computed before anybody's data is known: each column would be as wide as if it stood alone, or leave a gap.",
    ),
    (
        "placeholder",
        "A text that was there to be replaced is still there.",
        "Write what it stands for.",
        "It would be sent as it is.",
    ),
    (
        "foreign-tag",
        "A merge tag of another sender's program stands in a text.",
        "Write it in Jinja, as in {{ person.first_name }}.",
        "Nobody fills it in here; it would be sent as it is.",
    ),
    (
        "markup-in-line",
        "An entity or a tag stands in a subject or a preheader of email.toml, which are plain text.",
        "Write the character itself.",
        "An inbox shows it as it is written.",
    ),
    (
        "not-applied",
        "MJML has this attribute or tag, and it does nothing here.",
        "Remove it, or do it as the message says.",
        "The email goes out without it; nothing else of it is lost.",
    ),
)
