"""The entry point: a table of commands, imported when they are called, and the last safety net."""

import importlib
import signal
import sys
import tempfile
import traceback
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, NoReturn

import click

COMMANDS: Final[Mapping[str, str]] = {
    "run": "Run scenarios and check what they expect.",
    "plan": "Show who would be provisioned, who not, and why.",
    "validate": "Check scenario files without sending anything.",
    "init": "Write a commented scenario, a test and a CI file.",
    "expr": "Evaluate a mapping expression as Entra would.",
    "schema": "Print the JSON Schema of the scenario file.",
    "scim-server": "Serve the embedded SCIM server on its own.",
}
"""Each command with its summary; the module that holds it bears its name."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called: `--help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name, from the module that bears it."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"entrasim_kit.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The table, without importing what it lists."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _show_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"entrasim {version('entrasim')}")
        ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
def cli() -> None:
    """Rehearse Microsoft Entra's user provisioning offline, against any SCIM 2.0 server.

    \b
    Example:
      entrasim run scenarios/qualytics-directory-sync.yaml

    Not affiliated with Microsoft. Exit status: 0 good, 1 an expectation failed, 2 wrong input,
    3 no target, 130 interrupted, 70 a mistake of entrasim.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the tool and exit."""
    signal.signal(signal.SIGTERM, _as_interrupt)
    sys.exit(invoke(sys.argv[1:] if arguments is None else arguments))


def _as_interrupt(_number: int, _frame: Any) -> NoReturn:
    """Being asked to end is an interruption: what was done so far is still reported."""
    raise KeyboardInterrupt


def invoke(arguments: list[str]) -> int:
    """Run the tool and return its exit status. No exception leaves it."""
    try:
        status = cli.main(arguments, prog_name="entrasim", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception:  # noqa: BLE001 - whatever it is, a person gets a sentence and a file
        return _report_our_mistake()


def _report_our_mistake() -> int:
    trace = traceback.format_exc()
    with tempfile.NamedTemporaryFile(
        "w", prefix="entrasim-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(trace)
    click.echo(
        f"This is a mistake of entrasim, not yours. Please report it with {Path(file.name)}, "
        "after checking that the file holds nothing private.",
        err=True,
    )
    return 70
