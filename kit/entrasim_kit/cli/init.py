"""`entrasim init`"""

from importlib.resources import files
from pathlib import Path

import click

from entrasim_kit.cli.options import json_option
from entrasim_kit.cli.output import print_json

GUIDES = ("qualytics",)


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option("--guide", type=click.Choice(GUIDES), help="Write the scenario of a vendor's guide.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
@json_option
def command(folder: Path, guide: str | None, force: bool, as_json: bool) -> None:
    """Write a commented scenario into FOLDER, to start from.

    \b
    Examples:
      entrasim init
      entrasim init rehearsal --guide qualytics
    """
    name = f"{guide}-directory-sync.yaml" if guide else "starter.yaml"
    text = (files("entrasim_kit.starters") / name).read_text(encoding="utf-8")
    path = folder / name
    if path.exists() and not force:
        raise click.UsageError(f"{path} is there already; pass --force to overwrite it")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written: {error.strerror}") from None
    if as_json:
        print_json({"written": [str(path)]})
    else:
        click.echo(f"wrote {path}; play it with: entrasim run {path}")
