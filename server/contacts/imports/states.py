"""Lists the states of an import, and which step ends in which."""

from __future__ import annotations

KEYING = "keying"  # the addresses are read from another column; whoever changed the columns does it, not the worker
CHECKING, CHECKED, RUNNING, DONE, UNDOING, UNDONE = "checking", "checked", "running", "done", "undoing", "undone"
CHECK_FAILED, RUN_FAILED, UNDO_FAILED = "check_failed", "run_failed", "undo_failed"
AFTER = {CHECKING: CHECKED, RUNNING: DONE, UNDOING: UNDONE}
FAILED = {CHECKING: CHECK_FAILED, RUNNING: RUN_FAILED, UNDOING: UNDO_FAILED}  # of a step that an error stopped
STOPPED = {failed: step for step, failed in FAILED.items()}
UNCHECKED = (KEYING, CHECKING, CHECK_FAILED)  # what will happen to the rows is not known
WAITING = (*UNCHECKED, CHECKED)  # nothing is imported yet
