"""The recorder: takes the log and the exchanges as they come, and counts them for expectations.

Everything is handed on to sinks at once, so that nothing is lost when a run is interrupted. Only
what was sent and logged since the last expectation is kept here.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from entrasim.provisioning.outcome import LogEntry
from entrasim.provisioning.provisioning_log import LogRenderer
from entrasim.scim.messages import Purpose
from entrasim.wire.recording import Exchange

KEPT = 2000
"""How many exchanges and entries are kept for explaining a failed expectation."""


class Sink(Protocol):
    """Something that wants to see everything, such as a report that is being written."""

    def exchange(self, exchange: Exchange) -> None:
        """A request was answered."""
        ...

    def entry(self, renderer: LogRenderer, entry: LogEntry) -> None:
        """The provisioning log of an application grew by one entry."""
        ...


@dataclass(slots=True)
class Window:
    """What came since the last expectation."""

    requests: Counter[str] = field(default_factory=Counter)
    log: Counter[tuple[str, str]] = field(default_factory=Counter)
    exchanges: list[Exchange] = field(default_factory=list)
    entries: list[LogEntry] = field(default_factory=list)
    failures: list[LogEntry] = field(default_factory=list)


class Recorder:
    """Counts and hands on."""

    def __init__(self, sinks: Sequence[Sink] = ()) -> None:
        self._sinks = sinks
        self.window = Window()
        self.requests: Counter[str] = Counter()
        self.log: Counter[tuple[str, str]] = Counter()

    def exchange(self, exchange: Exchange) -> None:
        """Count a request by method and endpoint; probes apart."""
        request = exchange.request
        key = "probe" if request.purpose is Purpose.PROBE else request.operation
        self.requests[key] += 1
        self.window.requests[key] += 1
        if len(self.window.exchanges) < KEPT:
            self.window.exchanges.append(exchange)
        for sink in self._sinks:
            sink.exchange(exchange)

    def entry(self, renderer: LogRenderer, entry: LogEntry) -> None:
        """Count an entry of the provisioning log by action and status."""
        key = (entry.outcome.action, entry.outcome.status)
        self.log[key] += 1
        self.window.log[key] += 1
        if len(self.window.entries) < KEPT:
            self.window.entries.append(entry)
        if entry.outcome.failure is not None:
            self.window.failures.append(entry)
        for sink in self._sinks:
            sink.entry(renderer, entry)

    def open_window(self) -> Window:
        """Begin to count anew; what came before comes back."""
        closed, self.window = self.window, Window()
        return closed
