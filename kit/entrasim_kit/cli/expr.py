"""`entrasim expr`"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from typing import Any

import click

from entrasim.mapping.expressions import (
    EvaluationContext,
    EvaluationError,
    ExpressionError,
    Value,
    evaluate,
    parse,
    to_graph,
)
from entrasim.mapping.expressions.case_runner import CaseReport, run_cases
from entrasim.mapping.expressions.cases import CasesError, load_cases
from entrasim.mapping.expressions.examples import shown
from entrasim.mapping.expressions.values import NO_FLOW
from entrasim.scenario.mistakes import ScenarioError
from entrasim.scenario.yaml_source import read_yaml, read_yaml_list, typed
from entrasim_kit.cli.options import FILE, json_option
from entrasim_kit.cli.output import print_json, show_mistakes
from entrasim_kit.report import case_table


@click.command("expr")
@click.argument("expression", required=False)
@click.option(
    "--attr",
    "pairs",
    metavar="NAME=VALUE",
    multiple=True,
    help="An attribute of the user; repeated for several values. NAME= is empty; absent is null.",
)
@click.option("--attrs", type=FILE, metavar="FILE", help="Attributes from a YAML or JSON file.")
@click.option("--tree", is_flag=True, help="Print the tree as Graph's parsedExpression instead.")
@click.option("--cases", type=FILE, metavar="FILE", help="Try a table of cases from a YAML file.")
@click.option("--strict", is_flag=True, help="Let unconfirmed cases decide too.")
@json_option
def command(
    expression: str | None,
    pairs: tuple[str, ...],
    attrs: Path | None,
    tree: bool,
    cases: Path | None,
    strict: bool,
    as_json: bool,
) -> int:
    """Evaluate a mapping EXPRESSION as Entra would, or try a table of cases.

    A null result is shown as null.

    \b
    Examples:
      entrasim expr 'Join(" ", [givenName], [surname])' --attr givenName=Ana --attr surname=Silva
      entrasim expr 'Switch([IsSoftDeleted], , "False", "True", "True", "False")' --tree
      entrasim expr --cases mappings.cases.yaml

    Exit status: 0 good, 1 a case failed or the expression fails on these attributes, 2 wrong input.
    """
    if (expression is None) == (cases is None):
        raise click.UsageError("give either an EXPRESSION or --cases FILE")
    try:
        if cases is not None:
            return _try_cases(cases, strict=strict, as_json=as_json)
        assert expression is not None
        if tree:
            print_json(to_graph(parse(expression)))
            return 0
        return _evaluate(expression, _attributes(pairs, attrs), as_json=as_json)
    except ScenarioError as error:
        show_mistakes(error.mistakes)
    except (ExpressionError, CasesError) as error:
        click.echo(str(error), err=True)
    return 2


def _evaluate(expression: str, attributes: Mapping[str, Value], *, as_json: bool) -> int:
    context = EvaluationContext(now=datetime.now(UTC), random=SystemRandom().random)
    try:
        value = evaluate(expression, attributes, context)
    except EvaluationError as error:
        if as_json:
            print_json({"error": str(error), "code": error.code})
        else:
            click.echo(f"the object fails: {error}", err=True)
        return 1
    if as_json:
        print_json({"flows": value is not NO_FLOW, "result": _plain(value)})
    else:
        click.echo(shown(value))
    return 0


def _plain(value: Value) -> Any:
    if value is NO_FLOW:
        return None
    if isinstance(value, tuple):
        return [dict(each) if isinstance(each, Mapping) else each for each in value]
    return value


def _attributes(pairs: tuple[str, ...], file: Path | None) -> dict[str, Value]:
    """The attributes of the file, then those of the command line in their place."""
    given: dict[str, Value] = {}
    if file is not None:
        data, _ = read_yaml(file)
        given = {str(name): _value(each) for name, each in typed(data).items()}
    named: dict[str, tuple[str, ...]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise click.UsageError(f'--attr takes NAME=VALUE, not "{pair}"')
        named[name] = (*named.get(name, ()), value)
    return given | {name: all_[0] if len(all_) == 1 else all_ for name, all_ in named.items()}


def _value(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(str(each) for each in value)
    return None if value is None else str(value)


def _try_cases(file: Path, *, strict: bool, as_json: bool) -> int:
    report = run_cases(load_cases(read_yaml_list(file)), strict=strict)
    if as_json:
        print_json(_report_json(report))
    else:
        case_table.show(report)
    return int(bool(report.failures))


def _report_json(report: CaseReport) -> dict[str, Any]:
    return {
        "passed": report.passed,
        "failed": len(report.failures),
        "unconfirmed": len(report.unconfirmed),
        "failures": [
            {
                "id": each.case.id,
                "expression": each.case.expression,
                "expected": each.expected,
                "actual": each.actual,
                "reason": each.reason,
            }
            for each in report.failures
        ],
    }
