"""The wheel of the running version, put together from its installed files.

It works the same from a checkout and from an installed wheel, and needs no build tool: a wheel is
a zip of the packages beside their metadata. Source:
https://packaging.python.org/specifications/binary-distribution-format/
"""

import base64
import hashlib
from collections.abc import Iterator
from importlib.metadata import distribution
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PACKAGES = ("entrasim", "entrasim_kit")


def write_running_wheel(folder: Path) -> Path:
    """Write the wheel of the running entrasim into a folder, and return where it is.

    Without time stamps: the same version gives the same bytes.

    Raises:
        OSError: the folder cannot be written.
    """
    version = distribution("entrasim").version
    path = folder / f"entrasim-{version}-py3-none-any.whl"
    record = f"entrasim-{version}.dist-info/RECORD"
    lines = []
    with ZipFile(path, "w", ZIP_DEFLATED) as wheel:
        for name, content in _contents(version):
            wheel.writestr(ZipInfo(name), content, ZIP_DEFLATED)
            lines.append(_record_line(name, content))
        wheel.writestr(ZipInfo(record), "".join([*lines, f"{record},,\n"]))
    return path


def _contents(version: str) -> Iterator[tuple[str, bytes]]:
    for package in PACKAGES:
        yield from _files_below(files(package), package)
    info = f"entrasim-{version}.dist-info"
    for name in ("METADATA", "entry_points.txt"):
        text = distribution("entrasim").read_text(name) or ""
        yield f"{info}/{name}", text.encode()
    wheel = "Wheel-Version: 1.0\nGenerator: entrasim\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    yield f"{info}/WHEEL", wheel.encode()


def _files_below(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if each.is_dir():
            if each.name != "__pycache__":
                yield from _files_below(each, f"{name}/{each.name}")
        else:
            yield f"{name}/{each.name}", each.read_bytes()


def _record_line(name: str, content: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(content)}\n"
