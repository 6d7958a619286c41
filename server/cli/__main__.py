"""Runs the command as `python -m server.cli`, without an installed script; the demo starts its processes so."""

from server.cli import main

main(prog_name="acto")
