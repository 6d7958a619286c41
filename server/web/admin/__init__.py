"""Serves the pages for operators and admins: team, API keys, webhooks, outbox, notices, the demo's inbox,
backups, and the activity log.
"""
