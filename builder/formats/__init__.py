"""Renders documents and blocks in each format, one module for each."""
