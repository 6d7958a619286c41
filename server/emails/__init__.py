"""Emails that are edited in the browser: drafts, their revisions, publishing; and the one way from a name to an email.

An email lives in the store or in the templates folder, never in both. `drafts` writes; `homes` reads, wherever the email lives;
`folders` moves an email between the store and a folder that git keeps.
"""
