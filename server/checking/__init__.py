"""Whether the store is what it should be: what is drawn from something else still follows from it, and nothing hangs in the air."""

from server.checking.findings import Finding
from server.checking.mending import mend
from server.checking.run import check, counts

__all__ = ["Finding", "check", "counts", "mend"]
