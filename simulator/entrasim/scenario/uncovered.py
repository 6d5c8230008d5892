"""Trouble that no expectation covers: failed objects, and jobs that are left in quarantine.

Nobody has to expect the obvious: what goes wrong unexpectedly makes a run fail by itself.
"""

from collections.abc import Iterable, Iterator

from entrasim.provisioning.outcome import LogEntry
from entrasim.scenario.explaining import reason
from entrasim.scenario.model.expectation import Expectation
from entrasim.scenario.report import ExitStatus, Trouble
from entrasim.scenario.session import CycleSummary


class Uncovered:
    """What went wrong and was not expected so far."""

    def __init__(self) -> None:
        self._entries: list[LogEntry] = []
        self._quarantines: dict[str, CycleSummary] = {}

    def objects(self, failures: Iterable[LogEntry]) -> None:
        """These objects failed."""
        self._entries += failures

    def cycle(self, summary: CycleSummary) -> None:
        """A cycle has left its application in quarantine, or taken it out."""
        self._quarantines.pop(summary.application, None)
        if not summary.ok:
            self._quarantines[summary.application] = summary

    def cover(self, expectation: Expectation, application: str | None) -> None:
        """An expectation covers failures of the actions it counts, and its job in quarantine."""
        counted = {
            action.casefold()
            for action, statuses in (expectation.log or {}).items()
            if "failure" in statuses
        }
        self._entries = [each for each in self._entries if each.outcome.action not in counted]
        if expectation.job is not None and application is not None:
            self._quarantines.pop(application, None)

    def troubles(self) -> Iterator[Trouble]:
        """Whatever is left."""
        for entry in self._entries:
            yield Trouble(message=f"{reason(entry)} (no expectation covers it)")
        for name, summary in self._quarantines.items():
            yield Trouble(
                message=f'provisioning of "{name}" is in quarantine: {summary.connection} '
                "(no expectation covers it)",
                status=ExitStatus.NO_TARGET,
            )
