"""`entrasim validate`"""

from pathlib import Path

import click

from entrasim.scenario.checking import check_file, notes_of
from entrasim.scenario.mistakes import Mistake, ScenarioError
from entrasim_kit.cli.options import FILE, json_option
from entrasim_kit.cli.output import print_json, show_mistakes, show_notes
from entrasim_kit.report.json_report import mistake_json


@click.command("validate")
@click.argument("files", nargs=-1, required=True, type=FILE)
@json_option
def command(files: tuple[Path, ...], as_json: bool) -> int:
    """Check scenario FILES without sending anything.

    Every mistake is shown with line, column and remedy. What an imported schema uses and entrasim
    does not simulate is told as a note.

    \b
    Example:
      entrasim validate scenarios/*.yaml

    Exit status: 0 all good, 2 a file has mistakes.
    """
    mistakes: list[Mistake] = []
    notes: list[Mistake] = []
    for file in files:
        try:
            notes += notes_of(check_file(file))
        except ScenarioError as error:
            mistakes += error.mistakes
    if as_json:
        told = {"mistakes": mistakes, "notes": notes}
        print_json({key: [mistake_json(each) for each in found] for key, found in told.items()})
    else:
        show_mistakes(mistakes)
        show_notes(notes)
        good = len(files) - len({each.file for each in mistakes})
        click.echo(f"{good} of {len(files)} files are good")
    return 2 if mistakes else 0
