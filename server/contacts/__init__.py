"""Stores the people who get mail: contacts, imported lists, refusals and erasure."""
