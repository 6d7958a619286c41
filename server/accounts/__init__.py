"""The team: who signs in and how, what each role may do, keys for programs, and who did what."""
