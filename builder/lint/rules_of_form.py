"""Lists the rules of a template's form: its files, its markup, its structure. (name, says, fix, why)"""

Row = tuple[str, str, str, str]

ROWS: tuple[Row, ...] = (
    # The files
    (
        "missing-file",
        "An email is a folder of email.toml, body.mjml and sample.json; one of them is missing.",
        "Add it.",
        "Previews, tests and lint are made from all three.",
    ),
    (
        "email-toml",
        "email.toml is not TOML, or a setting in it is missing, unknown or wrong.",
        "Use the settings of docs/templates.md.",
        "A misspelt setting would be ignored in silence.",
    ),
    (
        "sample-json",
        "sample.json is not a JSON object of person and data.",
        "Write what a person and a send really look like.",
        "The sample feeds the preview and the checks.",
    ),
    ("encoding", "A file is not UTF-8.", "Save it as UTF-8.", "Wrong bytes reach the recipient as �."),
    (
        "too-large",
        "A file, or the email with its partials, is beyond what lint reads.",
        "Split the email, or host images elsewhere.",
        "Gmail clips at 102 kB long before.",
    ),
    (
        "too-deep",
        "Tags are nested more than 100 deep.",
        "Nest less, or close the tags before.",
        "Deep nesting crashes the MJML engine.",
    ),
    # The markup
    (
        "broken-tag",
        "A tag opens and does not end as a tag does.",
        "Look for a missing quote or a missing >.",
        "The engine drops or refuses what follows.",
    ),
    (
        "unclosed-tag",
        "A tag or a comment is opened and never closed.",
        "Close it.",
        "The engine closes it wherever it likes.",
    ),
    (
        "crossed-tags",
        "A tag is closed while one inside it is still open.",
        "Close the inner tag first.",
        "Mail clients each repair it another way.",
    ),
    (
        "stray-closing-tag",
        "A closing tag closes nothing.",
        "Remove it, or open the tag before.",
        "It may close a tag of the layout.",
    ),
    ("stray-less-than", "A lone < stands in the text.", "Write &lt;.", "A client may take what follows for a tag."),
    (
        "duplicate-attribute",
        "An attribute is given twice on one tag.",
        "Keep one.",
        "Only one of them counts, and not the same one everywhere.",
    ),
    (
        "unquoted-attribute",
        "An attribute of an MJML tag or block has no quotes.",
        "Put its value in quotes.",
        "The engine does not read it.",
    ),
    (
        "missing-mjml",
        "The body has no <mjml>, or no <mj-body> in it.",
        "Write <mjml><mj-body> … </mj-body></mjml>.",
        "Nothing would be sent.",
    ),
    (
        "missing-include",
        "A partial that is included does not exist.",
        "Write the path from the including file.",
        "What it holds (often the unsubscribe link) would be missing.",
    ),
    ("include-loop", "A partial includes itself.", "Remove one of the includes.", "It would never end."),
    # The structure
    (
        "unknown-tag",
        "A tag is not one of MJML, of Acto or of HTML.",
        "Use the tag that was meant.",
        "The engine drops what it does not know.",
    ),
    (
        "unknown-attribute",
        "A tag has no such attribute.",
        "Use the attribute that was meant.",
        "The engine ignores it in silence.",
    ),
    ("missing-attribute", "A tag lacks an attribute that it needs.", "Add it.", "The tag means nothing without it."),
    (
        "wrong-nesting",
        "A tag stands where MJML does not read it.",
        "Put it into a tag it belongs in.",
        "The engine drops it or breaks the layout.",
    ),
    ("lost-text", "Text stands outside the tags that show text.", "Put it into an <mj-text>.", "It would be dropped."),
    (
        "bad-value",
        "An attribute's value is not of its kind: a size without unit, an unknown colour, a word not in the list.",
        "Write it as the message says.",
        "The engine passes it on, and clients ignore it.",
    ),
    (
        "not-supported",
        "CDATA, a script or a handler stands in the body.",
        "Do it as the message says.",
        "It is not read here, or does not run in mail, and would vanish in silence.",
    ),
    ("mjml-engine", "The MJML engine refuses the body.", "Simplify it until it compiles.", "Nothing can be sent."),
)
