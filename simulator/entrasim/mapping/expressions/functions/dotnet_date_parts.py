"""The parts of a date that was read, put together as .NET does.

Source: https://learn.microsoft.com/dotnet/api/system.datetime.parse
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

NOON: Final = 12
_LAST_TWO_DIGIT_YEAR: Final = 2029
_LARGEST_OFFSET: Final = timedelta(hours=14)
_HOUR_MINUTES: Final = 60


def dated(parts: Mapping[str, int], now: datetime, *, today: bool = True) -> datetime:
    """The date of the parts `year` to `microsecond`, in UTC; `weekday` must fit it.

    Without year, month and day it is today, or the first day of the calendar. Other missing parts
    are this year, or the first.

    Raises:
        ValueError: there is no such date.
    """
    year, month, day = parts.get("year"), parts.get("month"), parts.get("day")
    if year is None and month is None and day is None:
        year, month, day = (now.year, now.month, now.day) if today else (1, 1, 1)
    value = datetime(
        now.year if year is None else year,
        1 if month is None else month,
        1 if day is None else day,
        parts.get("hour", 0),
        parts.get("minute", 0),
        parts.get("second", 0),
        parts.get("microsecond", 0),
        tzinfo=UTC,
    )
    weekday = parts.get("weekday")
    if weekday is not None and weekday != value.weekday():
        raise ValueError("the date has another day of the week")
    return value


def full_year(year: int) -> int:
    """A year of two digits in the hundred years that end with 2029, .NET's default."""
    century = _LAST_TWO_DIGIT_YEAR // 100 * 100
    return year + (century if year <= _LAST_TWO_DIGIT_YEAR % 100 else century - 100)


def half_day_hour(hour: int, half: str | None) -> int:
    """The hour from 0 to 23 of one from 0 to 12 with an A or a P for its half; A by default.

    Raises:
        ValueError: the hour is over 12.
    """
    if hour > NOON:
        raise ValueError("half a day has twelve hours")
    return hour % NOON + (NOON if half == "P" else 0)


def read_offset(text: str) -> timedelta:
    """The offset that a text such as `-7`, `-07`, `-0730` or `-07:30` spells.

    Raises:
        ValueError: it is over 14 hours, or its minutes are over 59.
    """
    digits = text[1:].replace(":", "")
    minutes_from = len(digits) - 2 if len(digits) > len("07") else len(digits)
    hours, minutes = int(digits[:minutes_from]), int(digits[minutes_from:] or 0)
    offset = timedelta(hours=hours, minutes=minutes)
    if minutes >= _HOUR_MINUTES or offset > _LARGEST_OFFSET:
        raise ValueError("there is no such offset")
    return -offset if text[0] == "-" else offset


def microseconds(digits: str) -> int:
    """The microseconds that the digits behind the point of the seconds spell."""
    return int(f"{digits:0<6}"[:6])
