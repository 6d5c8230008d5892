"""The tool as a whole: its commands, their help, completion, and the last safety net."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from tests.kit.cli.conftest import Tool

from entrasim_kit.cli.main import COMMANDS, LazyGroup, cli, invoke

TARGET = {"--target", "--token", "--token-file", "--allow-remote", "--ca", "--insecure"}
OPTIONS = {
    "run": TARGET | {"--report", "--seed", "--concurrency", "--cleanup", "--json"},
    "plan": TARGET | {"--user", "--application", "--ask-target", "--json"},
    "validate": {"--json"},
    "init": {"--guide", "--force", "--json"},
    "expr": {"--attr", "--attrs", "--tree", "--cases", "--strict", "--json"},
    "schema": {"--provisioning", "--application", "--json"},
    "scim-server": {"--host", "--port", "--token", "--mint-token", "--data", "--load", "--json"},
}
"""Every command with its options."""


def commands() -> dict[str, click.Command]:
    assert isinstance(cli, LazyGroup)
    group, context = cli, click.Context(cli)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def test_the_table_of_commands_is_whole() -> None:
    found = {
        name: {option for each in command.params for option in each.opts if option.startswith("-")}
        for name, command in commands().items()
    }
    assert found == OPTIONS


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_an_example(tool: Tool, name: str) -> None:
    result = tool(name, "--help")

    assert (result.status, result.err) == (0, "")
    assert f"\n    entrasim {name}" in result.out
    assert "Exit status: 0 " in result.out


def test_help_lists_every_command_with_its_summary(tool: Tool) -> None:
    result = tool("--help")

    for name, summary in COMMANDS.items():
        assert f"  {name.ljust(11)}  {summary}\n" in result.out


def test_version(tool: Tool) -> None:
    assert tool("--version").out == f"entrasim {version('entrasim')}\n"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["nonsense"], "Error: No such command 'nonsense'."),
        (["run"], "Error: Missing argument 'FILES...'."),
        (["run", "--concurrency", "0", "x.yaml"], "0 is not in the range x>=1."),
        (["scim-server"], "Error: give either --token (or ENTRASIM_TOKEN) or --mint-token"),
    ],
    ids=["command", "argument", "range", "token"],
)
def test_wrong_usage_is_wrong_input(tool: Tool, arguments: list[str], complaint: str) -> None:
    result = tool(*arguments)

    assert result.status == 2
    assert complaint in result.err


def test_the_shell_completes_commands() -> None:
    environment = os.environ | {
        "_ENTRASIM_COMPLETE": "bash_complete",
        "COMP_WORDS": "entrasim s",
        "COMP_CWORD": "1",
    }
    tool = Path(sys.executable).with_name("entrasim")
    done = subprocess.run([tool], env=environment, capture_output=True, text=True, check=False)

    assert done.stdout.splitlines() == ["plain,schema", "plain,scim-server"]


def test_a_mistake_of_ours_leaves_a_file_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setitem(COMMANDS, "broken", "Not there.")  # type: ignore[misc]

    status = invoke(["broken"])

    (file,) = tmp_path.iterdir()
    assert "ModuleNotFoundError" in file.read_text()
    assert status == 70
    assert capfd.readouterr().err == (
        f"This is a mistake of entrasim, not yours. Please report it with {file}, "
        "after checking that the file holds nothing private.\n"
    )
