"""Renders a template on sample data and notes every missing name with its place, without stopping at the first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import StrictUndefined, TemplateError, Undefined

from builder.personalise import budget
from builder.personalise.sandbox import Sandbox

_HERE = "acto_here"


@dataclass
class Trial:
    """The outcome of a trial. `missing` holds (index of the piece, name); `failed` the piece at which it stopped, and why."""

    missing: list[tuple[int, str]] = field(default_factory=list)
    failed: tuple[int, str] | None = None


def run(pieces: Sequence[str], context: Mapping[str, Any]) -> Trial:
    """Try pieces of Jinja in the order of their text; together they must be balanced."""
    trial, here = Trial(), [0]

    def arrive(index: int) -> str:
        here[0] = index
        return ""

    def note(name: str) -> None:
        if (here[0], name) not in trial.missing:
            trial.missing.append((here[0], name))

    sandbox = Sandbox(autoescape=False, undefined=_noting(note))
    source = "".join(_marked(index, piece) for index, piece in enumerate(pieces))
    try:
        budget.spend(sandbox.from_string(source).generate({**context, _HERE: _Arrival(arrive)}))
    except TemplateError as error:
        trial.failed = (here[0], error.message or "")
    except (SyntaxError, RecursionError, MemoryError):
        trial.failed = (here[0], "it is nested too deeply")
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        trial.failed = (here[0], str(error))
    return trial


class _Arrival:
    """Notes the current piece as `{{ here[3] }}`: an item and not a call, so that an index is not counted as a width."""

    def __init__(self, arrive: Callable[[int], str]) -> None:
        self._arrive = arrive

    def __getitem__(self, index: int) -> str:
        return self._arrive(index)


def _marked(index: int, piece: str) -> str:
    """Put a note of its index before the piece; inside an if or for there is no place for one before its else and end."""
    keyword = piece.lstrip("{%-+ \t\r\n")
    joined = piece.startswith("{%") and keyword.startswith(("el", "end"))
    return piece if joined else "{{ " + f"{_HERE}[{index}]" + " }}" + piece


def _noting(note: Callable[[str], None]) -> type[Undefined]:
    """Build an undefined type that notes each use and then behaves like an empty value."""

    def gives(value: Any) -> Callable[..., Any]:
        def use(self: Undefined, *_: Any, **__: Any) -> Any:
            note(str(self._undefined_name))
            return self if value is Undefined else value

        return use

    def attribute(self: Undefined, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        note(str(self._undefined_name))
        return self

    same = ["call", "getitem", "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "mod"]
    body: dict[str, Any] = {f"__{name}__": gives(Undefined) for name in [*same, "neg", "pos"]}
    body |= {f"__{name}__": gives(False) for name in ("bool", "contains", "eq", "lt", "le", "gt", "ge")}
    body |= {"__ne__": gives(True), "__str__": gives(""), "__len__": gives(0), "__int__": gives(0)}
    body |= {"__float__": gives(0.0), "__hash__": lambda self: id(type(self)), "__getattr__": attribute}
    body["__iter__"] = lambda self: iter(gives(())(self))
    return type("Noting", (StrictUndefined,), body)
