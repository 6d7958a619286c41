"""The scanner range: scripts of machines and of people against the real application, with a clock that is driven."""
