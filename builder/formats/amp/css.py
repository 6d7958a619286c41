"""Removes the CSS that AMP refuses from a style sheet or a tag's style; the only module that imports tinycss2.

AMP has no !important, so important declarations get a selector of more weight: `:not(#_)` counts as an id. A tag's own style
becomes a rule too (`sheet.py`) and gets less weight than that, so that the cascade has the same result as in the html.
"""

import re
from collections.abc import Iterable, Sequence

import tinycss2
from tinycss2 import ast

from builder.formats.amp import css_rules as rules
from builder.formats.amp.losses import Losses
from builder.formats.amp.marks import Marks

TAGS_WEIGHT = ":not(#_)"
IMPORTANT_WEIGHT = ":not(#_):not(#_)"
_PSEUDO = re.compile(r"(::?)([a-z-]+)")
_ATTRIBUTE = re.compile(r"\[\s*([^\]\s~|^$*=]+)")
_MEDIA_WORD = re.compile(r"[a-z-]+")
_HTTPS = re.compile(r"https://", re.IGNORECASE)


class Cleaner:
    """Cleans the styles of one document; records what it drops in `losses`."""

    def __init__(self, marks: Marks, losses: Losses) -> None:
        self.marks, self.losses = marks, losses

    def sheet(self, text: str) -> str:
        """Clean a style sheet."""
        nodes = tinycss2.parse_stylesheet(text, skip_comments=False, skip_whitespace=True)
        return self._kept(text, "".join(self._node(node) for node in nodes))

    def style(self, text: str) -> str:
        """Clean a tag's style; statements of Jinja are CSS comments in it."""
        normal, important = self._declarations(tinycss2.parse_blocks_contents(text, skip_comments=False))
        return self._kept(text, normal + important)

    def _kept(self, before: str, after: str) -> str:
        """Record a loss if statements of Jinja disappeared in an unreadable piece, because the template would not close."""
        if self.marks.statements(before) != self.marks.statements(after):
            self.losses.add("jinja", self.marks.restore(before.strip()[:60]))
        return after

    def _node(self, node: ast.Node) -> str:
        if isinstance(node, ast.Comment):
            return self._left(node.value)
        if isinstance(node, ast.QualifiedRule):
            return self._rule(node)
        if isinstance(node, ast.AtRule):
            return self._at_rule(node)
        return ""

    def _rule(self, rule: ast.QualifiedRule) -> str:
        prelude = tinycss2.serialize(rule.prelude)
        selectors = [each for each in map(str.strip, _split(rule.prelude)) if self._is_selector(each)]
        if not selectors:
            return self._left(prelude + tinycss2.serialize(rule.content))
        normal, important = self._declarations(tinycss2.parse_blocks_contents(rule.content, skip_comments=False))
        if self.marks.statements(normal) and important:  # a condition around both keeps them together
            return f"{_weighed(selectors, IMPORTANT_WEIGHT)}{{{normal}{important}}}"
        said = f"{','.join(selectors)}{{{normal}}}" if normal else ""
        return said + (f"{_weighed(selectors, IMPORTANT_WEIGHT)}{{{important}}}" if important else "")

    def _at_rule(self, rule: ast.AtRule) -> str:
        if rule.lower_at_keyword != "media" or rule.content is None:
            self._tell(rule)
            return self._left(tinycss2.serialize([rule]))
        queries = [query for query in map(str.strip, _split(rule.prelude)) if self._is_media(query)]
        if not queries:
            return self._left(tinycss2.serialize([rule]))
        inside = tinycss2.parse_rule_list(rule.content, skip_comments=False, skip_whitespace=True)
        said = "".join(self._node(node) for node in inside)
        return f"@media {','.join(queries)}{{{said}}}" if said else ""

    def _tell(self, rule: ast.AtRule) -> None:
        said = f"@{rule.at_keyword} {self.marks.restore(tinycss2.serialize(rule.prelude).strip())}".strip()
        if rule.lower_at_keyword in ("import", "font-face"):
            self.losses.add("font", said)
        elif rule.lower_at_keyword not in rules.HACK_RULES:
            self.losses.add("at-rule", said)

    def _declarations(self, nodes: Iterable[ast.Node]) -> tuple[str, str]:
        """Return the normal and the important declarations."""
        normal, important = list[str](), list[str]()
        for node in nodes:
            if isinstance(node, ast.Comment):
                normal.append(self._left(node.value))
            elif isinstance(node, ast.Declaration):
                kept = self._declaration(node)
                (important if node.important and ":" in kept else normal).append(kept)
            elif isinstance(node, ast.QualifiedRule | ast.AtRule):
                normal.append(self._left(tinycss2.serialize([node])))
        return "".join(normal), "".join(important)

    def _declaration(self, node: ast.Declaration) -> str:
        name, value = node.lower_name, tinycss2.serialize(node.value).strip()
        kind = self._fault(name, value, node.value)
        if kind is None:
            return f"{name}:{value};"
        if kind:
            self.losses.add(kind, self.marks.restore(f"{name}: {value}"))
        return self._left(node.name + value)

    def _fault(self, name: str, value: str, tokens: Sequence[ast.Node]) -> str | None:
        """Return the kind of loss; empty if dropping it loses nothing, None if it stays."""
        if name.startswith(rules.FOREIGN):
            return ""
        if name in rules.VALUES:
            if rules.VALUES[name].fullmatch(value.lower()):
                return None
            return "position" if name == "position" else "" if name in rules.USELESS else "style"
        if name not in rules.PROPERTIES or "<" in value or not value:
            return "" if name in rules.USELESS or not value else "style"
        return None if all(map(self._is_https, _addresses(tokens))) else "image-url"

    def _is_https(self, address: str) -> bool:
        return bool(_HTTPS.match(address)) or bool(self.marks.any.match(address))

    def _is_selector(self, selector: str) -> bool:
        if not selector or selector.startswith(rules.HACKS):
            return False
        pseudos = _PSEUDO.findall(re.sub(r"\[[^\]]*\]", "", selector.lower()))
        attributes = _ATTRIBUTE.findall(selector.lower())
        legal = all(colons == ":" and name in rules.PSEUDO_CLASSES for colons, name in pseudos)
        if legal and all(name in rules.ATTRIBUTE_SELECTORS for name in attributes) and "<" not in selector:
            return True
        self.losses.add("selector", self.marks.restore(selector))
        return False

    def _is_media(self, query: str) -> bool:
        types = _MEDIA_WORD.findall(re.sub(r"\([^)]*\)", " ", query.lower()))
        features = re.findall(r"\(\s*([a-z-]+)", query.lower())
        foreign = [*(word for word in types if word not in rules.MEDIA_TYPES)]
        missing = [feature for feature in features if feature not in rules.MEDIA_FEATURES]
        for feature in missing:
            if feature != rules.NIGHT and not feature.startswith("-"):
                self.losses.add("media", f"@media ({feature})")
        return not foreign and not missing

    def _left(self, text: str) -> str:
        """Return the statements of Jinja in a dropped piece, as comments."""
        return "".join(f"/*{mark}*/" for mark in self.marks.statements(text))


def _weighed(selectors: list[str], weight: str) -> str:
    return ",".join(selector + weight for selector in selectors)


def _split(tokens: Sequence[ast.Node]) -> list[str]:
    """Split tokens at commas; a comma in brackets does not split."""
    parts: list[list[ast.Node]] = [[]]
    for token in tokens:
        if isinstance(token, ast.LiteralToken) and token.value == ",":
            parts.append([])
        elif not isinstance(token, ast.Comment):
            parts[-1].append(token)
    return [tinycss2.serialize(part) for part in parts]


def _addresses(tokens: Sequence[ast.Node]) -> list[str]:
    """List the addresses in url() and image-set(), at any depth."""
    found = []
    for token in tokens:
        if isinstance(token, ast.URLToken):
            found.append(token.value)
        elif isinstance(token, ast.FunctionBlock):
            strings = [each.value for each in token.arguments if isinstance(each, ast.StringToken)]
            found += strings if token.lower_name in ("url", "image-set") else _addresses(token.arguments)
    return found
