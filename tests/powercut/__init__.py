"""Power cuts, simulated: what SQLite really writes and syncs is recorded, and then the power fails at any moment of it.

`python -m tests.powercut --cuts 1000`; a short form is in the suite.
"""
