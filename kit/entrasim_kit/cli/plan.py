"""`entrasim plan`"""

from pathlib import Path
from typing import Any

import click

from entrasim.scenario.mistakes import ScenarioError
from entrasim_kit.cli.options import FILE, json_option, target_options
from entrasim_kit.cli.output import print_json, show_mistakes
from entrasim_kit.planning import plan_file
from entrasim_kit.report.json_report import mistake_json
from entrasim_kit.report.plan import plan_json, show_plan
from entrasim_kit.report.progress import progress
from entrasim_kit.running import RunOptions, TargetUnusable


@click.command("plan")
@click.argument("file", type=FILE)
@click.option("--user", metavar="UPN", help="Explain one user.")
@click.option("--application", metavar="NAME", help="Which application, when there are several.")
@click.option(
    "--ask-target",
    is_flag=True,
    help="Ask the target which objects it holds already; sends GET requests only.",
)
@target_options
@json_option
def command(file: Path, as_json: bool, **options: Any) -> int:
    """Show who would be provisioned before the first step of FILE, who not, and why.

    \b
    Examples:
      entrasim plan scenarios/nested-groups.yaml
      entrasim plan scenarios/nested-groups.yaml --user ida@contoso.example

    Exit status: 0 good, 2 wrong input, 3 the target that was asked cannot be reached.
    """
    asks = {name: options.pop(name) for name in ("user", "application", "ask_target")}
    try:
        with progress(as_json=as_json).during("planning"):
            planned = plan_file(file, RunOptions(**options), **asks)
    except ScenarioError as error:
        if as_json:
            print_json({"mistakes": [mistake_json(each) for each in error.mistakes]})
        else:
            show_mistakes(error.mistakes)
        return 2
    except TargetUnusable as unusable:
        raise click.UsageError(str(unusable)) from None
    if as_json:
        print_json(plan_json(planned))
    else:
        show_plan(planned)
    return int(planned.status)
