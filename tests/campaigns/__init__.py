"""Drawn histories of campaigns on a driven clock, judged by rules of their own. `python -m tests.campaigns --histories 2000`."""
