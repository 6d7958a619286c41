"""Compiles template folders into emails, writes messages as wire bytes and reads the signed tokens in their links.

Pure: a template folder in, wire bytes out. It keeps no state and uses no Flask, no database, no network and no clock.
"""
