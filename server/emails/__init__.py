"""Stores emails with their revisions in the database, and finds an email by its name in the database or the templates folder.

An email lives in the database or in the templates folder, never in both. `drafts` writes its revisions; `homes` finds the files
that are sent; `folders` moves an email between the database and a folder that git keeps (`acto pull`, `acto push`).
"""
