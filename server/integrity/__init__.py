"""Checks the store for `acto check`: answers and leads must follow from events, and no row may refer to a missing one."""

from server.integrity.findings import Finding
from server.integrity.repair import mend
from server.integrity.run import check, counts

__all__ = ["Finding", "check", "counts", "mend"]
