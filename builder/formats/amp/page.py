"""Writes the frame of an AMP document: its head, and the scripts that its components need."""

from dataclasses import dataclass
from html import escape

from builder.formats.amp import clean, tree
from builder.formats.amp.clean import Work
from builder.formats.amp.tree import Node

RUNTIME = "https://cdn.ampproject.org/v0"
EXTENSIONS = {  # name: (the attribute that names it, its version)
    "amp-accordion": ("custom-element", "0.1"),
    "amp-carousel": ("custom-element", "0.1"),
    "amp-form": ("custom-element", "0.1"),
    "amp-list": ("custom-element", "0.1"),
    "amp-mustache": ("custom-template", "0.2"),
}


@dataclass(frozen=True)
class Frame:
    """The attributes of the tags html and body."""

    lang: str
    dir: str
    body: str


def head(root: Node, work: Work) -> Frame:
    """Move the styles out of the document into the sheet, in order, and return the attributes of html and body."""
    body = body_of(root)
    for node in list(root.iter()):
        if node.tag == "style":
            _style(node, work)
        elif tree.is_comment(node) and not _is_below(node, body):
            work.sheet.add_raw(f"/*{node.text}*/")
    clean.attributes(body, work)
    said = "".join(f' {name}="{escape(str(body.get(name)))}"' for name in ("class", "style") if body.get(name))
    return Frame(str(root.get("lang", "")), str(root.get("dir", "")), said)


def body_of(root: Node) -> Node:
    """Return the body of a document; `tree.parse` guarantees that there is one."""
    return next(node for node in root if node.tag == "body")


def written(frame: Frame, body: str, css: str, work: Work, names: list[str]) -> str:
    """Write the whole document; `names` are the names of its blocks."""
    scripts = "".join(map(_script, sorted(work.extensions)))
    keeper = _keeper(work, names) if work.marks.statements(body) or "{%" in body else ""
    said = "".join(f' {name}="{escape(value)}"' for name, value in (("lang", frame.lang), ("dir", frame.dir)) if value)
    return (
        f'<!doctype html>\n<html ⚡4email data-css-strict{said}>\n<head>\n<meta charset="utf-8">\n'
        f'<script async src="{RUNTIME}.js"></script>{scripts}\n'
        "<style amp4email-boilerplate>body{visibility:hidden}</style>\n"
        f"<style amp-custom>{css}</style>\n</head>\n<body{frame.body}>{body}{keeper}</body>\n</html>\n"
    )


def _script(name: str) -> str:
    attribute, version = EXTENSIONS[name]
    return f'\n<script async {attribute}="{name}" src="{RUNTIME}/{name}-{version}.js"></script>'


def _keeper(work: Work, names: list[str]) -> str:
    """Write one hidden use of each component, because an unused script makes a document invalid.

    A condition may remove the only other use. An element that is not displayed is not fetched.
    """
    kept = ""
    if "amp-list" in work.extensions:
        kept += (
            f'<amp-list layout="nodisplay" hidden src="{{{{ acto.state.{names[0]} }}}}">'
            '<template type="amp-mustache"></template></amp-list>'
        )
    if "amp-carousel" in work.extensions:
        kept += '<amp-carousel layout="nodisplay" hidden type="slides"></amp-carousel>'
    return kept


def _style(node: Node, work: Work) -> None:
    css, media = node.text or "", str(node.get("media", ""))
    work.sheet.add(f"@media {media}{{{css}}}" if media else css)
    node.text = None  # its statements went with it


def _is_below(node: Node, above: Node) -> bool:
    return any(each is above for each in node.iterancestors())
