"""Progress: a line on a terminal for work that takes more than a second, and none anywhere else.

It goes to standard error and wipes itself away, so that the output stays the same. rich is imported
when the line is shown for the first time: work that is quick does not pay for it.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from threading import Timer
from time import perf_counter
from typing import TYPE_CHECKING, Self, TextIO

from entrasim.provisioning.outcome import LogEntry
from entrasim.provisioning.provisioning_log import LogRenderer
from entrasim.wire.recording import Exchange

if TYPE_CHECKING:
    from rich.console import RenderableType

PATIENCE = 1.0
"""How many seconds work may take before anything is shown."""


def wants_progress(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether somebody watches: the stream is a terminal that can redraw a line, and no CI."""
    watched = stream.isatty() and environment.get("TERM") not in ("dumb", "unknown")
    return watched and not environment.get("CI")


class Progress:
    """Counts requests and objects, as a sink of a run, and shows them while work goes on."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted
        self._requests = 0
        self._objects = 0
        self._line: _Line | None = None

    def exchange(self, exchange: Exchange) -> None:  # noqa: ARG002
        """Count a request."""
        self._requests += 1

    def entry(self, renderer: LogRenderer, entry: LogEntry) -> None:  # noqa: ARG002
        """Count an object."""
        self._objects += 1

    def begin(self, work: str) -> None:
        """From now on this is worked on; counts begin anew."""
        self.end()
        if self._wanted:
            self._requests = self._objects = 0
            self._line = _Line(self, work)

    def end(self) -> None:
        """Wipe the line away, so that something else can be written."""
        if self._line is not None:
            self._line.end()
            self._line = None

    @contextmanager
    def during(self, work: str) -> Iterator[Self]:
        """Show work from its beginning to its end, whatever the end is."""
        self.begin(work)
        try:
            yield self
        finally:
            self.end()

    def counts(self) -> str:
        """What was counted since the work began, in words."""
        counted = (("request", self._requests), ("object", self._objects))
        return ", ".join(
            f"{number:,} {what}{'' if number == 1 else 's'}" for what, number in counted if number
        )


class _Line:
    """One line on the terminal: a timer begins it, `end` wipes it away."""

    def __init__(self, progress: Progress, work: str) -> None:
        self._progress = progress
        self._work = work
        self._began = perf_counter()
        self._shown = ExitStack()
        self._timer = Timer(PATIENCE, self._begin)
        self._timer.daemon = True
        self._timer.start()

    def _begin(self) -> None:
        from rich.console import Console  # noqa: PLC0415 - see above
        from rich.live import Live  # noqa: PLC0415

        live = Live(
            get_renderable=self._render,
            console=Console(file=sys.stderr),
            refresh_per_second=5,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._shown.enter_context(live)

    def end(self) -> None:
        """Wipe the line away."""
        self._timer.cancel()
        self._timer.join()
        self._shown.close()

    def _render(self) -> "RenderableType":
        from rich.progress_bar import ProgressBar  # noqa: PLC0415
        from rich.table import Table  # noqa: PLC0415

        seconds = perf_counter() - self._began
        told = ", ".join(part for part in (self._progress.counts(), f"{seconds:.0f} s") if part)
        line = Table.grid(padding=(0, 1))
        line.add_row(self._work, ProgressBar(width=20, pulse=True), told)
        return line


def progress(*, as_json: bool = False) -> Progress:
    """The progress of a command."""
    return Progress(wanted=not as_json and wants_progress(sys.stderr, os.environ))
