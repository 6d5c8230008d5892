"""The simulated clock: forty minutes pass in no time, and only forwards."""

from datetime import UTC, datetime
from typing import Final

DEFAULT_START: Final = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""When the clock starts unless a scenario says otherwise: a Monday morning, fixed for ever."""


class SimulatedClock:
    """What time it is in the tenant."""

    def __init__(self, start: datetime = DEFAULT_START) -> None:
        self.now = start

    def advance_to(self, instant: datetime) -> None:
        """Move forwards; an instant that has passed changes nothing."""
        self.now = max(self.now, instant)
