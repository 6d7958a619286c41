"""Renders an HTML template as quoted-printable; text that is the same for everybody is encoded when the template is parsed.

Encoding a message takes several times as long as rendering it, and nearly all of its text is the same for everybody.
"""

from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from builder import quoted
from builder.personalise.sandbox import Sandbox, printed

_WIRED = "acto wires"  # no template can name a filter with a space in it


class WireSandbox(Sandbox):
    """A sandbox of the same language whose output, decoded, equals the output of the html sandbox."""

    def __init__(self, **options: Any) -> None:
        super().__init__(autoescape=True, **options)
        self.filters[_WIRED] = _wired

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """Encode the template's text, between Jinja's parsing (white space control is done by then) and its code generation."""
        return super()._generate(_Encoding().visit(source), name, filename, defer_init)


class _Encoding(NodeTransformer):
    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802 (named after the node)
        node.nodes = [_encoded(child) for child in node.nodes]
        return node


def _encoded(node: nodes.Expr) -> nodes.Expr:
    if isinstance(node, nodes.TemplateData):
        return nodes.TemplateData(quoted.closed(node.data), lineno=node.lineno)
    return nodes.Filter(node, _WIRED, [], [], None, None, lineno=node.lineno)


def _wired(value: Any) -> Markup:
    """Escape a value as the html sandbox would, then encode it; the result needs no more escaping."""
    return Markup(quoted.closed(str(escape(printed(value)))))  # noqa: S704
