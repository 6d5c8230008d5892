"""Alternating pairs: A, B, A, B, ... so that a ratio holds while the machine's speed drifts."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Pairs:
    """Seconds of two things, measured in turn."""

    first: tuple[float, ...]
    second: tuple[float, ...]

    @property
    def ratios(self) -> list[float]:
        """First over second, pair by pair, sorted."""
        return sorted(a / b for a, b in zip(self.first, self.second, strict=True))

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return median(self.ratios)

    def __str__(self) -> str:
        low, high = self.ratios[0], self.ratios[-1]
        seconds = f"{median(self.first):.3f} s over {median(self.second):.3f} s"
        return f"{self.ratio:.3f} ({low:.3f} to {high:.3f}, {len(self.first)} pairs; {seconds})"


def alternate(
    first: Callable[[], float], second: Callable[[], float], *, pairs: int, warmup: int = 1
) -> Pairs:
    """Measure two callables in turn; each returns the seconds that count."""
    measured = [(first(), second()) for _ in range(warmup + pairs)][warmup:]
    return Pairs(tuple(a for a, _ in measured), tuple(b for _, b in measured))


def cpu_seconds(work: Callable[[], object]) -> float:
    """The CPU time of this process, all its threads, that `work` takes."""
    began = time.process_time()
    work()
    return time.process_time() - began
