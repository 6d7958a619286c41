"""`python -m server.cli`: the command without an installed script, as the demo starts its processes."""

from server.cli import main

main(prog_name="acto")
