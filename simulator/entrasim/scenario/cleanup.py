"""Cleaning up: what a run made in a target is deleted there by its id, and nothing else."""

from dataclasses import dataclass

from entrasim.provisioning.outcome import LogEntry
from entrasim.provisioning.provisioning_log import LogRenderer
from entrasim.scenario.target_administrator import TargetAdministrator, TargetProblem
from entrasim.wire.recording import Exchange

CREATED = (200, 201)
"""What servers answer a creation with; 201 is RFC 7644's (section 3.3)."""


@dataclass(frozen=True, slots=True)
class CleanupReport:
    """How many objects were deleted, and which are left, each with the reason."""

    deleted: int
    left: tuple[str, ...]


class MadeInTarget:
    """Remembers every user and group that the exchanges of a run created."""

    def __init__(self) -> None:
        self._made: dict[str, None] = {}

    def exchange(self, exchange: Exchange) -> None:
        """Note what was created; what the run deleted itself is found gone later."""
        response, created = exchange.response, exchange.request.method == "POST"
        if created and response.status in CREATED and isinstance(response.body, dict):
            collection = exchange.url.partition("?")[0]
            self._made[f"{collection}/{response.body.get('id')}"] = None

    def entry(self, renderer: LogRenderer, entry: LogEntry) -> None:
        """The log tells nothing that the exchanges do not."""

    def delete_all(self, administrator: TargetAdministrator) -> CleanupReport:
        """Delete what was made at the administrator's target, the latest first."""
        deleted, left = 0, []
        for url in reversed(self._made):
            path = administrator.path_of(url)
            if path is None:
                continue
            try:
                deleted += administrator.delete(path)
            except TargetProblem as problem:
                left.append(str(problem))
        return CleanupReport(deleted, tuple(left))
