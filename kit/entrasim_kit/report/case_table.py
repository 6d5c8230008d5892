"""A table of expression cases that failed, with what was expected beside what came."""

from typing import Any

import click
import orjson
from rich.console import Console
from rich.table import Table

from entrasim.mapping.expressions.case_runner import CaseReport

NARROWEST = 60
"""Columns below which a table cannot be read; a narrower output gets long lines."""


def show(report: CaseReport) -> None:
    """Print the failures, what was left aside, and the line with the counts."""
    if report.failures:
        table = Table(box=None, pad_edge=False)
        for heading in ("case", "expression", "expected", "actual", "why"):
            table.add_column(heading, overflow="fold")
        for each in report.failures:
            row = (each.case.id, each.case.expression)
            table.add_row(*row, _shown(each.expected), _shown(each.actual), each.reason or "")
        console = Console(highlight=False, markup=False)
        console.width = max(console.width, NARROWEST)
        console.print(table)
    if report.unconfirmed:
        failing = sum(not each.passed for each in report.unconfirmed)
        click.echo(f"{len(report.unconfirmed)} unconfirmed left aside, {failing} of them fail")
    click.echo(f"{report.passed} passed, {len(report.failures)} failed")


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()
