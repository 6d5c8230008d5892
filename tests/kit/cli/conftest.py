"""Running the tool inside of the tests, and as a process of its own."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from entrasim_kit.cli.main import invoke

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Result:
    """What a call of the tool came to."""

    status: int
    out: str
    err: str


Tool = Callable[..., Result]


@pytest.fixture
def tool(capfd: pytest.CaptureFixture[str]) -> Tool:
    """Calls the tool with the given arguments."""

    def call(*arguments: object) -> Result:
        status = invoke([str(each) for each in arguments])
        captured = capfd.readouterr()
        return Result(status, captured.out, captured.err)

    return call


def start_tool(*arguments: object) -> subprocess.Popen[str]:
    """Start the tool as a process."""
    return subprocess.Popen(
        [sys.executable, "-m", "entrasim_kit.cli", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


class Write(Protocol):
    """Writes a scenario file."""

    def __call__(self, text: str, name: str = ...) -> Path: ...


@pytest.fixture
def scenario(tmp_path: Path) -> Write:
    """Writes a scenario file."""

    def write(text: str, name: str = "scenario.yaml") -> Path:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write
