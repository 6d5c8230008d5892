"""`entrasim init`"""

from importlib.resources import files
from pathlib import Path

import click

from entrasim_kit.cli.options import json_option
from entrasim_kit.cli.output import print_json

GUIDES = {"qualytics": "qualytics-directory-sync.yaml"}
"""The scenarios of vendors' guides, by the name of `--guide`."""

STARTER = "starter.yaml"
BESIDE = ("test_provisioning.py", "provisioning.yml")
"""What stands beside the scenario: a test, and a file for CI."""


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option(
    "--guide", type=click.Choice(list(GUIDES)), help="Write the scenario of a vendor's guide."
)
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
@json_option
def command(folder: Path, guide: str | None, force: bool, as_json: bool) -> None:
    """Write a commented scenario, a test and a CI file into FOLDER, to start from.

    \b
    Examples:
      entrasim init rehearsal
      entrasim init rehearsal --guide qualytics

    Exit status: 0 good, 2 a file is there already or cannot be written.
    """
    scenario = STARTER if guide is None else GUIDES[guide]
    written = [folder / name for name in (scenario, *BESIDE)]
    there = [str(path) for path in written if path.exists()]
    if there and not force:
        raise click.UsageError(f"there already: {', '.join(there)}; pass --force to overwrite")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in written:
            path.write_bytes((files("entrasim_kit.starters") / path.name).read_bytes())
    except OSError as error:
        raise click.UsageError(f"{folder} cannot be written: {error.strerror}") from None
    if as_json:
        print_json({"written": [str(path) for path in written]})
        return
    for path in written:
        click.echo(f"wrote {path}")
    click.echo(f"play it with: entrasim run {written[0]}")
