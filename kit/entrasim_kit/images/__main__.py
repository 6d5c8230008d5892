"""`python -m entrasim_kit.images FOLDER`: write what the image is built from into a folder."""

import os
from pathlib import Path

import click

from entrasim_kit.images.context import WHEELS_VARIABLE, write_context


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def main(folder: Path) -> None:
    """Write Dockerfile, requirements.txt and wheels/ of the SCIM server's image into FOLDER.

    \b
    Example:
      python -m entrasim_kit.images build/scim-server
      docker build -t entrasim-scim-server build/scim-server

    Where the build reaches no package index, let ENTRASIM_WHEELS name a folder of wheels.
    """
    wheels = os.environ.get(WHEELS_VARIABLE)
    write_context(folder, wheels=Path(wheels) if wheels else None)
    click.echo(f"wrote {folder}")


if __name__ == "__main__":
    main()
