"""Dates: CDate, Now, DateAdd, DateDiff, DateFromNum, NumFromDate, FormatDateTime."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.functions.conversion import as_text
from entrasim.mapping.expressions.functions.dotnet_dates import format_date
from entrasim.mapping.expressions.functions.dotnet_parse import parse_date
from entrasim.mapping.expressions.functions.dotnet_parse_exact import (
    DEFAULT_STYLES,
    parse_exact,
    read_styles,
)
from entrasim.mapping.expressions.settings import (
    DateDiffRule,
    MonthEnd,
    NullSource,
    UnparsableDate,
)
from entrasim.mapping.expressions.values import Value

_FILE_TIME_ORIGIN: Final = datetime(1601, 1, 1, tzinfo=UTC)
_TICKS_PER_MICROSECOND: Final = 10
_MICROSECOND: Final = timedelta(microseconds=1)
_LAST_FILE_TIME: Final = 2_650_467_743_999_999_999
_BEGINNING: Final = datetime(1, 1, 1, tzinfo=UTC)

_OUTSIDE: Final = "the date lies outside of the years 1 to 9999"

_DAYS: Final[Mapping[str, timedelta]] = {
    "d": timedelta(days=1),
    "ww": timedelta(weeks=1),
    "h": timedelta(hours=1),
    "n": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}
_MONTHS: Final[Mapping[str, int]] = {"yyyy": 12, "m": 1}
_MONTH_ON_AVERAGE: Final = timedelta(days=365.2425 / 12)


def c_date(context: EvaluationContext, expression: Value) -> datetime | None:
    """The date that a text spells, in UTC.

    A zone in the text is taken into account; without one the text is in UTC. As text the result
    is `M/d/yyyy h:mm:ss tt`. Month comes before day. A null source gives null, a text that spells
    no date fails. The forms are those of .NET that `dotnet_parse` lists.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#cdate

    >>> CDate("2026-03-16-07:00")
    3/16/2026 7:00:00 AM
    >>> CDate("4/30/2026 5:15 PM")
    4/30/2026 5:15:00 PM
    """
    if isinstance(expression, datetime):
        return expression
    if expression is None and context.settings.null_source is NullSource.RETURNS_NULL:
        return None
    text = as_text("Expression", expression)
    date = parse_date(text, context.now)
    if date is None:
        raise EvaluationError(f'"{text}" is no date')
    return date


def now(context: EvaluationContext) -> datetime:
    """The current instant in UTC, to the second.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#now

    >>> Now()
    1/5/2026 9:00:00 AM
    """
    return context.now.replace(microsecond=0)


def date_add(
    context: EvaluationContext, interval: str, value: int, date_time: datetime
) -> datetime:
    """A date moved by so many intervals, back when the number is negative.

    Intervals: `yyyy` year, `m` month, `d` day, `ww` week, `h` hour, `n` minute, `s` second. Where
    the month is too short, its last day counts (setting `monthEnd`). Texts must go through CDate.
    A null date gives null.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#dateadd

    >>> DateAdd("d", 10, CDate("2026-03-16"))
    3/26/2026 12:00:00 AM
    >>> DateAdd("m", 1, CDate("2026-01-31"))
    2/28/2026 12:00:00 AM
    """
    _check_interval(interval)
    try:
        if interval in _DAYS:
            return date_time + value * _DAYS[interval]
        clamp = context.settings.month_end is MonthEnd.CLAMPED
        return _plus_months(date_time, value * _MONTHS[interval], clamp=clamp)
    except (OverflowError, ValueError):
        raise EvaluationError(_OUTSIDE) from None


def date_diff(context: EvaluationContext, interval: str, date1: datetime, date2: datetime) -> int:
    """The number of intervals from date1 to date2, negative when date2 is the earlier one.

    Intervals as for DateAdd. Counted are the borders crossed, weeks beginning on Sunday (setting
    `dateDiff`): from 23:00 to 01:00 it is one day. Texts must go through CDate. A null date gives
    null.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#datediff

    >>> DateDiff("d", CDate("2026-03-16"), CDate("2026-03-31"))
    15
    >>> DateDiff("yyyy", CDate("2026-01-01"), CDate("2025-12-31"))
    -1
    """
    _check_interval(interval)
    try:
        return _COUNTS[context.settings.date_diff](interval, date1, date2)
    except OverflowError:
        raise EvaluationError(_OUTSIDE) from None


def date_from_num(value: int) -> datetime:
    """The date of a file time of Active Directory: tenths of microseconds since 1601, in UTC.

    A null number gives null; one below 0, or beyond the year 9999, fails.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#datefromnum

    >>> DateFromNum(134118252000000000)
    1/2/2026 11:00:00 AM
    """
    if not 0 <= value <= _LAST_FILE_TIME:
        raise EvaluationError(f"{value} lies outside of the years 1601 to 9999")
    return _FILE_TIME_ORIGIN + value // _TICKS_PER_MICROSECOND * _MICROSECOND


def num_from_date(context: EvaluationContext, value: Value) -> int | None:
    """The file time of Active Directory of a date, for attributes such as accountExpires.

    Takes a text in ISO 8601, or a date. Without a zone it is in UTC. A null value gives null, a
    text that spells no date, or one before 1601, fails.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#numfromdate

    >>> NumFromDate("2026-01-02 11:00:00Z")
    134118252000000000
    """
    date = c_date(context, value)
    if date is None:
        return None
    if date < _FILE_TIME_ORIGIN:
        raise EvaluationError("Active Directory knows no date before 1601")
    return (date - _FILE_TIME_ORIGIN) // _MICROSECOND * _TICKS_PER_MICROSECOND


def format_date_time(
    context: EvaluationContext,
    source: str,
    date_time_styles: str | None,
    input_format: str,
    output_format: str,
) -> str | None:
    """A date in one format of .NET, written in another one.

    dateTimeStyles are names of .NET's, with commas between them; left out they are RoundtripKind,
    AllowLeadingWhite and AllowTrailingWhite. Names of months and days are English. A date with an
    offset is written in UTC. A source in another format fails (setting `unparsableDate`); a null
    source gives null. Both formats may be those of one letter, such as `s`.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#formatdatetime

    >>> FormatDateTime("20260123105347.1Z", , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")
    2026-01-23
    >>> FormatDateTime("1/5/2026", , "M/d/yyyy", "dddd, d MMMM")
    Monday, 5 January
    """
    styles = DEFAULT_STYLES if date_time_styles is None else read_styles(date_time_styles)
    date = parse_exact(source, input_format, styles, context.now)
    if date is not None:
        return format_date(date, output_format)
    choice = context.settings.unparsable_date
    if choice is UnparsableDate.FAILS:
        raise EvaluationError(f'"{source}" does not have the format "{input_format}"')
    return source if choice is UnparsableDate.SOURCE else None


def format_date_time_older(
    context: EvaluationContext, source: str, input_format: str, output_format: str
) -> str | None:
    """FormatDateTime as Graph's list of functions and Cloud Sync have it, without styles.

    Source: https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/reference-expressions#formatdatetime

    >>> FormatDateTime("5.1.2026", "d.M.yyyy", "s")
    2026-01-05T00:00:00
    """
    return format_date_time(context, source, None, input_format, output_format)


def _check_interval(interval: str) -> None:
    if interval not in _DAYS and interval not in _MONTHS:
        known = ", ".join([*_MONTHS, *_DAYS])
        raise EvaluationError(f'interval takes one of {known}, not "{interval}"')


def _plus_months(date: datetime, months: int, *, clamp: bool) -> datetime:
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    first = date.replace(year=year, month=month + 1, day=1)
    if not clamp:
        return first + timedelta(days=date.day - 1)
    return first.replace(day=min(date.day, monthrange(year, month + 1)[1]))


def _months_between(interval: str, date1: datetime, date2: datetime) -> int:
    if interval == "yyyy":
        return date2.year - date1.year
    return (date2.year - date1.year) * 12 + date2.month - date1.month


def _sundays(date: datetime) -> int:
    """The Sundays since the beginning of the calendar, the date's own included."""
    return date.toordinal() // 7


def _borders(interval: str, date1: datetime, date2: datetime) -> int:
    if interval in _MONTHS:
        return _months_between(interval, date1, date2)
    if interval == "ww":
        return _sundays(date2) - _sundays(date1)
    unit = _DAYS[interval]
    return (date2 - _BEGINNING) // unit - (date1 - _BEGINNING) // unit


def _whole_units(interval: str, date1: datetime, date2: datetime) -> int:
    """As Visual Basic .NET counts; its weeks are those between the Sundays before each date."""
    if interval in _MONTHS:
        return _months_between(interval, date1, date2)
    if interval == "ww":
        date1 -= timedelta(days=date1.isoweekday() % 7)
        date2 -= timedelta(days=date2.isoweekday() % 7)
    return _toward_zero(date2 - date1, _DAYS[interval])


def _toward_zero(span: timedelta, unit: timedelta) -> int:
    count = abs(span) // unit
    return count if span >= timedelta() else -count


def _rounded(interval: str, date1: datetime, date2: datetime) -> int:
    if interval in _MONTHS:
        return round((date2 - date1) / (_MONTH_ON_AVERAGE * _MONTHS[interval]))
    return round((date2 - date1) / _DAYS[interval])


_COUNTS: Final[Mapping[DateDiffRule, Callable[[str, datetime, datetime], int]]] = {
    DateDiffRule.CALENDAR_BORDERS: _borders,
    DateDiffRule.VISUAL_BASIC_NET: _whole_units,
    DateDiffRule.ROUNDED: _rounded,
}
