"""`report.json`, and what `--json` prints: the report as plain JSON values."""

from collections.abc import Iterable, Mapping
from typing import Any

from entrasim.provisioning.connection import ConnectionResult
from entrasim.provisioning.idle import IdleStretch
from entrasim.scenario.cleanup import CleanupReport
from entrasim.scenario.mistakes import Mistake
from entrasim.scenario.report import ScenarioReport, StepReport, Trouble, worst
from entrasim.scenario.session import CycleSummary


def run_json(reports: Iterable[ScenarioReport]) -> dict[str, Any]:
    """A whole run."""
    listed = list(reports)
    status = worst([each.status for each in listed])
    return {
        "exitStatus": int(status),
        "scenarios": [scenario_json(each) for each in listed],
    }


def scenario_json(report: ScenarioReport) -> dict[str, Any]:
    """One scenario."""
    return {
        "file": str(report.file),
        "name": report.name,
        "target": report.target,
        "exitStatus": int(report.status),
        "interrupted": report.interrupted,
        "seconds": round(report.seconds, 3),
        "requests": dict(sorted(report.requests.items())),
        "log": log_counts(report.log),
        "cleanup": _cleanup(report.cleanup),
        "mistakes": [mistake_json(each) for each in report.mistakes],
        "troubles": [_trouble(each) for each in report.troubles],
        "steps": [_step(each) for each in report.steps],
    }


def _cleanup(cleanup: CleanupReport | None) -> dict[str, Any] | None:
    if cleanup is None:
        return None
    return {"deleted": cleanup.deleted, "left": cleanup.left}


def mistake_json(mistake: Mistake) -> dict[str, Any]:
    """A mistake in a file."""
    return {
        "file": str(mistake.file),
        "line": mistake.place.line if mistake.place else None,
        "column": mistake.place.column if mistake.place else None,
        "where": mistake.where,
        "message": mistake.message,
        "remedy": mistake.remedy,
    }


def log_counts(log: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    """Entries of the log by action and status."""
    counts: dict[str, dict[str, int]] = {}
    for (action, status), count in sorted(log.items()):
        counts.setdefault(action, {})[status] = count
    return counts


def _step(step: StepReport) -> dict[str, Any]:
    return {
        "number": step.number,
        "verb": step.verb,
        "title": step.title,
        "at": step.at.isoformat(),
        "line": step.place.line if step.place else None,
        "ok": step.ok,
        "notes": step.notes,
        "connection": _connection(step.connection),
        "cycles": [_cycle(each) for each in step.cycles],
        "troubles": [_trouble(each) for each in step.troubles],
    }


def _cycle(cycle: CycleSummary | IdleStretch) -> dict[str, Any]:
    if isinstance(cycle, IdleStretch):
        since, until = cycle.since.isoformat(), cycle.until.isoformat()
        idle = {"kind": "idle", "cycles": cycle.cycles, "at": since, "until": until}
        return {"application": cycle.application} | idle
    return {
        "application": cycle.application,
        "number": cycle.number,
        "kind": str(cycle.kind),
        "at": cycle.at.isoformat(),
        "requests": cycle.requests,
        "log": log_counts(cycle.log),
        "status": str(cycle.status),
        "connection": _connection(cycle.connection),
    }


def _connection(result: ConnectionResult | None) -> dict[str, Any] | None:
    if result is None:
        return None
    return {"verdict": str(result.verdict), "seen": result.seen, "remedy": result.remedy}


def _trouble(trouble: Trouble) -> dict[str, Any]:
    return {
        "message": trouble.message,
        "where": trouble.where,
        "line": trouble.place.line if trouble.place else None,
        "exitStatus": int(trouble.status),
    }
