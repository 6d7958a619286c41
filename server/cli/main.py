"""The group of commands, and those that run something until it is stopped."""

from __future__ import annotations

import click

from server.cli import bench, check, data, emails, flows, inbound, keys, users, verdicts
from server.cli.shared import settings, talk, told


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="acto")
def main() -> None:
    """Acto: interactive emails, and the answers people give in them.

    Settings come from acto.toml in this folder and from the environment (ACTO_<NAME>); `acto settings` lists them. Data
    goes to stdout, talk to stderr. Exit 0: done. Exit 1: no, with a reason. Exit 2: a wrong call.
    """


@main.command()
@click.option(
    "--port", type=click.IntRange(1, 65_535), help="Port of the web server; the mail server takes a free one."
)
@click.option("--story", is_flag=True, help="With a played week of invented people, beside your own data.")
def demo(port: int | None, story: bool) -> None:
    """Run everything here: web server, worker and a local mail server with an inbox, with sample contacts and mail."""
    from server.cli.demo import run

    with told():
        run(settings(), port, talk, story=story)


@main.command()
@click.option("--host", help="Address to listen on; the setting `host` by default.")
@click.option("--port", type=click.IntRange(1, 65_535), help="Port to listen on; the setting `port` by default.")
def serve(host: str | None, port: int | None) -> None:
    """Run the web server."""
    from server.cli.serve import run

    with told():
        run(settings(), host, port)


@main.command()
def work() -> None:
    """Run a worker: it sends what is queued and confirms answers that waited out their hold. Any number may run."""
    from server.cli.work import run

    with told():
        run(settings())


for command in (emails.new, emails.lint, emails.build, emails.send, data.import_, data.leads, data.events):
    main.add_command(command)
for command in (
    data.settings_table,
    data.admin,
    users.users,
    verdicts.verdicts,
    check.check,
    keys.keys,
    inbound.inbound,
    flows.flows,
    bench.bench,
):
    main.add_command(command)
