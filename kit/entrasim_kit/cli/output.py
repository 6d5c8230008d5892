"""What commands print."""

from collections.abc import Iterable
from typing import Any

import click
import orjson

from entrasim.scenario.mistakes import Mistake


def print_json(value: Any) -> None:
    """A value for programs, on standard output."""
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS))


def show_notes(notes: Iterable[Mistake]) -> None:
    """What is no mistake, but worth knowing, on standard error."""
    for each in notes:
        place = f":{each.place.line}:{each.place.column}" if each.place else ""
        click.secho(f"note: {each.file}{place}: {each.message}", fg="yellow", err=True)


def show_mistakes(mistakes: Iterable[Mistake]) -> None:
    """Mistakes in files, on standard error, with an empty line between two."""
    if told := "\n\n".join(str(each) for each in mistakes):
        click.echo(told, err=True)
