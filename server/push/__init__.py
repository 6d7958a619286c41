"""Sends push notices to the phones and browsers of the team (RFC 8030): devices, a queue of notices, and the worker that sends them."""
