"""Reports the pieces of an email that its AMP part lacks, or that keep it from having one: the rule not-in-amp."""

from collections.abc import Iterator

from builder.emails import CompiledEmail
from builder.formats.amp import Loss
from builder.lint.view import View, problem_in
from builder.nodes import Source
from builder.problems import Problem


def check(view: View, compiled: CompiledEmail) -> Iterator[Problem]:
    """Report each loss of the AMP conversion; nothing for an email without blocks or with AMP switched off, which has no AMP part."""
    if not compiled.blocks or "amp" in view.email.formats_off:
        return
    for loss in compiled.amp_losses:
        source, place = _place(view, loss)
        if loss.kind == "font" and place < 0:
            continue  # the engine loads its own default font if the author names none
        kept = "This keeps the email out of AMP" if loss.stops else "The AMP part does without this"
        yield problem_in(source, max(0, place), "not-in-amp", f"{kept}: {loss.what[:80]}. {loss.why}", loss.fix)


def _place(view: View, loss: Loss) -> tuple[Source, int]:
    """Find the piece in the email's files; -1, in its body, if it is not there as written."""
    paths = dict.fromkeys((view.email.body(view.language), *(place.element.source.path for place in view.places)))
    for path in paths:
        at = view.email.files[path].find(loss.what)
        if at >= 0:
            return Source(path, view.email.files[path]), at
    return Source(next(iter(paths)), view.email.files[next(iter(paths))]), -1
