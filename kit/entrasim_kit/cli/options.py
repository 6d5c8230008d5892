"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

FILE = click.Path(path_type=Path)
"""A file that the command itself reads, so that a missing one is told like any other mistake."""


def json_option(function: F) -> F:
    """`--json`"""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")(
        function
    )


def target_options(function: F) -> F:
    """Where to provision to, and with which token."""
    for option in reversed(
        (
            click.option(
                "--target",
                default="embedded",
                show_default=True,
                metavar="embedded|container|scenario|URL",
                help="Where to provision to; scenario means the file's own tenantUrl.",
            ),
            click.option(
                "--token",
                envvar="ENTRASIM_TOKEN",
                show_envvar=True,
                help="The secret token of a target URL.",
            ),
            click.option(
                "--token-file",
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                help="A file that holds the secret token, so that no process list shows it.",
            ),
            click.option(
                "--allow-remote",
                is_flag=True,
                help="Let the target be on another network. Microsoft's hosts stay refused.",
            ),
            click.option(
                "--ca",
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                help="Certificates to trust instead of the public authorities.",
            ),
            click.option(
                "--insecure",
                is_flag=True,
                help="Verify no certificate; for targets on this machine only.",
            ),
        )
    ):
        function = option(function)
    return function
