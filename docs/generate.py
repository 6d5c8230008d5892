"""Writes the generated pages: `python docs/generate.py`. A test holds them to what this gives."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import timedelta
from enum import Enum
from inspect import getsource
from pathlib import Path
from typing import Any

import click
from pydantic.alias_generators import to_camel

from entrasim.mapping.expressions import FUNCTIONS, Value
from entrasim.mapping.expressions.examples import (
    description_of,
    examples_of,
    shown,
    source_of,
)
from entrasim.mapping.expressions.settings import ExpressionSettings
from entrasim.provisioning.settings import ProvisioningSettings
from entrasim.scenario.model.application import WHEN_PARSED
from entrasim_kit.cli.main import COMMANDS, cli

DOCS = Path(__file__).parent
BEGIN, END = "<!-- settings: written by `make docs` -->", "<!-- end of settings -->"


def pages() -> dict[Path, str]:
    """Every generated page with its text."""
    fidelity = DOCS / "fidelity.md"
    before, _, rest = fidelity.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    table = "\n".join([BEGIN, "", *settings_table(), "", END])
    return {
        DOCS / "commands.md": commands(),
        DOCS / "expressions.md": expressions(),
        fidelity: before + table + after,
    }


def expressions() -> str:
    """Every function of the expression language, from its docstring."""
    parts = [EXPRESSIONS]
    for name, function in FUNCTIONS.items():
        parts += [f"## {name}", "", f"`{function.signature}`", "", description_of(function), ""]
        parts.append("```text")
        for each in examples_of(function):
            parts += [*_given(each.attributes), each.expression, f"  -> {each.expected}"]
        parts += ["```", "", f"Source: <{source_of(function)}>", ""]
    return "\n".join(parts)


def _given(attributes: Mapping[str, Value]) -> Iterator[str]:
    for name, value in attributes.items():
        yield f"[{name}] = {shown(value)}"


EXPRESSIONS = """# The expression language

Written by `make docs` from the functions themselves; each example is run by the tests.

An expression is an attribute in brackets, a text in double quotes (with `\\\\` and `\\"` for a
backslash and a quote), a number, or a call. An argument may be left out between two commas. It has
at most 10,000 characters. Try one with

```text
entrasim expr 'Join(" ", [givenName], [surname])' --attr givenName=Ana --attr surname=Silva
```

and keep tables of cases in CI with `entrasim expr --cases FILE`: a YAML list whose items have `id`,
`expression`, `expected`, and if need be `attributes`, `match`, `clock`, `existing`, `status`.
"""


def commands() -> str:
    """The help of every command."""
    context = cli.make_context("entrasim", [], resilient_parsing=True)
    parts = [
        "# Commands",
        "",
        "Written by `make docs` from the tool's own help.",
        "",
        *_help(cli, context),
    ]
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        parts += ["", f"## entrasim {name}", ""]
        below = command.make_context(name, [], parent=context, resilient_parsing=True)
        parts += _help(command, below)
    return "\n".join([*parts, ""])


def _help(command: click.Command, context: click.Context) -> Iterator[str]:
    context.terminal_width = 90
    context.max_content_width = 90
    yield "```text"
    yield from (line.rstrip() for line in command.get_help(context).splitlines())
    yield "```"


def settings_table() -> Iterator[str]:
    """One row per setting, from the metadata of its field."""
    yield "| setting | the open question | default | others |"
    yield "|---|---|---|---|"
    for each in fields(ProvisioningSettings):
        if each.name != "expressions":
            yield _row(to_camel(each.name), each.metadata["question"], each.default)
    questions = _docstrings_of_fields(ExpressionSettings)
    for each in fields(ExpressionSettings):
        name = f"{'' if each.name in WHEN_PARSED else 'expressions.'}{to_camel(each.name)}"
        yield _row(name, questions[each.name], each.default)


def _row(name: str, question: str, default: Any) -> str:
    return f"| `{name}` | {question} | {_shown(default)} | {', '.join(_others(default))} |"


def _docstrings_of_fields(settings: type) -> dict[str, str]:
    """The text below each field of a class, in one line."""
    (body,) = (
        each for each in ast.parse(getsource(settings)).body if isinstance(each, ast.ClassDef)
    )
    pairs = zip(body.body, body.body[1:], strict=False)
    return {
        field.target.id: " ".join(str(ast.literal_eval(below.value)).split())
        for field, below in pairs
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
    }


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        return f"`{seconds // 60}m`" if seconds % 60 == 0 else f"`{seconds}s`"
    return "by the dialect" if value is None else f"`{value}`"


def _others(default: Any) -> Iterator[str]:
    if isinstance(default, bool):
        yield _shown(not default)
    elif isinstance(default, Enum):
        yield from (_shown(each) for each in type(default) if each is not default)


def main() -> None:
    """Write the pages."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        click.echo(f"wrote {path.name}")


if __name__ == "__main__":
    main()
