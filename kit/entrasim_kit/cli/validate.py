"""`entrasim validate`"""

from pathlib import Path

import click

from entrasim.scenario.checking import check_file
from entrasim.scenario.mistakes import Mistake, ScenarioError
from entrasim_kit.cli.options import FILE, json_option
from entrasim_kit.cli.output import print_json, show_mistakes
from entrasim_kit.report.json_report import mistake_json


@click.command("validate")
@click.argument("files", nargs=-1, required=True, type=FILE)
@json_option
def command(files: tuple[Path, ...], as_json: bool) -> int:
    """Check scenario FILES without sending anything.

    Every mistake is shown with line, column and remedy.

    \b
    Example:
      entrasim validate scenarios/*.yaml

    Exit status: 0 all good, 2 a file has mistakes.
    """
    mistakes = [each for file in files for each in _mistakes(file)]
    if as_json:
        print_json({"mistakes": [mistake_json(each) for each in mistakes]})
    else:
        show_mistakes(mistakes)
        good = len(files) - len({each.file for each in mistakes})
        click.echo(f"{good} of {len(files)} files are good")
    return 2 if mistakes else 0


def _mistakes(file: Path) -> tuple[Mistake, ...]:
    try:
        check_file(file)
    except ScenarioError as error:
        return error.mistakes
    return ()
