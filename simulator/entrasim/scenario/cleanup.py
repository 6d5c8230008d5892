"""Cleaning up: what a run made in a target is deleted there by its id, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from entrasim.provisioning.outcome import LogEntry
from entrasim.provisioning.provisioning_log import LogRenderer
from entrasim.scenario.target_administrator import TargetAdministrator, TargetProblem
from entrasim.wire.recording import Exchange

CREATED = (200, 201)
"""What servers answer a creation with; 201 is RFC 7644's (section 3.3)."""


@dataclass(slots=True)
class CleanupReport:
    """How many objects were deleted, and which are left, each with the reason."""

    deleted: int = 0
    left: list[str] = field(default_factory=list)


class MadeInTarget:
    """Remembers every user and group that the exchanges of a run created."""

    def __init__(self) -> None:
        self._made: dict[str, None] = {}

    def exchange(self, exchange: Exchange) -> None:
        """Note what was created; what the run deleted itself is found gone later."""
        response, created = exchange.response, exchange.request.method == "POST"
        if created and response.status in CREATED and isinstance(response.body, dict):
            collection = exchange.url.partition("?")[0]
            target_id = quote(str(response.body.get("id")), safe="")
            self._made[f"{collection}/{target_id}"] = None

    def entry(self, renderer: LogRenderer, entry: LogEntry) -> None:
        """The log tells nothing that the exchanges do not."""

    def delete_all(
        self, administrators: Sequence[TargetAdministrator], report: CleanupReport
    ) -> None:
        """Delete what was made, the latest first, each by whoever administers its target."""
        for url in reversed(self._made):
            paths = ((each, each.path_of(url)) for each in administrators)
            found = next(((each, path) for each, path in paths if path is not None), None)
            if found is None:
                report.left.append(f"{url}: no application is provisioned there any more")
                continue
            administrator, path = found
            try:
                report.deleted += administrator.delete(path)
            except TargetProblem as problem:
                report.left.append(str(problem))
