"""Groups of .NET's regular expressions: their names, their numbers, and references to them.

.NET numbers the unnamed groups first, from left to right, and then the named ones. So every group
gets a name of ours in the translated pattern, by which numbers and names find it. Source:
https://learn.microsoft.com/dotnet/standard/base-types/grouping-constructs-in-regular-expressions
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from entrasim.mapping.expressions.functions.dotnet_classes import (
    failure,
    literal,
    read_character_escape,
    without_case,
)

_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Reference:
    r"""A reference to a group that may come later; spelled when all groups are known.

    `condition` marks the one in `(?(name)yes|no)`, `octal` one such as `\101`, which means a
    character when there is no such group.
    """

    name: str
    ignore_case: bool
    condition: bool = False
    octal: bool = False

    def spelled(self, groups: Mapping[str, str]) -> str:
        """The reference in the translated pattern.

        Raises:
            EvaluationError: there is no such group.
        """
        group = groups.get(self.name)
        if group is not None and self.condition:
            return f"(?({group})"
        if group is not None:
            return without_case(f"(?P={group})", ignore=self.ignore_case)
        if self.condition and not self.name[0].isdecimal():
            return f"(?(?={self._text(self.name)})"
        if self.octal and len(self.name) > 1:
            character, end = read_character_escape(f"\\{self.name}", 0)
            return self._text(character + self.name[end - 1 :])
        raise failure(f"there is no group {self.name}")

    def _text(self, text: str) -> str:
        return "".join(without_case(literal(each), ignore=self.ignore_case) for each in text)


class Groups:
    """The capturing groups of one pattern, gathered while it is read."""

    def __init__(self) -> None:
        self.unnamed = 0
        self.numbers: set[int] = set()
        self.names: list[str] = []

    def opened(self, name: str | None) -> str:
        """What opens the next group in the translated pattern; None for one without a name.

        Raises:
            EvaluationError: the name is not one that .NET takes.
        """
        if name is None:
            self.unnamed += 1
            name = str(self.unnamed)
        if _NUMBER.fullmatch(name):
            self.numbers.add(int(name))
            return f"(?P<u{name}>"
        if name[0].isdecimal():
            raise failure(f"{name} is neither name nor number of a group")
        if name not in self.names:
            self.names.append(name)
        return f"(?P<n{self.names.index(name)}>"

    def known(self) -> dict[str, str]:
        """.NET's numbers and names, each with ours; a named group has the next free number."""
        known = {str(number): f"u{number}" for number in self.numbers}
        number = self.unnamed + 1
        for index, name in enumerate(self.names):
            while str(number) in known:
                number += 1
            known[str(number)] = known[name] = f"n{index}"
        return known
