"""Telling other systems: endpoints with their secrets, signed bodies (Standard Webhooks 1.0), and what each call came to."""
