"""Escrow: objects that failed and wait for another attempt.

A failing object is tried again in the next cycle and then less and less often; it never stops the
job. Source: https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works
The exact spacing is not published; 6, 12, 24 hours stand on
https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-quarantine-status
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from entrasim.provisioning.importing import ImportedObject

SCHEDULE: Final = (
    timedelta(0),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""The wait after the first, second, third and every later failure; zero is the next cycle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscrowEntry:
    """One object in escrow, with what has to be imported again."""

    imported: ImportedObject
    error_code: str
    reason: str
    attempts: int
    first_failed: datetime
    next_attempt: datetime


class Escrow:
    """The failing objects of one job, by their object id."""

    def __init__(self) -> None:
        self._entries: dict[str, EscrowEntry] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[EscrowEntry]:
        return iter(self._entries.values())

    def of(self, object_id: str) -> EscrowEntry | None:
        """The entry of an object, if it is in escrow."""
        return self._entries.get(object_id)

    @property
    def next_attempt(self) -> datetime | None:
        """When the next object is to be tried again."""
        return min((each.next_attempt for each in self._entries.values()), default=None)

    def due(self, now: datetime) -> list[ImportedObject]:
        """What is to be tried again now, oldest first."""
        return [each.imported for each in self._entries.values() if each.next_attempt <= now]

    def add(
        self, imported: ImportedObject, code: str, reason: str, *, now: datetime
    ) -> EscrowEntry:
        """Put a failed object into escrow, or note one more failure of it."""
        known = self._entries.get(imported.object_id)
        attempts = known.attempts + 1 if known else 1
        entry = EscrowEntry(
            imported=imported.merged_with(known.imported) if known else imported,
            error_code=code,
            reason=reason,
            attempts=attempts,
            first_failed=known.first_failed if known else now,
            next_attempt=now + SCHEDULE[min(attempts, len(SCHEDULE)) - 1],
        )
        self._entries[imported.object_id] = entry
        return entry

    def release(self, object_id: str) -> None:
        """Take an object out: it went through."""
        self._entries.pop(object_id, None)

    def clear(self) -> None:
        """Forget all failures."""
        self._entries.clear()
