"""Lists the rules of an email's presentation: subject, preheader, links, colours, language. (name, says, fix, why)"""

Row = tuple[str, str, str, str]

ERRORS: tuple[Row, ...] = (
    (
        "fake-reply",
        "The subject pretends to answer or forward a message.",
        "Begin with what the mail is about.",
        "CAN-SPAM, 15 USC 7704(a)(2): a subject must not deceive about the message; filters look for it too.",
    ),
)
WARNINGS: tuple[Row, ...] = (
    (
        "subject-length",
        "The subject, filled with the sample, has over 60 characters or next to none.",
        "Say the news in 60 characters, the most important word first.",
        "A phone shows about 40 of them, a desktop about 60.",
    ),
    (
        "shouting-subject",
        "The subject is all capitals, or has more than one exclamation mark.",
        "Write it as you would to one person.",
        "It reads as spam to people and to filters.",
    ),
    (
        "missing-preheader",
        "The email has no preheader in one of its languages.",
        "Say in one line what the subject leaves out.",
        "The inbox shows it after the subject; without one it shows the first words of the header.",
    ),
    (
        "repeated-preheader",
        "The preheader says what the subject says.",
        "Say what the subject leaves out.",
        "The inbox shows both side by side.",
    ),
    (
        "preheader-length",
        "The preheader, filled with the sample, has over 140 characters or under 15.",
        "Write one line of 40 to 100 characters.",
        "A longer one is cut; after a short one the inbox goes on with the header.",
    ),
    (
        "untranslated-body",
        "The subject is given in several languages, and a file with words in it in one only.",
        "Write the same file in the other language beside it, as body.en.mjml.",
        "Who opens a mail in their language should be able to read on.",
    ),
    (
        "vague-link",
        "A link says “click here”, “more” or a bare address, or nothing at all.",
        "Say where it leads or what it does.",
        "WCAG 2.2, 2.4.4: a screen reader lists links without what stands around them.",
    ),
    (
        "image-only",
        "The email is images and next to no text.",
        "Say in text what the images say.",
        "With images off nothing is left, and filters distrust such mail.",
    ),
    (
        "low-contrast",
        "Text is too faint on what stands behind it: under 4.5:1, or 3:1 from 24 px (bold: 19 px) on.",
        "Use the shade that the message names, or a stronger one.",
        "WCAG 2.2, 1.4.3; and phones are read in the sun.",
    ),
    (
        "client-support",
        "The author's own html or CSS uses what a large mail client ignores, and something is lost with it.",
        "Do as the message says, or say the same in another way beside it.",
        "Data of caniemail.com; what MJML writes itself is not looked at.",
    ),
    (
        "not-in-amp",
        "An email with blocks has something that its AMP part cannot carry, or that keeps it from having one.",
        "Do as the message says, accept the difference, or switch AMP off in [formats].",
        "AMP for Email; the html part shows it all the same.",
    ),
)
