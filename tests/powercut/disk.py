"""What a disk may hold when the power fails: all that was synced, and of the rest anything, in any order, whole or torn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from tests.powercut.journal import Acknowledged, Step, Synced, Truncated, Written

SECTOR = 512  # what a disk writes as one piece


def after_cut(base: Mapping[str, bytes], steps: Sequence[Step], at: int, random: Random) -> dict[str, bytes]:
    """The files, by path, when the power fails after step `at`."""
    files = {path: bytearray(content) for path, content in base.items()}
    done = steps[:at]
    durable = {step.path: step.covers for step in done if isinstance(step, Synced)}
    loose: list[Written | Truncated] = []
    for number, step in enumerate(done):
        if not isinstance(step, Written | Truncated):
            continue
        if number < durable.get(step.path, 0):
            _apply(files, step)
        else:
            loose.append(step)
    random.shuffle(loose)  # a disk reorders what nobody made it order
    for step in loose:
        _maybe(files, step, random)
    return {path: bytes(content) for path, content in files.items()}


def acknowledged(steps: Sequence[Step], at: int) -> set[str]:
    """Who had been told so by then."""
    return {step.nonce for step in steps[:at] if isinstance(step, Acknowledged)}


def write(files: Mapping[str, bytes], folder: Path, prefix: str) -> Path:
    """Puts the files whose path begins with `prefix` into a folder of their own; returns the database's path."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for path, content in files.items():
        if path.startswith(prefix) and not path.endswith("-shm"):
            (folder / Path(path).name).write_bytes(content)
    return folder / Path(prefix).name


def _maybe(files: dict[str, bytearray], step: Written | Truncated, random: Random) -> None:
    fate = random.random()
    if fate < 0.4:
        return
    if fate < 0.8 or isinstance(step, Truncated):
        _apply(files, step)
        return
    for start in range(0, len(step.data), SECTOR):
        if random.random() < 0.5:
            _apply(files, Written(step.path, step.offset + start, step.data[start : start + SECTOR]))


def _apply(files: dict[str, bytearray], step: Written | Truncated) -> None:
    content = files.setdefault(step.path, bytearray())
    if isinstance(step, Truncated):
        del content[step.size :]
        return
    end = step.offset + len(step.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[step.offset : end] = step.data
