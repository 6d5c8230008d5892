"""What a person waits for: start-up over that of click alone, and the guide's scenario whole.

Whole processes, in turn; the ratio of the wall-clock times counts, because a person waits on the
wall clock.
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.pairs import alternate

LIMIT = 4.0
GUIDE = "scenarios/qualytics-directory-sync.yaml"
TOOL = str(Path(sys.executable).with_name("entrasim"))


def seconds(command: Sequence[str]) -> float:
    """The wall-clock seconds of one process, from its start to its end."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> int:
    """Print both figures; 1 when the ratio is missed."""
    measured = alternate(
        lambda: seconds([TOOL, "--help"]),
        lambda: seconds([sys.executable, "-c", "import click"]),
        pairs=11,
    )
    print(f"start-up, `entrasim --help` over `import click`: {measured}; at most {LIMIT:.0f}")
    runs = [seconds([TOOL, "run", GUIDE]) for _ in range(5)]
    print(
        f"the guide's scenario, from command to exit: {median(runs):.2f} s "
        f"({min(runs):.2f} to {max(runs):.2f}, {len(runs)} runs)"
    )
    return int(measured.ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
