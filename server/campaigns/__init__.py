"""Campaigns: one email to many people. A campaign is an intent; the worker expands it page by page into messages of the outbox.

draft -> approval -> scheduled -> sending <-> paused, and then done or stopped.
"""
