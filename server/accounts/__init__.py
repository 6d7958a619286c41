"""Manages the team's accounts: sign-in, roles, keys for programs, and the log of actions."""
