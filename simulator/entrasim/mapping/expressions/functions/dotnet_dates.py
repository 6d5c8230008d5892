"""Date formats of .NET, in the invariant culture: reading a format and writing a date with it.

Source: https://learn.microsoft.com/dotnet/standard/base-types/custom-date-and-time-format-strings
and https://learn.microsoft.com/dotnet/standard/base-types/standard-date-and-time-format-strings
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.functions.dotnet_date_parts import NOON

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NAMED: Final = 3
"""From three letters on, M and d stand for names: MMM, dddd."""
_FRACTION_DIGITS: Final = 7

STANDARD_FORMATS: Final[Mapping[str, str]] = {
    "d": "MM/dd/yyyy",
    "D": "dddd, dd MMMM yyyy",
    "f": "dddd, dd MMMM yyyy HH:mm",
    "F": "dddd, dd MMMM yyyy HH:mm:ss",
    "g": "MM/dd/yyyy HH:mm",
    "G": "MM/dd/yyyy HH:mm:ss",
    "m": "MMMM dd",
    "M": "MMMM dd",
    "o": "yyyy'-'MM'-'dd'T'HH':'mm':'ss.fffffffK",
    "O": "yyyy'-'MM'-'dd'T'HH':'mm':'ss.fffffffK",
    "r": "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
    "R": "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
    "s": "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
    "t": "HH:mm",
    "T": "HH:mm:ss",
    "u": "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
    "U": "dddd, dd MMMM yyyy HH:mm:ss",
    "y": "yyyy MMMM",
    "Y": "yyyy MMMM",
}
"""A format of one letter stands for one of these."""


class DateKind(Enum):
    """What .NET remembers of a date's zone; the service's local zone is taken to be UTC."""

    UNSPECIFIED = ""
    UTC = "Z"
    LOCAL = "+00:00"


class Date(NamedTuple):
    """A date of the service, in UTC, and its kind."""

    value: datetime
    kind: DateKind = DateKind.UTC


@dataclass(frozen=True, slots=True)
class Specifier:
    """One part of a format: a letter that repeats `width` times, or a literal text."""

    letter: str
    width: int = 1
    text: str = ""

    @property
    def is_literal(self) -> bool:
        """Whether the part stands for itself."""
        return not self.letter


_PART: Final = re.compile(
    r"""%?(?P<letter>(?<=%)[yMdHhmsfFtzgKZ]|(?P<first>[yMdHhmsfFtzg])(?P=first)*|GMT|[KZ])
      | '(?P<single>(?:[^'\\]|\\.)*)'
      | "(?P<double>(?:[^"\\]|\\.)*)"
      | \\(?P<escaped>.)
      | %?(?P<plain>[^%\\'"])""",
    re.VERBOSE | re.DOTALL,
)


@lru_cache(maxsize=512)
def read_format(text: str) -> tuple[Specifier, ...]:
    """The parts of a format, custom or standard.

    Raises:
        EvaluationError: .NET would refuse the format.
    """
    custom = STANDARD_FORMATS.get(text, text)
    parts, position = [], 0
    while position < len(custom):
        match = _PART.match(custom, position)
        if match is None:
            break
        parts.append(_specifier(match))
        position = match.end()
    too_long = any(each.letter in "fF" and each.width > _FRACTION_DIGITS for each in parts)
    if not custom or position < len(custom) or len(custom) == 1 or too_long:
        raise EvaluationError(f'"{text}" is no format of .NET for dates')
    return tuple(parts)


def format_date(date: Date, text: str) -> str:
    """A date in a format of .NET.

    Raises:
        EvaluationError: .NET would refuse the format.
    """
    written = ""
    for part in read_format(text):
        if part.letter:
            added = _WRITERS[part.letter](date, part.width)
            if part.letter == "F" and not added:
                written = written.removesuffix(".")
        else:
            added = part.text
        written += added
    return written


def _specifier(match: re.Match[str]) -> Specifier:
    letters = match["letter"]
    if letters == "GMT":
        return Specifier(letters)
    if letters is not None:
        return Specifier(letters[0], len(letters))
    quoted = match["single"] if match["single"] is not None else match["double"]
    if quoted is not None:
        return Specifier("", text=re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL))
    return Specifier("", text=match["escaped"] or match["plain"])


def short_or_long(name: str, width: int) -> str:
    """A name as MMM and ddd have it, or as MMMM and dddd."""
    return name[:3] if width == NAMED else name


def _year(date: Date, width: int) -> str:
    year = date.value.year
    return f"{year % 100 if width < len('yyy') else year:0{width}}"


def _month(date: Date, width: int) -> str:
    month = date.value.month
    return short_or_long(MONTHS[month - 1], width) if width >= NAMED else _digits(month, width)


def _day(date: Date, width: int) -> str:
    day, weekday = date.value.day, date.value.weekday()
    return short_or_long(DAYS[weekday], width) if width >= NAMED else _digits(day, width)


def _digits(number: int, width: int) -> str:
    return str(number) if width == 1 else f"{number:02}"


def _fraction(date: Date, width: int) -> str:
    return f"{date.value.microsecond:06}0"[:width]


def _half(date: Date, width: int) -> str:
    return ("AM" if date.value.hour < NOON else "PM")[:width]


_OFFSETS: Final = ("+0", "+00", "+00:00")

_WRITERS: Final[Mapping[str, Callable[[Date, int], str]]] = {
    "y": _year,
    "M": _month,
    "d": _day,
    "H": lambda date, width: _digits(date.value.hour, width),
    "h": lambda date, width: _digits(date.value.hour % NOON or NOON, width),
    "m": lambda date, width: _digits(date.value.minute, width),
    "s": lambda date, width: _digits(date.value.second, width),
    "f": _fraction,
    "F": lambda date, width: _fraction(date, width).rstrip("0"),
    "t": _half,
    "z": lambda _date, width: _OFFSETS[min(width, len(_OFFSETS)) - 1],
    "g": lambda _date, _width: "A.D.",
    "K": lambda date, _width: date.kind.value,
    "Z": lambda _date, _width: "Z",
    "GMT": lambda date, _width: f"G{date.value.month}T",  # Only reading knows the zone.
}
