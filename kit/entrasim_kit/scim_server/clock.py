"""The time that the server writes into `meta`."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def real_time() -> datetime:
    """Now."""
    return datetime.now(UTC)


def timestamp(instant: datetime) -> str:
    """An instant in the form of RFC 7643, section 2.3.5: `2026-01-05T09:00:00.000Z`."""
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
