"""A PostgreSQL primary that dies, and its standby that takes over, both from a wheel: no acknowledged answer may be lost.

`python -m tests.failover --rounds 20`; a short form is in the suite.
"""
