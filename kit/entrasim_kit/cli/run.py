"""`entrasim run`"""

from pathlib import Path
from typing import Any

import click

from entrasim.scenario.report import ScenarioReport, StepReport, worst
from entrasim_kit.cli.options import FILE, json_option, target_options
from entrasim_kit.cli.output import print_json, show_mistakes
from entrasim_kit.report import console
from entrasim_kit.report.json_report import run_json
from entrasim_kit.report.progress import Progress, progress
from entrasim_kit.running import RunOptions, TargetUnusable, run_files


@click.command("run")
@click.argument("files", nargs=-1, required=True, type=FILE)
@target_options
@click.option(
    "--report",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write report.json, junit.xml, provisioning-log.json and traffic.har into this folder.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of whatever is random.")
@click.option(
    "--concurrency",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="How many objects are provisioned at a time; members go five at a time by default.",
)
@click.option(
    "--cleanup",
    is_flag=True,
    help="In the end delete from the target what this run made there, by id.",
)
@json_option
def command(files: tuple[Path, ...], as_json: bool, **options: Any) -> int:
    """Run scenario FILES and check what they expect.

    \b
    Examples:
      entrasim run scenarios/nested-groups.yaml
      entrasim run --target http://localhost:8080/scim/v2 --token-file token.txt my.yaml
      entrasim run --report out scenarios/*.yaml

    Exit status: 0 good, 1 an expectation failed, 2 wrong input, 3 no target, 130 interrupted.
    """
    try:
        with progress(as_json=as_json).during("starting") as shown:
            watcher = _Silent() if as_json else _Console(shown)
            reports = run_files(files, RunOptions(**options), watcher, [shown])
    except TargetUnusable as unusable:
        raise click.UsageError(str(unusable)) from None
    if as_json:
        print_json(run_json(reports))
    return int(worst([each.status for each in reports]))


class _Console:
    """Tells a person what happens, and between two lines that something does."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown

    def begins(self, report: ScenarioReport) -> None:
        self._shown.end()
        console.show_start(report.name, report.file, report.target)
        self._shown.begin("step 1")

    def step(self, step: StepReport) -> None:
        self._shown.end()
        console.show_step(step)
        self._shown.begin(f"step {step.number + 1}")

    def ends(self, report: ScenarioReport) -> None:
        self._shown.end()
        if report.mistakes:
            show_mistakes(report.mistakes)
        else:
            console.show_end(report)


class _Silent:
    """Tells nothing: a program reads the JSON at the end."""

    def begins(self, report: ScenarioReport) -> None: ...

    def step(self, step: Any) -> None: ...

    def ends(self, report: ScenarioReport) -> None: ...
