"""Whether the store is what it should be: what is drawn from something else still follows from it, and nothing hangs in the air."""

from server.integrity.findings import Finding
from server.integrity.repair import mend
from server.integrity.run import check, counts

__all__ = ["Finding", "check", "counts", "mend"]
