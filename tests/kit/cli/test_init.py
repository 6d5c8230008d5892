"""`entrasim init`: starters that work, and nothing overwritten unasked."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.kit.cli.conftest import ROOT, Tool

from entrasim_kit.cli.init import GUIDES


@pytest.mark.parametrize(
    ("arguments", "scenario"),
    [([], "starter.yaml"), (["--guide", "qualytics"], "qualytics-directory-sync.yaml")],
    ids=["starter", "guide"],
)
def test_what_is_written_passes(
    tool: Tool, tmp_path: Path, arguments: list[str], scenario: str
) -> None:
    folder = tmp_path / "rehearsal"

    result = tool("init", folder, *arguments)

    names = [scenario, "test_provisioning.py", "provisioning.yml"]
    assert result.status == 0
    assert result.out.splitlines() == [
        *(f"wrote {folder / name}" for name in names),
        f"play it with: entrasim run {folder / scenario}",
    ]
    assert tool("run", folder / scenario).status == 0


def test_the_test_beside_it_passes(tool: Tool, tmp_path: Path) -> None:
    tool("init", tmp_path)

    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


def test_nothing_is_overwritten_unasked(tool: Tool, tmp_path: Path) -> None:
    mine = tmp_path / "starter.yaml"
    mine.write_text("mine")

    refused = tool("init", tmp_path)

    assert refused.status == 2
    assert refused.err.endswith(f"Error: there already: {mine}; pass --force to overwrite\n")
    assert [each.name for each in tmp_path.iterdir()] == ["starter.yaml"]
    assert mine.read_text() == "mine"
    assert tool("init", tmp_path, "--force").status == 0
    assert mine.read_text() != "mine"


def test_a_folder_that_cannot_be_made(tool: Tool, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    result = tool("init", tmp_path / "file" / "below")

    assert result.status == 2
    message = f"Error: {tmp_path / 'file' / 'below'} cannot be written: Not a directory\n"
    assert result.err.endswith(message)


def test_json_names_what_was_written(tool: Tool, tmp_path: Path) -> None:
    written = json.loads(tool("init", tmp_path, "--json").out)["written"]

    assert sorted(written) == sorted(str(each) for each in tmp_path.iterdir())


@pytest.mark.parametrize("name", GUIDES.values())
def test_a_guide_is_the_shipped_scenario(name: str) -> None:
    starter = ROOT / "kit/entrasim_kit/starters" / name

    assert starter.read_text() == (ROOT / "scenarios" / name).read_text()
