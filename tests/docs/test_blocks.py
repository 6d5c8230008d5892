"""Every block of code in the README and in docs/ is run, or it is known why not.

`console` blocks are run line by line, and their output is compared when it is shown; `...` stands
for anything. Whole `yaml` scenarios are validated and run, `python` blocks are executed.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest
from tests.kit.cli.conftest import ROOT

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "compose/README.md"]
PAGES += sorted((ROOT / "docs").glob("**/*.md"))
SHOWN_ONLY = {"text", "http"}
"""Drawings and help texts; requests are compared in their own test."""

ELSEWHERE = {
    "make": "a target of the Makefile",
    ".ci/run": "runs these tests itself",
    "docker": "needs an engine; see tests/compose",
    "export": "sets what the line after it needs",
    ".venv/bin/entrasim": "needs the server that the line before it started",
    "entrasim run --target http://localhost:8080/scim/v2 --token-file token.txt --cleanup my.yaml": (
        "needs somebody's own server"
    ),
    "entrasim run --target container scenarios/nested-groups.yaml": "see tests/kit/test_containers",
    "entrasim scim-server --mint-token --data company.db": "runs until Ctrl-C; see test_serve",
}
"""Commands that are not run here, with the reason."""


@dataclass(frozen=True)
class Block:
    page: Path
    language: str
    text: str
    line: int

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks() -> Iterator[Block]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for found in BLOCK.finditer(text):
            yield Block(page, found[1], found[2], text.count("\n", 0, found.start()) + 1)


def of_language(*languages: str) -> list[Block]:
    return [each for each in blocks() if each.language in languages]


def test_every_language_is_dealt_with() -> None:
    assert {each.language for each in blocks()} <= SHOWN_ONLY | {"console", "yaml", "python"}


def reason_elsewhere(command: str) -> str | None:
    return ELSEWHERE.get(command) or ELSEWHERE.get(command.split(maxsplit=1)[0])


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """Each command of a console block with the output that is shown for it."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command.partition("  #")[0].strip(), output


@pytest.mark.parametrize("block", of_language("console"), ids=str)
def test_commands_do_what_is_shown(block: Block, tmp_path: Path) -> None:
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    for command, shown in commands(block):
        if reason_elsewhere(command) is not None:
            continue
        arguments = shlex.split(command)
        assert arguments[0] == "entrasim", command
        done = subprocess.run(
            [sys.executable, "-m", "entrasim_kit.cli", *arguments[1:]],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert not shown or OutputChecker().check_output(shown, done.stdout, ELLIPSIS), done.stdout


def test_every_make_target_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    named = {
        command.split()[1]
        for block in of_language("console")
        for command, _ in commands(block)
        if command.startswith("make ")
    }
    assert named
    assert named <= targets


@pytest.mark.parametrize("block", of_language("yaml"), ids=str)
def test_scenarios_hold(block: Block, tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text(block.text, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "entrasim_kit.cli", "run", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("block", of_language("python"), ids=str)
def test_python_runs(block: Block) -> None:
    done = subprocess.run(
        [sys.executable, "-c", block.text], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
