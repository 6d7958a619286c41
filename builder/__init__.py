"""Writes emails and reads the tokens in them; remembers nothing.

Pure: a template folder in, wire bytes out. No Flask, no database, no network, no clock.
"""
