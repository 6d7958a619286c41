"""Computes the reports on emails and people: one function and one query for each figure."""
