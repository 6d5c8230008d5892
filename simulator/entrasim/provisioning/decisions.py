"""Decisions: what is to be done about one object, as values with a reason.

Everything that people see (log, plan, report) is a view of these. A disable is an `Update` that
`IsSoftDeleted` caused.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from entrasim.mapping.flow import TargetValue
from entrasim.scim.dialects import AttributeChange


class SkipReason(StrEnum):
    """Why nothing was done, spelt as the provisioning log spells it.

    Sources: https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-provisionondemand
    and https://learn.microsoft.com/entra/identity/monitoring-health/howto-analyze-provisioning-logs.
    The full list is not published.
    """

    REDUNDANT_EXPORT = "RedundantExport"
    NOT_EFFECTIVELY_ENTITLED = "NotEffectivelyEntitled"
    IMPORT_SKIPPED = "ImportSkipped"
    ENTRY_SYNCHRONIZATION_SKIPPED = "EntrySynchronizationSkipped"


@dataclass(frozen=True, slots=True)
class Create:
    """Create the object with these values."""

    values: tuple[TargetValue, ...]


@dataclass(frozen=True, slots=True)
class Update:
    """Change what differs; `previous` holds the value of each changed attribute before."""

    changes: tuple[AttributeChange, ...]
    previous: tuple[Any, ...]
    disables: bool = False


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete the object."""

    because: str


@dataclass(frozen=True, slots=True)
class UpdateReferences:
    """Write a reference attribute: ids of the directory that came, went, or cannot be resolved."""

    attribute: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skip:
    """Do nothing."""

    reason: SkipReason
    because: str


Decision = Create | Update | Delete | UpdateReferences | Skip
