"""Resolves each name of a Python file to its binding: an import, a name of the module, or a local one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, *Comprehension.__args__)


class Scopes:
    """Resolves the names of one tree by Python's rules of scope."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.top = {node: getattr(node, "name", "") for node in tree.body}
        self.owner: dict[ast.Name, ast.AST | None] = {}  # the scope that binds the name; None for a builtin
        self.bound: dict[ast.AST, dict[str, list[ast.AST]]] = {}
        self._enter(tree, [*tree.body], [])

    def imported(self, name: ast.Name) -> str | None:
        """Return the dotted name that an import bound to a name, as server.flows.lane for `lane`; None if it is not imported."""
        node = self.imports(name)
        return None if node is None else dotted(node, name.id)

    def imports(self, name: ast.Name) -> ast.Import | ast.ImportFrom | None:
        """Return the statement that imports a name, or None."""
        owner = self.owner.get(name)
        binders = [] if owner is None else self.bound[owner].get(name.id, [])
        return next((node for node in binders if isinstance(node, ast.Import | ast.ImportFrom)), None)

    def is_global(self, name: ast.Name) -> bool:
        """Return whether a name refers to the module's scope."""
        return self.owner.get(name) is self.tree

    def _enter(self, scope: ast.AST, body: list[ast.AST], outer: list[ast.AST]) -> None:
        self.bound[scope] = _bindings(scope, body)
        for node in body:
            self._visit(node, [*outer, scope])

    def _visit(self, node: ast.AST, stack: list[ast.AST]) -> None:
        if isinstance(node, ast.Name):
            self.owner[node] = self._lookup(node.id, stack)
        elif isinstance(node, SCOPES):
            inside = _inside(node)
            for child in _outside(node, inside):
                self._visit(child, stack)
            self._enter(node, inside, stack)
        else:
            for child in ast.iter_child_nodes(node):
                self._visit(child, stack)

    def _lookup(self, name: str, stack: list[ast.AST]) -> ast.AST | None:
        for scope in reversed(stack):
            if name in self.bound[scope] and (scope is stack[-1] or not isinstance(scope, ast.ClassDef)):
                return scope
        return None


def dotted(node: ast.Import | ast.ImportFrom, name: str) -> str:
    """Return the dotted name that a statement binds to `name`: a.b.c for `from a.b import c as name`, a for `import a.b`."""
    if isinstance(node, ast.Import):
        return next((alias.name for alias in node.names if alias.asname == name), name)
    alias = next(alias for alias in node.names if (alias.asname or alias.name) == name)
    return f"{node.module}.{alias.name}"


def _inside(node: ast.AST) -> list[ast.AST]:
    """Return the parts of a scope that are evaluated in it; decorators, defaults and annotations are evaluated outside."""
    if isinstance(node, Function):
        return [node.body] if isinstance(node, ast.Lambda) else list(node.body)
    if isinstance(node, ast.ClassDef):
        return list(node.body)
    comprehension: Any = node
    first, *others = comprehension.generators
    ends = [node.key, node.value] if isinstance(node, ast.DictComp) else [comprehension.elt]
    return [first.target, *first.ifs, *others, *ends]


def _outside(node: ast.AST, inside: list[ast.AST]) -> list[ast.AST]:
    if isinstance(node, Comprehension):
        return [node.generators[0].iter]
    return [child for child in ast.iter_child_nodes(node) if child not in inside]


def _bindings(scope: ast.AST, body: list[ast.AST]) -> dict[str, list[ast.AST]]:
    """Map each name to the nodes that bind it in this scope."""
    found: dict[str, list[ast.AST]] = {}
    if isinstance(scope, Function):
        for arg in ast.walk(scope.args):
            if isinstance(arg, ast.arg):
                found.setdefault(arg.arg, []).append(arg)
    elsewhere: set[str] = set()
    for node in _within(body):
        if isinstance(node, ast.Global | ast.Nonlocal):
            elsewhere |= {*node.names}
        for name in _binds(node):
            found.setdefault(name, []).append(node)
    return {name: nodes for name, nodes in found.items() if name not in elsewhere}


def _binds(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name):
        return [] if isinstance(node.ctx, ast.Load) else [node.id]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [alias.asname or alias.name.split(".")[0] for alias in node.names]
    names = [getattr(node, "name", None), getattr(node, "rest", None)] if not isinstance(node, ast.alias) else []
    return [name for name in names if isinstance(name, str)]


def _within(nodes: list[ast.AST]) -> Iterator[ast.AST]:
    """Yield every node of a scope without those of inner scopes; a walrus in a comprehension binds outside of it."""
    for node in nodes:
        yield node
        if isinstance(node, Comprehension):
            yield from (n.target for n in ast.walk(node) if isinstance(n, ast.NamedExpr))
        elif not isinstance(node, SCOPES):
            yield from _within(list(ast.iter_child_nodes(node)))
