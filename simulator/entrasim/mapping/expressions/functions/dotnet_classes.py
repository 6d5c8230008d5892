"""Character classes and escapes of .NET's regular expressions, spelled for the `regex` library.

Source:
https://learn.microsoft.com/dotnet/standard/base-types/character-classes-in-regular-expressions
"""

import re
from collections.abc import Mapping
from typing import Final

from entrasim.mapping.expressions.errors import EvaluationError

WORD: Final = r"\p{L}\p{Mn}\p{Nd}\p{Pc}"
"""What .NET's `\\w` holds; other engines hold more."""

_BLANK: Final = r"\f\n\r\t\v\x85\p{Z}"

CLASS_ESCAPES: Final[Mapping[str, str]] = {
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "w": f"[{WORD}]",
    "W": f"[^{WORD}]",
    "s": f"[{_BLANK}]",
    "S": f"[^{_BLANK}]",
}

_CATEGORY: Final = re.compile(r"\\[pP]\{([\w-]+)\}")
_CATEGORY_NAME: Final = re.compile(
    "L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?|C[cfson]?",
)
_RENAMED_BLOCKS: Final = {
    "CombiningMarksforSymbols": "CombiningDiacriticalMarksforSymbols",
    "GreekandCoptic": "Greek",
    "PrivateUse": "PrivateUseArea",
}

_CONTROL: Final = {
    "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"
}  # fmt: skip
_NUMERIC: Final = re.compile(
    r"x(?P<two>[0-9A-Fa-f]{2})|u(?P<four>[0-9A-Fa-f]{4})|(?P<octal>[0-7]{1,3})|c(?P<control>[@-_a-z])"
)
_DEEPEST: Final = 20


def failure(problem: str) -> EvaluationError:
    """The error of a pattern that .NET would refuse."""
    return EvaluationError(f"regexPattern cannot be used: {problem}")


def literal(character: str) -> str:
    """One character that stands for itself, inside of a class and outside."""
    if character.isascii() and character.isalnum():
        return character
    return f"\\U{ord(character):08x}"


def without_case(pattern: str, *, ignore: bool) -> str:
    """The pattern, made blind to case character by character, as .NET compares."""
    return f"(?i-f:{pattern})" if ignore else pattern


def read_category(pattern: str, position: int) -> tuple[str, int]:
    r"""A category or block such as `\p{Lu}` or `\P{IsGreek}`, and where it ends."""
    match = _CATEGORY.match(pattern, position)
    if match is None:
        raise failure(r"\p takes a name in braces, as in \p{Lu}")
    name, sign = match[1], pattern[position + 1]
    if _CATEGORY_NAME.fullmatch(name):
        return f"\\{sign}{{{name}}}", match.end()
    if not name.startswith("Is"):
        raise failure(f"there is no category {name}")
    block = name.removeprefix("Is")
    return f"\\{sign}{{Block={_RENAMED_BLOCKS.get(block, block)}}}", match.end()


def read_character_escape(pattern: str, position: int) -> tuple[str, int]:
    """The character that a backslash at `position` and what follows mean, and where it ends."""
    following = pattern[position + 1 : position + 2]
    if not following:
        raise failure("it ends with a backslash")
    if following in _CONTROL:
        return _CONTROL[following], position + 2
    match = _NUMERIC.match(pattern, position + 1)
    if match is not None:
        return _numeric(match), match.end()
    if re.match(r"\w", following):
        raise failure(f"\\{following} is no escape")
    return following, position + 2


def read_class(pattern: str, position: int, depth: int = 0) -> tuple[str, int]:
    """The class whose opening bracket stands before `position`, and where it ends."""
    if depth > _DEEPEST:
        raise failure("its subtractions are nested too deeply")
    return _ClassReader(pattern, position, depth).read()


def _numeric(match: re.Match[str]) -> str:
    if match["octal"]:
        return chr(int(match["octal"], 8) & 0xFF)
    if match["control"]:
        return chr(ord(match["control"].upper()) - ord("@"))
    return chr(int(match["two"] or match["four"], 16))


class _ClassReader:
    """Reads one class the way .NET does, character by character, with its quirks.

    A `]` or a `-[` that comes first stands for itself.
    """

    def __init__(self, pattern: str, position: int, depth: int) -> None:
        self.pattern = pattern
        self.negated = pattern.startswith("^", position)
        self.position = position + self.negated
        self.depth = depth
        self.items: list[str] = []
        self.subtracted = ""
        self.range_from: str | None = None

    def read(self) -> tuple[str, int]:
        """`class = "[" [ "^" ] item { item } [ "-" class ] "]"`"""
        self.item(first=True)
        while not self.take("]"):
            self.item(first=False)
        base = f"[{'^' * self.negated}{''.join(self.items)}]"
        return f"[{base}--{self.subtracted}]" if self.subtracted else base, self.position

    def item(self, *, first: bool) -> None:
        """`item = ESCAPE | CHARACTER | CHARACTER "-" CHARACTER`"""
        if self.position >= len(self.pattern):
            raise failure("a [ is not closed")
        if self.pattern[self.position] == "\\" and self.escape():
            return
        escaped, character = self.character()
        if self.range_from is not None:
            self.range(character, may_subtract=not (escaped or first))
        elif re.match(r"-[^\]]", self.pattern[self.position : self.position + 2], re.DOTALL):
            self.range_from = character
            self.position += 1
        elif character == "-" and not (escaped or first) and self.take("["):
            self.subtract()
        else:
            self.items.append(literal(character))

    def escape(self) -> bool:
        """`ESCAPE = "\\" ( "d" | "D" | "w" | "W" | "s" | "S" | "p{NAME}" | "P{NAME}" | "-" )`"""
        following = self.pattern[self.position + 1 : self.position + 2]
        if following == "-":
            self.items.append(literal("-"))
            self.position += 2
            return True
        if not following or following not in "dDwWsSpP":
            return False
        if self.range_from is not None:
            raise failure(f"a range cannot end with \\{following}")
        if following in "pP":
            category, self.position = read_category(self.pattern, self.position)
            self.items.append(category)
        else:
            self.items.append(CLASS_ESCAPES[following])
            self.position += 2
        return True

    def character(self) -> tuple[bool, str]:
        """`CHARACTER = any one, or an escape such as \\t or \\u00e6`"""
        character = self.pattern[self.position]
        if character == "\\":
            character, self.position = read_character_escape(self.pattern, self.position)
            return True, character
        self.position += 1
        return False, character

    def range(self, last: str, *, may_subtract: bool) -> None:
        first, self.range_from = self.range_from, None
        assert first is not None, "called behind a -"
        if last == "[" and may_subtract:
            self.items.append(literal(first))
            self.subtract()
        elif first > last:
            raise failure(f"the range {first}-{last} is reversed")
        else:
            self.items.append(f"{literal(first)}-{literal(last)}")

    def subtract(self) -> None:
        self.subtracted, self.position = read_class(self.pattern, self.position, self.depth + 1)
        if not self.pattern.startswith("]", self.position):
            raise failure("a subtraction must come last in its class")

    def take(self, expected: str) -> bool:
        found = self.pattern.startswith(expected, self.position)
        self.position += found
        return found
