"""Reads the formats that are data, for the parity check: Outlook's card, Gmail's action, mailto links and invitations."""

import json
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from builder.blocks import Block
from builder.formats import card as cards
from builder.formats import gmail as actions
from builder.formats import mailto as mailtos
from builder.parity.reading import ANYTHING, Read, Reader, folded

_MAILTO = re.compile(r'href="mailto:r\+([^"@]+)@[^"?]+\?([^"]*)"')
_UID = re.compile(r"^UID:(?:r\+)?([^@\r\n]+)@", re.MULTILINE)
_CODE = re.compile(r"^([A-Z]) = (.*)$", re.MULTILINE)
_SCALE = re.compile(r"\((\d+)-(\d+)\)$", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\*_\[\]()`#])")


def card(document: str, reader: Reader) -> Read:
    """Read the values that each button of a card can send: its own body, or the values of the input that its body names."""
    read = Read(words="")
    if not document:
        return read
    tree = json.loads(document)
    read.words = folded(" ".join(_texts(tree)))
    inputs = {each["id"]: each for each in _inputs(tree)}
    for action in cards.actions(tree["body"]):
        token = urlsplit(action["url"]).path.rpartition("/")[2]
        named = re.fullmatch(r"\{\{(\w+)\.value\}\}", action["body"])
        values = _choices(inputs[named[1]]) if named else [action["body"]]
        read.add(reader.block(read, token), *values)
    return read


def gmail(document: str, reader: Reader) -> Read:
    """Read the one button of a Gmail action."""
    read = Read(words="")
    if not document:
        return read
    tree = json.loads(document)
    action = tree["potentialAction"]
    path, token, value = urlsplit(action["handler"]["url"]).path.rsplit("/", 2)
    if not path.endswith(f"/{actions.PATH}") or action["handler"]["method"] != actions.POST:
        read.faults.append("the action does not POST to us")
    read.words = folded(f"{tree['description']} {action['name']}")
    read.add(reader.block(read, token), value)
    return read


def mailto(html: str, reader: Reader) -> Read:
    """Read the answers that each mailto link lets a person type, by their numbers or letters."""
    read = Read()
    for token, query in _MAILTO.findall(html):
        name = reader.by_mail(read, token)
        if name is not None:
            body = parse_qs(unescape(query)).get("body", [""])[0]
            read.add(name, *_typed(body.replace("\r", ""), reader.asked.get(name)))
    return read


def calendar(invite: str, reader: Reader) -> Read:
    """Read the block that the buttons of a calendar answer."""
    read = Read()
    uid = _UID.search(invite.replace("\r\n ", ""))
    if uid:
        read.add(reader.by_mail(read, uid[1]))
    return read


def _typed(body: str, block: Block | None) -> list[str]:
    """Return the values behind the numbers or letters of a mail's body; a line whose label does not match is returned as it is."""
    if scale := _SCALE.search(body):
        return [str(number) for number in range(int(scale[1]), int(scale[2]) + 1)]
    codes = mailtos.codes(block) if block else {}
    labels = {option.value: option.label for option in block.options} if block else {}
    lines = _CODE.findall(body)
    right = [codes[code] if labels.get(codes.get(code, "")) == label else f"{code} = {label}" for code, label in lines]
    return right or [ANYTHING]


def _choices(field: dict[str, Any]) -> list[str]:
    return [choice["value"] for choice in field["choices"]] if "choices" in field else [ANYTHING]


def _inputs(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for each in node for found in _inputs(each)]
    if not isinstance(node, dict):
        return []
    own = [node] if str(node.get("type", "")).startswith("Input.") else []
    return own + [found for each in node.values() for found in _inputs(each)]


def _texts(node: Any) -> list[str]:
    if isinstance(node, list):
        return [found for each in node for found in _texts(each)]
    if not isinstance(node, dict):
        return []
    own = [_ESCAPE.sub(r"\1", str(node[key])) for key in ("text", "title") if key in node]
    return own + [found for each in node.values() for found in _texts(each)]
