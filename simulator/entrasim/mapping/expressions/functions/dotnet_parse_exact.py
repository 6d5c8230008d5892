"""Reading a date in a given format, as .NET's DateTime.ParseExact does in the invariant culture.

Numbers are read greedily and never given back; names and AM or PM ignore case; a part that comes
twice must say the same twice. The service's zone is taken to be UTC. Source:
https://learn.microsoft.com/dotnet/api/system.datetime.parseexact
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.functions.dotnet_date_parts import (
    NOON,
    dated,
    full_year,
    half_day_hour,
    microseconds,
    read_offset,
)
from entrasim.mapping.expressions.functions.dotnet_dates import (
    DAYS,
    MONTHS,
    NAMED,
    Date,
    DateKind,
    Specifier,
    read_format,
    short_or_long,
)

STYLES: Final = frozenset(
    {
        "None",
        "AllowLeadingWhite",
        "AllowTrailingWhite",
        "AllowInnerWhite",
        "AllowWhiteSpaces",
        "NoCurrentDateDefault",
        "AdjustToUniversal",
        "AssumeLocal",
        "AssumeUniversal",
        "RoundtripKind",
    }
)
"""Source: https://learn.microsoft.com/dotnet/api/system.globalization.datetimestyles"""

DEFAULT_STYLES: Final = frozenset({"RoundtripKind", "AllowLeadingWhite", "AllowTrailingWhite"})

_CLASHES: Final = (
    {"AssumeLocal", "AssumeUniversal"},
    {"AssumeLocal", "RoundtripKind"},
    {"AssumeUniversal", "RoundtripKind"},
    {"AdjustToUniversal", "RoundtripKind"},
)
_WHITE: Final = frozenset({"AllowLeadingWhite", "AllowTrailingWhite", "AllowInnerWhite"})


class _Mismatch(Exception):
    """The text does not have the format."""


def read_styles(text: str) -> frozenset[str]:
    """The styles that a text such as `AllowWhiteSpaces, AssumeUniversal` names.

    Raises:
        EvaluationError: a name is no style, or two of them exclude each other.
    """
    names = {each.strip().removeprefix("DateTimeStyles.") for each in text.split(",")}
    unknown = sorted(names - STYLES)
    if unknown:
        known = ", ".join(sorted(STYLES))
        raise EvaluationError(f'"{unknown[0]}" is no style of .NET for dates; these are: {known}')
    for clash in _CLASHES:
        if names >= clash:
            raise EvaluationError(f"the styles {' and '.join(sorted(clash))} exclude each other")
    return frozenset(names | _WHITE if "AllowWhiteSpaces" in names else names)


def parse_exact(text: str, form: str, styles: frozenset[str], now: datetime) -> Date | None:
    """The date that `text` spells in the format `form`, or None when it does not.

    Raises:
        EvaluationError: .NET would refuse the format.
    """
    parts = list(read_format(form))
    if not text:
        return None
    if "AllowLeadingWhite" in styles:
        text = text.lstrip()
        parts = _without_leading_blanks(parts)
    if "AllowTrailingWhite" in styles:
        text = text.rstrip()
        parts = _without_leading_blanks(parts[::-1])[::-1]
    try:
        return _Reader(text, styles).date(parts, now)
    except (_Mismatch, ValueError, OverflowError):
        return None


def _without_leading_blanks(parts: list[Specifier]) -> list[Specifier]:
    while parts and not parts[0].letter and not parts[0].text.strip():
        parts = parts[1:]
    return parts


class _Reader:
    def __init__(self, text: str, styles: frozenset[str]) -> None:
        self.text = text
        self.styles = styles
        self.position = 0
        self.found: dict[str, int] = {}
        self.half: str | None = None
        self.hour12 = False
        self.two_digit_year = False
        self.offset: timedelta | None = None
        self.is_utc = False

    def date(self, parts: Sequence[Specifier], now: datetime) -> Date:
        """Read all parts, and make the date of them."""
        waiting = list(parts)
        while waiting:
            self.part(waiting)
        if self.position < len(self.text):
            raise _Mismatch
        self.adjust()
        value = dated(self.found, now, today="NoCurrentDateDefault" not in self.styles)
        return Date(value - (self.offset or timedelta()), self.kind())

    def part(self, waiting: list[Specifier]) -> None:
        """Read the first of the parts that are waiting."""
        part = waiting.pop(0)
        if "AllowInnerWhite" in self.styles:
            self.take(r"\s*")
        if part.letter:
            _READERS[part.letter](self, part.width)
        elif part.text == "." and self.no_fraction(waiting):
            waiting.pop(0)
        else:
            self.literal(part.text)

    def no_fraction(self, following: Sequence[Specifier]) -> bool:
        """Whether `.FF` stands here, and no point in the text. .NET does so from two F on."""
        optional = following and following[0].letter == "F" and following[0].width > 1
        return bool(optional) and not self.text.startswith(".", self.position)

    def literal(self, text: str) -> None:
        for each in text:
            if "AllowInnerWhite" in self.styles and each.isspace():
                self.take(r"\s*")
            elif self.text.startswith(each, self.position):
                self.position += 1
            elif text != " " or "AllowTrailingWhite" not in self.styles:
                raise _Mismatch

    def take(self, pattern: str) -> str:
        match = re.compile(pattern, re.IGNORECASE | re.ASCII).match(self.text, self.position)
        if match is None:
            raise _Mismatch
        self.position = match.end()
        return match[0]

    def digits(self, name: str, width: int) -> None:
        self.keep(name, int(self.take("[0-9]{1,2}" if width == 1 else "[0-9]{2}")))

    def name(self, field: str, names: tuple[str, ...], width: int) -> None:
        known = [short_or_long(each, width) for each in names]
        spelled = self.take("|".join(sorted(known, key=len, reverse=True))).capitalize()
        self.keep(field, known.index(spelled) + (field == "month"))

    def keep(self, name: str, value: int) -> None:
        if self.found.setdefault(name, value) != value:
            raise _Mismatch

    def keep_offset(self, offset: timedelta) -> None:
        if self.offset not in (None, offset):
            raise _Mismatch
        self.offset = offset

    def adjust(self) -> None:
        """Bring the year to four digits, and the hour to 24."""
        if self.two_digit_year:
            self.found["year"] = full_year(self.found["year"])
        hour = self.found.get("hour", 0)
        if self.hour12:
            self.found["hour"] = half_day_hour(hour, self.half)
        elif self.half is not None and (hour >= NOON) != (self.half == "P"):
            raise _Mismatch

    def kind(self) -> DateKind:
        if self.offset is None:
            if not self.styles & {"AssumeLocal", "AssumeUniversal"}:
                return DateKind.UNSPECIFIED
        elif self.is_utc and "RoundtripKind" in self.styles:
            return DateKind.UTC
        return DateKind.UTC if "AdjustToUniversal" in self.styles else DateKind.LOCAL


def _year(reader: _Reader, width: int) -> None:
    if width >= len("yyy"):
        reader.keep("year", int(reader.take(f"[0-9]{{{width}}}")))
    else:
        reader.two_digit_year = True
        reader.digits("year", width)


def _month(reader: _Reader, width: int) -> None:
    if width >= NAMED:
        reader.name("month", MONTHS, width)
    else:
        reader.digits("month", width)


def _day(reader: _Reader, width: int) -> None:
    if width >= NAMED:
        reader.name("weekday", DAYS, width)
    else:
        reader.digits("day", width)


def _hour12(reader: _Reader, width: int) -> None:
    reader.hour12 = True
    reader.digits("hour", width)


def _fraction(reader: _Reader, width: int) -> None:
    reader.keep("microsecond", microseconds(reader.take(f"[0-9]{{{width}}}")))


def _optional_fraction(reader: _Reader, width: int) -> None:
    reader.keep("microsecond", microseconds(reader.take(f"[0-9]{{0,{width}}}")))


def _half(reader: _Reader, width: int) -> None:
    half = reader.take("[AP]" if width == 1 else "[AP]M")[0].upper()
    if reader.half not in (None, half):
        raise _Mismatch
    reader.half = half


def _era(reader: _Reader, _width: int) -> None:
    reader.take(r"A\.D\.|AD")


def _zone(reader: _Reader, width: int) -> None:
    pattern = {1: "[+-][0-9]{1,2}", 2: "[+-][0-9]{2}"}.get(width, "[+-][0-9]{1,2}:?[0-9]{2}")
    reader.keep_offset(read_offset(reader.take(pattern)))


def _zone_letter(reader: _Reader, _width: int) -> None:
    reader.take("(?:Z|GMT)(?![A-Z])")
    reader.keep_offset(timedelta())
    reader.is_utc = True


def _zone_or_nothing(reader: _Reader, _width: int) -> None:
    if reader.text.startswith("Z", reader.position):
        reader.position += 1
        reader.keep_offset(timedelta())
        reader.is_utc = True
    elif reader.text.startswith(("+", "-"), reader.position):
        _zone(reader, len("zzz"))


_READERS: Final[Mapping[str, Callable[[_Reader, int], None]]] = {
    "y": _year,
    "M": _month,
    "d": _day,
    "H": lambda reader, width: reader.digits("hour", width),
    "h": _hour12,
    "m": lambda reader, width: reader.digits("minute", width),
    "s": lambda reader, width: reader.digits("second", width),
    "f": _fraction,
    "F": _optional_fraction,
    "t": _half,
    "z": _zone,
    "g": _era,
    "K": _zone_or_nothing,
    "Z": _zone_letter,
    "GMT": _zone_letter,
}
