"""The range's table, and what in it is not as it must be."""

from __future__ import annotations

from collections.abc import Container, Mapping

from tests.range.running import Kind

HELD_AT_MOST = 0.01  # of people who touched a page


def table(kinds: Mapping[str, Kind], machines: Container[str]) -> str:
    lines = [f"{'machines':26}{'sessions':>9}{'confirmed':>11}   rules behind what went wrong"]
    lines += [_row(name, kind, "") for name, kind in sorted(kinds.items()) if name in machines]
    lines.append(
        f"{'people':26}{'sessions':>9}{'confirmed':>11}{'taps':>6}{'held':>6}{'wait s: median':>16}{'most':>7}"
    )
    lines += [
        _row(name, kind, f"{_mean(kind.taps):6.2f}{kind.held:6}{_at(kind.waits, 0.5):16.1f}{_at(kind.waits, 1):7.1f}")
        for name, kind in sorted(kinds.items())
        if name not in machines
    ]
    return "\n".join([*lines, *(f"FAILED: {each}" for each in failures(kinds, machines)), _sum(kinds, machines)])


def failures(kinds: Mapping[str, Kind], machines: Container[str]) -> list[str]:
    """A sentence for each broken promise, with the rules that judged."""
    found = []
    for name, kind in kinds.items():
        if name in machines and kind.confirmed:
            found.append(f"{name}: {kind.confirmed} of {kind.sessions} confirmed ({_blamed(kind)})")
        if name not in machines and kind.confirmed < kind.sessions:
            found.append(f"{name}: {kind.sessions - kind.confirmed} of {kind.sessions} not confirmed ({_blamed(kind)})")
    people = [kind for name, kind in kinds.items() if name not in machines]
    held, total = sum(kind.held for kind in people), sum(kind.sessions for kind in people)
    if held >= max(1, total * HELD_AT_MOST):
        found.append(f"{held} of {total} people held longer than for patience")
    return found


def _row(name: str, kind: Kind, more: str) -> str:
    return f"{name:26}{kind.sessions:9}{kind.confirmed:11}{more}   {_blamed(kind)}".rstrip()


def _blamed(kind: Kind) -> str:
    return "; ".join(f"{number} x {what}" for what, number in kind.blamed.most_common(4))


def _sum(kinds: Mapping[str, Kind], machines: Container[str]) -> str:
    bad = [kind for name, kind in kinds.items() if name in machines]
    good = [kind for name, kind in kinds.items() if name not in machines]
    people = sum(kind.sessions for kind in good)
    return (
        f"machines: {sum(kind.confirmed for kind in bad)} confirmed of {sum(kind.sessions for kind in bad)}; "
        f"people: {sum(kind.confirmed for kind in good)} confirmed of {people}, {sum(kind.held for kind in good)} wrongly held"
    )


def shortest_patience(kinds: Mapping[str, Kind]) -> float:
    """Seconds that would have been enough to see through every touch of a machine."""
    return max((seconds for kind in kinds.values() for seconds in kind.unmasked), default=0.0)


def _mean(values: list[int]) -> float:
    """Of taps on the page, after the one in the mail."""
    return sum(values) / len(values) if values else 0.0


def _at(values: list[float], share: float) -> float:
    ordered = sorted(values) or [0.0]
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
