"""Reports as values: what a run came to. Console, JSON, JUnit and HTML are views of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from pathlib import Path

from entrasim.provisioning.connection import ConnectionResult
from entrasim.provisioning.idle import IdleStretch
from entrasim.scenario.cleanup import CleanupReport
from entrasim.scenario.mistakes import Mistake, Place
from entrasim.scenario.session import CycleSummary


class ExitStatus(IntEnum):
    """What the tool returns to its caller."""

    GOOD = 0
    EXPECTATION_FAILED = 1
    WRONG_INPUT = 2
    NO_TARGET = 3
    OUR_MISTAKE = 70
    INTERRUPTED = 130


SEVERITY = (
    ExitStatus.INTERRUPTED,
    ExitStatus.OUR_MISTAKE,
    ExitStatus.WRONG_INPUT,
    ExitStatus.NO_TARGET,
    ExitStatus.EXPECTATION_FAILED,
    ExitStatus.GOOD,
)
"""Which status several files end with: the first of these that one of them has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something in a step that makes the run fail, with its place in the file."""

    message: str
    place: Place | None = None
    where: str = ""
    status: ExitStatus = ExitStatus.EXPECTATION_FAILED


@dataclass(slots=True, kw_only=True)
class StepReport:
    """One step as it was played. `verb` is its key in the file."""

    number: int
    verb: str
    title: str
    at: datetime
    place: Place | None
    notes: list[str] = field(default_factory=list)
    cycles: list[CycleSummary | IdleStretch] = field(default_factory=list)
    connection: ConnectionResult | None = None
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the step did what it should."""
        return not self.troubles


@dataclass(slots=True, kw_only=True)
class ScenarioReport:
    """One scenario as it was played, as far as it went."""

    file: Path
    name: str = ""
    target: str = ""
    steps: list[StepReport] = field(default_factory=list)
    mistakes: tuple[Mistake, ...] = ()
    troubles: list[Trouble] = field(default_factory=list)
    requests: Mapping[str, int] = field(default_factory=dict)
    log: Mapping[tuple[str, str], int] = field(default_factory=dict)
    cleanup: CleanupReport | None = None
    interrupted: bool = False
    seconds: float = 0.0

    @property
    def status(self) -> ExitStatus:
        """What this scenario alone would end with."""
        if self.interrupted:
            return ExitStatus.INTERRUPTED
        if self.mistakes:
            return ExitStatus.WRONG_INPUT
        troubles = [*self.troubles, *(each for step in self.steps for each in step.troubles)]
        return worst([each.status for each in troubles])


def worst(statuses: list[ExitStatus]) -> ExitStatus:
    """The status that several end with."""
    return next((each for each in SEVERITY if each in statuses), ExitStatus.GOOD)
