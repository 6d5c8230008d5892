"""The folder that the image of the SCIM server is built from: Dockerfile, requirements, wheels."""

import shutil
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Final

from entrasim_kit.images.running_wheel import write_running_wheel

WHEELS_VARIABLE: Final = "ENTRASIM_WHEELS"
"""The environment variable that names a folder of wheels for a build without a package index."""

NEEDED: Final = ("click", "h11", "httptools", "orjson", "uvicorn", "uvloop")
"""What the server alone needs; the tool's other dependencies stay out of its image."""


def write_context(folder: Path, *, wheels: Path | None = None) -> None:
    """Write everything that `docker build` needs into a folder; what was there is replaced.

    Args:
        folder: Where to write.
        wheels: A folder of wheels, for builds that reach no package index.

    Raises:
        OSError: the folder cannot be written, or `wheels` cannot be read.
    """
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "wheels").mkdir(parents=True)
    dockerfile = files("entrasim_kit.images") / "scim_server" / "Dockerfile"
    (folder / "Dockerfile").write_bytes(dockerfile.read_bytes())
    options = "--no-index\n" if wheels is not None else ""
    (folder / "requirements.txt").write_text(options + requirements(), encoding="utf-8")
    write_running_wheel(folder / "wheels")
    if wheels is not None:
        for wheel in wheels.glob("*.whl"):
            shutil.copy(wheel, folder / "wheels")


def requirements() -> str:
    """The server's dependencies, in the versions of the running installation."""
    return "".join(f"{line}\n" for name in NEEDED for line in _requirement(name))


def _requirement(name: str) -> list[str]:
    try:
        return [f"{name}=={version(name)}"]
    except PackageNotFoundError:  # uvloop and httptools are not there on every platform
        return []
