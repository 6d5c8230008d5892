"""Outcomes: what came of one object in one phase of a cycle.

An outcome is all that the job has to remember, and all that the log, the report and the console
show. The driver hands outcomes back in the order of the changes.
"""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime

from entrasim.directory.assignment import ObjectType
from entrasim.provisioning.connector_data_store import ObjectConnection
from entrasim.provisioning.decisions import (
    Create,
    Decision,
    Delete,
    Skip,
    Update,
    UpdateReferences,
)
from entrasim.provisioning.importing import ImportedObject
from entrasim.scim.messages import ScimRequest, ScimResponse
from entrasim.scoping.scope import ScopeEvaluation


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an object could not be provisioned."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """How the object of the target was found: by its link, or by this attribute and value."""

    attribute: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One object, what was decided, and what came of it.

    `connection` is the link to keep from now on; with `unlink` the old one is dropped instead.
    """

    imported: ImportedObject
    name: str
    decision: Decision | None = None
    scope: ScopeEvaluation | None = None
    match: Match | None = None
    target_id: str | None = None
    connection: ObjectConnection | None = None
    unlink: bool = False
    failure: Failure | None = None

    @property
    def action(self) -> str:
        """What was done or tried, as the provisioning log names it.

        Source: https://learn.microsoft.com/graph/api/resources/provisioningobjectsummary
        """
        match self.decision:
            case Create():
                return "create"
            case Update(disables=True):
                return "disable"
            case Update() | UpdateReferences():
                return "update"
            case Delete():
                return "delete"
        return "other"

    @property
    def status(self) -> str:
        """`success`, `failure`, `skipped` or `warning`.

        Source: https://learn.microsoft.com/entra/identity/monitoring-health/concept-provisioning-logs
        """
        if self.failure is not None:
            return "failure"
        match self.decision:
            case Skip():
                return "skipped"
            case UpdateReferences(unresolved=unresolved) if unresolved:
                return "warning"
        return "success"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One record of the provisioning log, before it is rendered."""

    at: datetime
    cycle: int
    number: int
    outcome: Outcome

    @property
    def object_type(self) -> ObjectType:
        """Whether it is about a user or a group."""
        return self.outcome.imported.object_type


Task = Generator[ScimRequest, ScimResponse, Outcome]
"""One object's way through a phase: it yields requests, is sent responses, returns an outcome."""
