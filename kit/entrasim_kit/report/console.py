"""The console: what a person reads while a run goes on, and at its end."""

from collections.abc import Mapping
from datetime import datetime

import click

from entrasim.provisioning.idle import IdleStretch
from entrasim.scenario.report import ExitStatus, ScenarioReport, StepReport, Trouble
from entrasim.scenario.session import CycleSummary

INDENT = " " * 6


def show_start(report_name: str, file: object, target: str) -> None:
    """Say which scenario begins, and on which target."""
    click.secho(report_name, bold=True, nl=False)
    click.echo(f"  ({file}, target: {target})")


def show_step(step: StepReport) -> None:
    """One step, when it has been played."""
    mark = click.style("ok  ", fg="green") if step.ok else click.style("FAIL", fg="red", bold=True)
    title = step.title or step.verb
    click.echo(f"{step.number:>3} {mark} {title}")
    if step.connection is not None:
        click.echo(f"{INDENT}{INDENT}{step.connection.verdict}{_explained(step)}")
    for cycle in step.cycles:
        click.echo(f"{INDENT}{INDENT}{cycle_line(cycle)}")
    if step.verb == "cycle":
        for note in step.notes:
            click.secho(f"{INDENT}{INDENT}stays out: {note}", fg="yellow")
    for trouble in step.troubles:
        show_trouble(trouble)


def _explained(step: StepReport) -> str:
    result = step.connection
    return f": {result}" if result is not None and not result.ok else ""


def cycle_line(cycle: CycleSummary | IdleStretch) -> str:
    """One cycle in a line, or many idle ones."""
    if isinstance(cycle, IdleStretch):
        plural = "cycle" if cycle.cycles == 1 else "cycles"
        return f"{_clock(cycle.since)} {cycle.cycles:,} idle {plural}"
    if not cycle.ok:
        return (
            f"{_clock(cycle.at)} {cycle.kind} cycle failed, job {cycle.status}: {cycle.connection}"
        )
    return (
        f"{_clock(cycle.at)} {cycle.kind} cycle, {cycle.requests} requests: "
        f"{counts(cycle.log) or 'nothing to do'}"
    )


def counts(log: Mapping[tuple[str, str], int]) -> str:
    """Entries of the log in words: `3 created, 1 skipped`."""
    words: dict[str, int] = {}
    for (action, status), count in log.items():
        word = _PAST.get(action, action) if status in ("success", "warning") else status
        words[word] = words.get(word, 0) + count
    return ", ".join(f"{count} {word}" for word, count in words.items())


_PAST = {"create": "created", "update": "updated", "disable": "disabled", "delete": "deleted"}


def _clock(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%d %H:%M")


def show_trouble(trouble: Trouble) -> None:
    """Why something failed, with its place in the file."""
    place = f"line {trouble.place.line}, " if trouble.place else ""
    if trouble.where:
        click.secho(f"{INDENT}{INDENT}{place}{trouble.where}", fg="red")
    for line in trouble.message.splitlines():
        click.echo(f"{INDENT}{INDENT}  {line}")


def show_end(report: ScenarioReport) -> None:
    """The whole scenario in a line, after what was not told with a step."""
    for trouble in report.troubles:
        show_trouble(trouble)
    if report.cleanup is not None:
        click.echo(f"Cleanup: {report.cleanup.deleted} deleted, {len(report.cleanup.left)} left")
        for left in report.cleanup.left:
            click.secho(f"{INDENT}{left}", fg="yellow")
    good = report.status is ExitStatus.GOOD
    verdict = VERDICTS[report.status]
    requests = sum(report.requests.values())
    line = (
        f"{verdict}: {len(report.steps)} steps, {requests} requests, "
        f"{counts(report.log) or 'nothing provisioned'}, {report.seconds:.1f} s"
    )
    click.secho(line, fg="green" if good else "red", bold=True)


VERDICTS: Mapping[ExitStatus, str] = {
    ExitStatus.GOOD: "Good",
    ExitStatus.EXPECTATION_FAILED: "Failed",
    ExitStatus.WRONG_INPUT: "Wrong input",
    ExitStatus.NO_TARGET: "No target",
    ExitStatus.OUR_MISTAKE: "A mistake of entrasim",
    ExitStatus.INTERRUPTED: "Interrupted",
}
