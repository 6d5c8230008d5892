"""Quarantine: the job slows down until its cause is mended.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-quarantine-status
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final


class QuarantineReason(StrEnum):
    """Source: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationquarantine"""

    ENCOUNTERED_QUARANTINE_EXCEPTION = "EncounteredQuarantineException"
    ENCOUNTERED_ESCROW_PROPORTION_THRESHOLD = "EncounteredEscrowProportionThreshold"
    ENCOUNTERED_TOTAL_ESCROW_THRESHOLD = "EncounteredTotalEscrowThreshold"
    TOO_MANY_DELETES = "TooManyDeletes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantine:
    """One stay in quarantine. `series_count` counts the failed attempts of it."""

    reason: QuarantineReason
    error: str
    began: datetime
    series_count: int
    next_attempt: datetime


RETRIES: Final = (timedelta(hours=6), timedelta(hours=12), timedelta(hours=24))
"""The waits after the first, second and every later failed cycle: down to once a day."""


def quarantined(
    known: Quarantine | None, reason: QuarantineReason, error: str, *, now: datetime
) -> Quarantine:
    """The quarantine after one more failed cycle."""
    count = known.series_count + 1 if known else 1
    next_attempt = now + RETRIES[min(count, len(RETRIES)) - 1]
    if known is not None:
        return replace(
            known, reason=reason, error=error, series_count=count, next_attempt=next_attempt
        )
    return Quarantine(
        reason=reason, error=error, began=now, series_count=count, next_attempt=next_attempt
    )
