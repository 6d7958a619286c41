"""Serves the pages and mail-client endpoints that a recipient reaches by a token alone, without a session and without a cookie that
grants access.
"""
