"""The synchronization job: the one store of what the service remembers between cycles.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjob
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from entrasim.provisioning.configuration import ProvisioningConfiguration
from entrasim.provisioning.connector_data_store import ConnectorDataStore
from entrasim.provisioning.escrow import Escrow
from entrasim.provisioning.quarantine import Quarantine


class JobStatusCode(StrEnum):
    """Source: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationstatus"""

    NOT_CONFIGURED = "NotConfigured"
    NOT_RUN = "NotRun"
    ACTIVE = "Active"
    PAUSED = "Paused"
    QUARANTINE = "Quarantine"


class ResetScope(StrEnum):
    """What a restart forgets; values combine.

    Source: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjobrestartcriteria
    """

    WATERMARK = "Watermark"
    ESCROWS = "Escrows"
    QUARANTINE_STATE = "QuarantineState"
    CONNECTOR_DATA_STORE = "ConnectorDataStore"
    FULL = "Full"
    FORCE_DELETES = "ForceDeletes"


PORTAL_RESTART = frozenset({ResetScope.QUARANTINE_STATE, ResetScope.WATERMARK, ResetScope.ESCROWS})
"""What *Restart provisioning* in the portal resets. Links survive it."""


@dataclass(slots=True)
class Job:
    """The job of one application: links, watermark, escrow, quarantine and schedule.

    `watermark` is a sequence number of the tenant's change log, None before an initial cycle has
    ended. `waiting_members` holds, per group, the members that could not be resolved.
    """

    id: str
    application_id: str
    links: ConnectorDataStore
    escrow: Escrow
    waiting_members: dict[str, frozenset[str]]
    watermark: int | None = None
    cycles: int = 0
    paused: bool = False
    quarantine: Quarantine | None = None
    next_due: datetime | None = None

    def status(self, configuration: ProvisioningConfiguration) -> JobStatusCode:
        """The code that the portal and Graph would show."""
        if not configuration.has_credentials:
            return JobStatusCode.NOT_CONFIGURED
        if self.paused or not configuration.is_running:
            return JobStatusCode.PAUSED if self.cycles else JobStatusCode.NOT_RUN
        if self.quarantine is not None:
            return JobStatusCode.QUARANTINE
        return JobStatusCode.ACTIVE if self.cycles else JobStatusCode.NOT_RUN

    def due(self, configuration: ProvisioningConfiguration) -> datetime | None:
        """When the next cycle falls due, or None when none does."""
        if self.paused or not configuration.is_running:
            return None
        return self.quarantine.next_attempt if self.quarantine else self.next_due

    def restart(self, reset: frozenset[ResetScope], *, now: datetime) -> None:
        """Forget what `reset` names; the next cycle is due now.

        Source: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjobrestartcriteria
        """
        everything = ResetScope.FULL in reset
        if everything or ResetScope.WATERMARK in reset:
            self.watermark = None
        if everything or ResetScope.ESCROWS in reset:
            self.escrow.clear()
        if everything or ResetScope.QUARANTINE_STATE in reset:
            self.quarantine = None
        if everything or ResetScope.CONNECTOR_DATA_STORE in reset:
            self.links.clear()
            self.waiting_members.clear()
        self.paused = False
        self.next_due = now


def new_job(tenant_id: str, application_id: str) -> Job:
    """A job that has never run.

    Its id has the shape `scim.<tenant id>.<guid>`. Source:
    https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-log-analytics
    """
    guid = uuid5(UUID(application_id), "synchronization job")
    return Job(
        id=f"scim.{tenant_id.replace('-', '')}.{guid}",
        application_id=application_id,
        links=ConnectorDataStore(),
        escrow=Escrow(),
        waiting_members={},
    )
