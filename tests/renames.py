"""Return the module name of a path."""

from __future__ import annotations

import ast
import difflib
import io
import re
import subprocess
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.scopes import Scopes

ROOT = Path(__file__).parents[1]
ROOMS = ("builder", "server", "tests")
Files = dict[str, str]  # path -> text


class Names(NamedTuple):
    """The renames between the revisions: dotted names and bare words."""

    dotted: dict[str, str]
    bare: dict[str, str]

    def of(self, name: str) -> str:
        """Return the new dotted name: by its longest known beginning, then by the bare words of the rest."""
        parts = name.split(".")
        for end in range(len(parts), 0, -1):
            begin = ".".join(parts[:end])
            if begin in self.dotted:
                return ".".join([self.dotted[begin], *map(self.word, parts[end:])])
        return ".".join([*parts[:-1], self.word(parts[-1])])

    def word(self, word: str) -> str:
        """Return the new name of a bare word."""
        return self.bare.get(word, word)

    def text(self, text: str) -> str:
        """Rename modules in a string, as in `server.web.tap` or `server/web/tap.py`."""
        for old, new in self.dotted.items():
            if old.split(".")[-1] in text:
                for a, b in ((old, new), (old.replace(".", "/"), new.replace(".", "/"))):
                    text = re.sub(rf"(?<![\w./]){re.escape(a)}(?!\w)", b, text)
        return text


def main(argv: list[str]) -> int:
    """Print the differences. Exit 1 if there are any."""
    base, head, *extra = argv
    before, after = files(base), files(head)
    lines = list(differences(before, after, names(moved(base, head), extra)))
    print("\n".join(lines) or f"only names differ ({len(before)} and {len(after)} files)")
    return 1 if lines else 0


def differences(before: Files, after: Files, renamed: Names) -> Iterator[str]:
    """Yield a diff of the statements that one side alone has, paired if they define the same name."""
    old, new = _statements(before, renamed), _statements(after, Names({}, {}))
    for key in sorted({*old, *new}):
        ours, theirs = sorted(old.get(key, [])), sorted(new.get(key, []))
        if ours != theirs:
            a, b = "\n".join(ours).splitlines(), "\n".join(theirs).splitlines()
            yield from difflib.unified_diff(a, b, f"base {key}", f"head {key}", lineterm="", n=1)


def names(moves: dict[str, str], extra: list[str]) -> Names:
    """Build the renames from moved paths and OLD=NEW arguments; an argument outranks git."""
    dotted = {module(old): module(new) for old, new in moves.items()}
    pairs = [pair.split("=") for pair in extra]
    dotted |= {old: new for old, new in pairs if "." in old}
    return Names(dotted, {old: new for old, new in pairs if "." not in old})


def moved(base: str, head: str) -> dict[str, str]:
    """Map the old to the new path of each Python file that git reports as renamed."""
    status = _git("diff", "--name-status", "-M40%", "-l0", "--diff-filter=R", base, head).decode()
    rows = (line.split("\t") for line in status.splitlines())
    return {old: new for _, old, new in rows if old.endswith(".py") and new.endswith(".py")}


def files(revision: str) -> Files:
    """Read the text of each Python file of a commit or tree."""
    with tarfile.open(fileobj=io.BytesIO(_git("archive", revision, "--", *ROOMS))) as archive:
        members = [member for member in archive if member.name.endswith(".py")]
        return {member.name: archive.extractfile(member).read().decode() for member in members}


def module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _statements(sources: Files, renamed: Names) -> dict[str, list[str]]:
    """Each top-level statement as canonical text, under the module and the name that it defines."""
    found: dict[str, list[str]] = defaultdict(list)
    modules = {module(path) for path in sources}
    for path, source in sources.items():
        here, tree = module(path), ast.parse(source)
        Canonical(Scopes(tree), here, modules, renamed).visit(tree)
        for statement in tree.body:
            text = ast.unparse(ast.fix_missing_locations(statement))
            name = getattr(statement, "name", None) or re.split(r"[ :(\n]", text)[0]
            found[name if "." in name else f"{renamed.of(here)} {name}"].append(text)
    return found


class Canonical(ast.NodeTransformer):
    """Replaces every name in a tree by the new dotted name that it refers to, and removes imports and docstrings."""

    def __init__(self, scopes: Scopes, here: str, modules: set[str], renamed: Names) -> None:
        self.scopes, self.here, self.modules, self.renamed = scopes, here, modules, renamed

    def visit(self, node: ast.AST) -> ast.AST | None:
        """Rewrite one node."""
        if isinstance(node, ast.Import | ast.ImportFrom) or _is_docstring(node):
            return None
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            return None
        dotted = self._dotted(node)
        if dotted:
            return ast.Name(self.renamed.of(dotted), ast.Load())
        at_top = node in self.scopes.top
        node = super().generic_visit(node)
        for field in ("id", "attr", "arg", "name", "rest"):
            word = getattr(node, field, None)
            if isinstance(word, str):
                setattr(node, field, self.renamed.word(word))
        if at_top and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            node.name = self.renamed.of(f"{self.here}.{self.scopes.top[node]}")
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = self.renamed.text(node.value)
        return node

    def _dotted(self, node: ast.AST) -> str | None:
        """Resolve a name: `keeping.add`, an imported `add`, and `add` within keeping are all server.flows.keeping.add."""
        if isinstance(node, ast.Attribute):
            owner = self._dotted(node.value)
            return f"{owner}.{node.attr}" if owner in self.modules else None
        if isinstance(node, ast.Name):
            return self.scopes.imported(node) or (f"{self.here}.{node.id}" if self.scopes.is_global(node) else None)
        return None


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
