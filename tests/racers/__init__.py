"""Two hundred people, one time, at once: whatever the engine, one of them has it. `python -m tests.racers --rounds 100`."""
