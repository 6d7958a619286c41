"""Defines Acto's small Jinja: if, for, set and with, filters and plain values, in a sandbox that counts its work."""

import functools
import re
from collections.abc import Callable, MutableMapping
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, Undefined, nodes, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.filters import do_default, do_format, do_join, make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from builder.personalise import budget, figures

STATEMENTS = (nodes.Output, nodes.If, nodes.For, nodes.Assign, nodes.With)
WITHOUT = frozenset({"attr", "random", "pprint"})  # so that the same data give the same message
_WIDE = re.compile(r"%[^A-Za-z%]*([0-9]{4}|\*)")  # a width or precision beyond use, or one that is passed in
_COUNTED, _WEIGHED = "acto counts", "acto weighs"  # no template can name a filter with a space in it
VALUES = frozenset(  # filters whose numbers are values and not widths: prices, limits, defaults
    {"format", "default", "d", "sum", "number", "money", "map", "select", "reject", "selectattr", "rejectattr"}
)
_TEXTUAL = """
    capitalize center e escape forceescape indent lower replace safe string striptags title trim truncate upper urlencode urlize
    wordcount wordwrap
"""
TEXTUAL = frozenset(_TEXTUAL.split())  # filters that turn any value into text, and None into the word
NO_FORMAT = (
    'str.format is not available: write {{ data.total | money("EUR") }}, {{ data.total | number(2) }} or'
    ' {{ "%.2f" | format(data.total) }}'
)
CHEAP = frozenset({"length", "count", "first", "last", "default", "d"})  # cost is independent of the list's length


class Sandbox(ImmutableSandboxedEnvironment):
    """A Jinja environment without macros, blocks and attribute access by filter; its only global is range."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, *, autoescape: bool, undefined: type[Undefined]) -> None:
        super().__init__(autoescape=autoescape, undefined=undefined, keep_trailing_newline=True, finalize=printed)
        self.globals = {"range": lambda *bounds: range(*bounds)[:1000]}
        self.filters = {name: _priced(name, f) for name, f in self.filters.items() if name not in WITHOUT}
        own: dict[str, Callable[..., Any]] = {
            "round": _round,
            "format": _format,
            "default": _default,
            "d": _default,
            "join": _join,
            **figures.FILTERS,
        }
        self.filters |= {name: _priced(name, filter_) for name, filter_ in own.items()}
        self.filters |= {_COUNTED: budget.each, _WEIGHED: budget.weigh}

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """Refuse other statements and add counting, between Jinja's parsing and its code generation."""
        refuse(source)
        return super()._generate(_Counting().visit(source), name, filename, defer_init)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look a name up in the data before the methods, so that `data.items` is the data's list and not a method of dict."""
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, str) and attribute in ("format", "format_map"):
            raise SecurityError(NO_FORMAT)
        return super().getattr(obj, attribute)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return one dict instead of Jinja's chain of dicts, which each rendering would search key by key."""
        return {**self.globals, **(d or {})}

    def wrap_str_format(self, value: Any) -> None:
        """Disable str.format, because its widths cannot be checked before they are used; there are % and the filter `format`."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Hide str.format and str.format_map beside the attributes that Jinja's sandbox hides."""
        hidden = isinstance(obj, str) and attr in ("format", "format_map")
        return not hidden and super().is_safe_attribute(obj, attr, value)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 (as Jinja has it)
        """Call an object of the data and charge for its arguments and its result."""
        if __obj is not __self.globals["range"]:
            budget.arguments(getattr(__obj, "__self__", None), [*args, *kwargs.values()])
        return budget.result(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute an operator within the limits. Raises SecurityError for ** and for * on anything but numbers."""
        if operator == "**":
            raise SecurityError("** is not available here")
        if operator == "*" and not (isinstance(left, int | float) and isinstance(right, int | float)):
            raise SecurityError("* multiplies numbers only")
        if operator == "%":
            _narrow(left)
            right = tuple(map(printed, right)) if isinstance(right, tuple) else printed(right)
            budget.arguments(left, [right], widths=False)
        return budget.result(super().call_binop(context, operator, left, right))


def refuse(tree: nodes.Template) -> None:
    """Raise TemplateSyntaxError for a statement outside the small language."""
    for statement in tree.find_all(nodes.Stmt):
        if not isinstance(statement, STATEMENTS):
            named = type(statement).__name__.lower()
            raise TemplateSyntaxError(
                f"“{named}” is not part of Acto's Jinja: it has if, for, set and with.", statement.lineno
            )


class _Counting(NodeTransformer):
    """Rewrites a template so that loops count their turns, ~ becomes a limited join, and values compared or cut are charged by size."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 (named after the node)
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, _COUNTED, [], [], None, None, lineno=node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        pieces = nodes.List(node.nodes, lineno=node.lineno)
        return nodes.Filter(pieces, "join", [], [], None, None, lineno=node.lineno)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr = _weighed(node.expr)
        for operand in node.ops:
            operand.expr = _weighed(operand.expr)
        return node

    def visit_Test(self, node: nodes.Test) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if node.name not in ("defined", "undefined"):
            node.node = _weighed(node.node)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _weighed(node) if isinstance(node.arg, nodes.Slice) else node

    def _literal(self, node: nodes.Literal) -> nodes.Node:
        """Charge for list literals by size, because nested lists of one list grow without limit though each is short."""
        self.generic_visit(node)
        return _weighed(node) if getattr(node, "ctx", "load") == "load" else node

    visit_List = visit_Tuple = visit_Dict = _literal  # noqa: N815


def _weighed(node: nodes.Expr) -> nodes.Expr:
    return nodes.Filter(node, _WEIGHED, [], [], None, None, lineno=node.lineno)


def _priced(name: str, filter_: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(filter_)  # keeps Jinja's marks on the filter, such as that it takes the context first
    def priced(*args: Any, **kwargs: Any) -> Any:
        subject, *given = [each for each in args if not isinstance(each, Context | EvalContext | Environment)]
        read = None if name in CHEAP else subject
        budget.arguments(read, [*given, *kwargs.values()], widths=name not in VALUES)
        if subject is None and name in TEXTUAL:
            return ""
        return budget.result(filter_(*args, **kwargs))

    return priced


def _round(value: float, precision: int = 0) -> float:
    """Round as the template asks; Jinja's own filter can be made to raise 10 to any power."""
    return round(value, precision)


def _format(value: str, *args: Any, **kwargs: Any) -> str:
    """`"%.2f" | format(price)`."""
    _narrow(value)
    return do_format(value, *map(printed, args), **{name: printed(each) for name, each in kwargs.items()})


def printed(value: Any) -> Any:
    """Return the value to print; None prints as nothing."""
    return "" if value is None else value


def _default(value: Any, default_value: Any = "", boolean: bool = False) -> Any:
    """Replace None as well as a missing value."""
    return default_value if value is None else do_default(value, default_value, boolean)


@pass_eval_context
def _join(eval_ctx: EvalContext, value: Any, d: str = "", attribute: str | int | None = None) -> Any:
    items = value if attribute is None else map(make_attrgetter(eval_ctx.environment, attribute), value)
    return do_join(eval_ctx, map(printed, items), d)


def _narrow(value: Any) -> None:
    if isinstance(value, str) and _WIDE.search(value):
        raise SecurityError("a width in a format has three digits at most")
