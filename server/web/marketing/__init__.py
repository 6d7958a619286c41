"""Serves the pages of marketing: emails, reports, flows with their runs, and the scoring model."""
