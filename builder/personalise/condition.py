"""Conditions on what is known: an expression of the small language that what is unknown makes false, not fail."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Template, TemplateError, Undefined

from builder.personalise import budget
from builder.personalise.sandbox import Sandbox


class Unknown(Undefined):
    """What nobody has said yet: it compares as false with everything, and so does anything made from it."""

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
    """Whether the expression is true of this context; false where it cannot be said."""
    try:
        return bool(budget.spend(_condition(expression).generate(context)))
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError, SyntaxError):
        return False


@lru_cache(maxsize=256)
def _condition(expression: str) -> Template:
    return _SANDBOX.from_string("{% if " + expression.replace("%}", "") + " %}1{% endif %}")
