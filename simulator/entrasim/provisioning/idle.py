"""Idle stretches: cycles in which nothing can happen are counted instead of run.

A stretch begins and ends with a real cycle, so that a probe is sent at each end.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from entrasim.directory.tenant import Tenant
from entrasim.provisioning.job import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleStretch:
    """So many cycles of one application fell due, and none had anything to do."""

    application: str
    cycles: int
    since: datetime
    until: datetime


def idle_cycles(job: Job, tenant: Tenant, interval: timedelta, end: datetime) -> int:
    """How many of the next cycles can be left out before `end`.

    None while something waits: a change after the watermark, an object in escrow, a purge.
    """
    if job.next_due is None or job.watermark != tenant.changes.last:
        return 0
    events = (end, tenant.next_purge, job.escrow.next_attempt)
    first = min(each for each in events if each is not None)
    return max((first - job.next_due) // interval, 0)
