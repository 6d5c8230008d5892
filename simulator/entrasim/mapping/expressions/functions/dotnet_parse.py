"""Reading a date in whatever common form it has, as .NET's DateTime.Parse does.

.NET takes almost anything that a person would read as a date. This takes the forms below, in the
invariant culture (month before day), and gives what .NET gives for them:

    2020-03-16   2020/3/16   2020.3.16   3/16/2020   3-16-2020   3.16.2020   3/16/20
    March 16, 2020   Mar-16-2020   16 March 2020   16-Mar-20   2020-Mar-16   2020 March 16
    Monday, March 16, 2020, and so on
    7:00   7:00:30   7:00:30.5   7 PM   7:00 PM, behind a date or alone
    Z   GMT   -7   -07:00   +0530, behind either
    2020-03-16T07:00   2020-03-16T07:00:30.5Z   2020-03-16T07:00:30-07:00
    2020-03   3/2020   March 2020   2020 March, alone

Source: https://learn.microsoft.com/dotnet/api/system.datetime.parse
"""

import re
from datetime import datetime, timedelta
from typing import Final

from entrasim.mapping.expressions.functions.dotnet_date_parts import (
    NOON,
    dated,
    full_year,
    microseconds,
    read_offset,
)
from entrasim.mapping.expressions.functions.dotnet_dates import DAYS, MONTHS

_NAME: Final = "(?P<name>" + "|".join(f"{each}|{each[:3]}" for each in MONTHS) + ")"
_MONTH: Final = "(?P<month>[0-9]{1,2})"
_DAY: Final = "(?P<day>[0-9]{1,2})"
_YEAR: Final = "(?P<year>[0-9]{4})"
_ANY_YEAR: Final = "(?P<year>[0-9]{4}|[0-9]{2})"
_WEEKDAY: Final = "(?:(?P<weekday>" + "|".join(f"{each}|{each[:3]}" for each in DAYS) + r"),?\s+)?"

_ISO: Final = (
    r"(?P<year>[0-9]{4})(?P<separator>[-/])(?P<month>[0-9]{2})(?P=separator)(?P<day>[0-9]{2})"
    r"\s*T\s*(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?)?"
    r"(?:\s*(?P<zone>Z|[+-][0-9]{1,2}(?::?[0-9]{2})?))?"
)
_FULL_DATES: Final = (
    rf"{_YEAR}(?P<separator>[-/.]){_MONTH}(?P=separator){_DAY}",
    rf"{_MONTH}(?P<separator>[-/.]){_DAY}(?P=separator){_ANY_YEAR}",
    rf"{_NAME}(?:\s+|-){_DAY}(?:,\s*|\s+|-){_YEAR}",
    rf"{_DAY}(?:\s+|-){_NAME}(?:,\s*|\s+|-){_ANY_YEAR}",
    rf"{_YEAR}(?:\s+|-){_NAME}(?:\s+|-){_DAY}",
)
_MONTHS: Final = (
    rf"{_YEAR}[-/]{_MONTH}",
    rf"{_MONTH}[-/]{_YEAR}",
    rf"{_NAME},?\s+{_YEAR}",
    rf"{_YEAR}\s+{_NAME}",
)
_CLOCK: Final = (
    "(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{1,2})(?:\.(?P<fraction>[0-9]+))?)?"
    r"(?:\s*(?P<half>[AP])M\b)?|\s*(?P<half_alone>[AP])M\b)"
)
_ZONE: Final = r"(?:\s*(?P<zone>Z|GMT|[+-][0-9]{1,2}(?::?[0-9]{2})?))?"
_BEHIND: Final = rf"(?:(?:,?\s+){_CLOCK})?{_ZONE}"


def _compiled(*pieces: str) -> re.Pattern[str]:
    return re.compile(rf"\s*{''.join(pieces)}\s*", re.IGNORECASE | re.ASCII)


_FORMS: Final = (
    _compiled(_ISO),
    *(_compiled(_WEEKDAY, each, _BEHIND) for each in _FULL_DATES),
    *(_compiled(each) for each in _MONTHS),
    _compiled(_CLOCK, _ZONE),
)


def parse_date(text: str, now: datetime) -> datetime | None:
    """The date that a text spells, in UTC, or None.

    A text without a zone is taken to be in UTC. A time alone is today's.
    """
    match = next(filter(None, (each.fullmatch(text) for each in _FORMS)), None)
    if match is None:
        return None
    try:
        return _date(match.groupdict(), now)
    except (ValueError, OverflowError):
        return None


def _date(parts: dict[str, str | None], now: datetime) -> datetime:
    found = {
        name: int(parts[name] or 0)
        for name in ("year", "month", "day", "hour", "minute", "second")
        if parts.get(name) is not None
    }
    year, name, weekday = parts.get("year"), parts.get("name"), parts.get("weekday")
    if year is not None and len(year) == len("yy"):
        found["year"] = full_year(int(year))
    if name is not None:
        found["month"] = _index(MONTHS, name) + 1
    if weekday is not None:
        found["weekday"] = _index(DAYS, weekday)
    half = parts.get("half") or parts.get("half_alone")
    if half is not None:
        found["hour"] = _hour(found["hour"], half.upper())
    found["microsecond"] = microseconds(parts.get("fraction") or "")
    return dated(found, now) - _offset(parts.get("zone"))


def _index(names: tuple[str, ...], name: str) -> int:
    return [each[:3] for each in names].index(name[:3].capitalize())


def _hour(hour: int, half: str) -> int:
    """The hour of 24 with its AM or PM; .NET takes 15:00 PM, but not 15:00 AM."""
    if half == "A" and hour > NOON:
        raise ValueError("the morning has twelve hours")
    if half == "A":
        return hour % NOON
    return hour + NOON if hour < NOON else hour


def _offset(zone: str | None) -> timedelta:
    return read_offset(zone) if zone is not None and zone[0] in "+-" else timedelta()
