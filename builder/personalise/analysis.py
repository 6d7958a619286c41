"""Analyses Jinja without rendering it: its faults, and the names that it reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import StrictUndefined, TemplateAssertionError, TemplateSyntaxError, nodes

from builder.personalise.sandbox import Sandbox, refuse

_READER = Sandbox(autoescape=False, undefined=StrictUndefined)
FILTERS = frozenset(name for name in _READER.filters if " " not in name)
TESTS = frozenset(_READER.tests)

Path = tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """A fault of a template. `line` counts from 1 within the piece; `unknown` is the filter or test that does not exist, if any."""

    line: int
    message: str
    unknown: str = ""


@dataclass(frozen=True)
class Reads:
    """The names that a template reads, as paths such as ("data", "order", "id").

    `guarded` are paths that it tests first (`is defined`, `default`); `assigned` are names that it sets.
    """

    paths: frozenset[Path]
    guarded: frozenset[Path]
    assigned: frozenset[str]


def fault(template: str) -> Fault | None:
    """Return the first fault of a template, or None."""
    try:
        tree = _READER.parse(template)
        refuse(tree)
        return _unknown(tree)
    except TemplateAssertionError as error:
        return Fault(error.lineno, error.message or "")
    except TemplateSyntaxError as error:
        return Fault(error.lineno, (error.message or "").rstrip(".") + ".")
    except RecursionError:
        return Fault(1, "this is nested too deeply.")
    except ValueError:  # Python reads no whole number of more than 4,300 digits
        return Fault(1, "this holds a number too long to read.")


def reads(template: str) -> Reads:
    """List the names of a template without faults."""
    tree = _READER.parse(template)
    tops = [node for node in tree.find_all((nodes.Getattr, nodes.Getitem, nodes.Name)) if _path(node)]
    inner = {id(node.node) for node in tops if isinstance(node, nodes.Getattr | nodes.Getitem)}
    return Reads(
        paths=frozenset(_path(node) for node in tops if id(node) not in inner and _loaded(node)),
        guarded=frozenset(_path(node) for node in _asked(tree)),
        assigned=frozenset(name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"),
    )


def read_in(statement: str, closing: str) -> frozenset[Path]:
    """Return the paths that an opening statement reads; none if it has a fault."""
    return reads(statement + closing).paths if fault(statement + closing) is None else frozenset()


def bare(expression: str) -> frozenset[Path]:
    """Return the paths that an expression prints without a fallback: no `or`, no `if`, no `default(…, true)`."""
    return frozenset(_bare(_READER.parse(expression))) if fault(expression) is None else frozenset()


def _bare(node: nodes.Node) -> Iterator[Path]:
    if isinstance(node, nodes.Or | nodes.And | nodes.CondExpr | nodes.Test | nodes.Compare):
        return
    if isinstance(node, nodes.Filter) and node.name in ("default", "d") and len(node.args) + len(node.kwargs) > 1:
        return
    path = _path(node) if isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Name) else ()
    if path:
        yield path
        return
    for child in node.iter_child_nodes():
        yield from _bare(child)


def _unknown(tree: nodes.Template) -> Fault | None:
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        known, kind = (FILTERS, "filter") if isinstance(node, nodes.Filter) else (TESTS, "test")
        name = str(getattr(node, "name", ""))
        if name not in known:
            return Fault(node.lineno, f"There is no {kind} {name!r}.", name)
    return None


def _path(node: nodes.Node) -> Path:
    """Return the path of a chain of attributes, or () if part of it is computed."""
    path: list[str] = []
    while not isinstance(node, nodes.Name):
        if isinstance(node, nodes.Getattr):
            path.append(node.attr)
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            path.append(node.arg.value)
        else:
            return ()
        node = node.node
    return (node.name, *reversed(path))


def _loaded(node: nodes.Node) -> bool:
    return getattr(node, "ctx", "load") == "load"


def _asked(tree: nodes.Template) -> list[nodes.Node]:
    tests = [n.node for n in tree.find_all(nodes.Test) if n.name in ("defined", "undefined")]
    defaults = [n.node for n in tree.find_all(nodes.Filter) if n.name in ("default", "d") and n.node is not None]
    return [*tests, *defaults]
