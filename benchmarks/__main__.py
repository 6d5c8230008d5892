"""Run every benchmark; exit with 1 when a figure is missed."""

import platform
import sys
from os import cpu_count

from benchmarks import cycle, expressions, fake_people, startup

BENCHMARKS = (startup, fake_people, expressions, cycle)


def main() -> int:
    machine = f"{platform.python_implementation()} {platform.python_version()}"
    print(f"{machine}, {platform.system()} {platform.machine()}, {cpu_count()} processors")
    return max([each.main() for each in BENCHMARKS])


if __name__ == "__main__":
    sys.exit(main())
