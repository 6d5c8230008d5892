"""Mistakes in a scenario file: where, what, and what to do. All of a file are shown at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple


class Place(NamedTuple):
    """Line and column in a file, both from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake. `where` is the way to it through the file: `tenant.users[2].manager`."""

    file: Path
    place: Place | None
    where: str
    message: str
    remedy: str = ""
    source_line: str = ""

    def __str__(self) -> str:
        spot = f":{self.place.line}:{self.place.column}" if self.place else ""
        where = f"{self.where}: " if self.where else ""
        lines = [f"{self.file}{spot}: {where}{self.message}"]
        quotes_itself = "\n" in self.message
        if self.place and self.source_line.strip() and not quotes_itself:
            number = str(self.place.line)
            shown = masked(self.source_line)
            lines.append(f"  {number} | {shown}")
            lines.append(f"  {' ' * len(number)} | {' ' * (self.place.column - 1)}^")
        if self.remedy:
            lines.append(f"  {self.remedy}")
        return "\n".join(lines)


class ScenarioError(Exception):
    """A scenario file cannot be used; `mistakes` holds every reason."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(str(each) for each in mistakes))
        self.mistakes = tuple(mistakes)


_SECRET: Final = re.compile(
    r"""((?:secret\w*|token|password)["']?\s*:\s*)("[^"]*"|'[^']*'|[^,}\s]+)""", re.IGNORECASE
)


def masked(line: str) -> str:
    """A source line with the values of secrets hidden, for showing it to people."""
    return _SECRET.sub(lambda match: match[1] + "*" * len(match[2]), line)
