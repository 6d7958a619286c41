"""Evaluates conditions such as `when` on answers and data; an unknown name makes a condition false instead of an error."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Template, TemplateError, Undefined, meta

from builder.personalise import budget
from builder.personalise.sandbox import Sandbox


class Unknown(Undefined):
    """An undefined value that compares as false with everything, also after arithmetic."""

    def _false(self, *_: Any) -> bool:
        return False

    def _same(self, *_: Any, **__: Any) -> Any:
        return self

    __lt__ = __le__ = __gt__ = __ge__ = _false  # type: ignore[assignment]
    __eq__ = __ne__ = __contains__ = _false
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _same
    __neg__ = __getitem__ = __call__ = _same
    __hash__ = Undefined.__hash__

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self


_SANDBOX = Sandbox(autoescape=False, undefined=Unknown)


def holds(expression: str, context: Mapping[str, Any]) -> bool:
    """Return whether the expression is true in this context; False if it cannot be evaluated."""
    try:
        if "known" in context and _names(expression) == {"known"}:
            return _of_answers(expression, json.dumps(context["known"]))
        return _evaluated(expression, context)
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError, SyntaxError):
        return False


@lru_cache(maxsize=4096)
def _of_answers(expression: str, known: str) -> bool:
    """Evaluate a condition on the answers alone; cached, because many people gave the same. `known` is JSON."""
    return _evaluated(expression, {"known": json.loads(known)})


def _evaluated(expression: str, context: Mapping[str, Any]) -> bool:
    return bool(budget.spend(_condition(expression).generate(context)))


@lru_cache(maxsize=256)
def _names(expression: str) -> set[str]:
    return meta.find_undeclared_variables(_SANDBOX.parse(_source(expression)))


@lru_cache(maxsize=256)
def _condition(expression: str) -> Template:
    return _SANDBOX.from_string(_source(expression))


def _source(expression: str) -> str:
    return "{% if " + expression.replace("%}", "") + " %}1{% endif %}"
