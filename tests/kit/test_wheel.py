"""The built wheel: everything is in it, and it works outside of the checkout."""

import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.kit.cli.conftest import ROOT


def call(*arguments: object, folder: Path, status: int = 0) -> str:
    """What a command prints, called in a folder with nothing of the checkout in its environment."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(each) for each in arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=kept,
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout. Building it needs hatchling: installed, or from the index."""
    folder = tmp_path_factory.mktemp("wheel")
    isolation = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    call(*pip, "wheel", "--no-deps", *isolation, "-w", folder, ROOT, folder=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has the wheel, and borrows only its dependencies.

    A folder that a .pth file names does not have its own .pth files read: the checkout's editable
    installation stays out.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    made = folder / "bin/python"
    purelib = call(
        made, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder
    )
    borrowed = sysconfig.get_path("purelib")
    (Path(purelib.strip()) / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", made]
    call(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, folder=folder)
    return made


def sources() -> Iterator[str]:
    """Every file of the two packages, as the wheel should call it."""
    for above in (ROOT / "simulator", ROOT / "kit"):
        for file in above.rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                yield str(file.relative_to(above))


def test_it_holds_both_packages_and_nothing_else(wheel: Path) -> None:
    names = {each for each in ZipFile(wheel).namelist() if ".dist-info/" not in each}
    assert names == set(sources())


def test_both_packages_come_from_it(python: Path, tmp_path: Path) -> None:
    program = (
        "import entrasim, entrasim_kit; print(entrasim.__file__); print(entrasim_kit.__file__)"
    )
    files = call(python, "-c", program, folder=tmp_path).splitlines()
    assert all(Path(each).is_relative_to(python.parents[1]) for each in files)


def test_the_guide_runs_from_it(python: Path, tmp_path: Path) -> None:
    tool = python.with_name("entrasim")
    call(tool, "init", "rehearsal", "--guide", "qualytics", folder=tmp_path)
    file = "rehearsal/qualytics-directory-sync.yaml"

    report = json.loads(call(tool, "run", "--json", file, folder=tmp_path))

    assert (report["exitStatus"], report["scenarios"][0]["target"]) == (0, "embedded")
    assert report["scenarios"][0]["requests"]["POST /Users"] == 3


def test_the_other_commands_find_their_files(python: Path, tmp_path: Path) -> None:
    tool = python.with_name("entrasim")
    call(tool, "init", folder=tmp_path)
    assert call(tool, "validate", "starter.yaml", folder=tmp_path) == "1 of 1 files are good\n"
    assert "Sales" in call(tool, "plan", "starter.yaml", folder=tmp_path)
    assert json.loads(call(tool, "schema", folder=tmp_path))["title"] == "Scenario"
    call(python, "-m", "entrasim_kit.images", "image", folder=tmp_path)
    assert (tmp_path / "image/Dockerfile").is_file()
    call(tool, "validate", "nothing.yaml", folder=tmp_path, status=2)
