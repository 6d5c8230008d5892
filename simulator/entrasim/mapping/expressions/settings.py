"""Settings: what nobody outside Microsoft knows about the language, each with a name.

The reference page leaves these points open. The default is what the page, its examples, or the
.NET library behind the service make most likely; the words of a setting tell which. *The page* is
https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
"""

from dataclasses import dataclass
from enum import StrEnum


class UnknownEscape(StrEnum):
    r"""What a backslash means before a character other than a backslash or a double quote."""

    KEPT = "kept"
    REFUSED = "refused"


class NullSource(StrEnum):
    """What a function gives whose source is null, where the page is silent."""

    RETURNS_NULL = "returnsNull"
    COUNTS_AS_EMPTY = "countsAsEmpty"


class OutOfRange(StrEnum):
    """What Mid gives when it is to start before the first or after the last character."""

    EMPTY = "empty"
    SOURCE = "source"
    FAILS = "fails"


class CompareType(StrEnum):
    """Visual Basic's two ways to compare, as InStr names them."""

    BINARY = "vbBinaryCompare"
    TEXT = "vbTextCompare"


class OutsideTable(StrEnum):
    """What NormalizeDiacritics does with characters that the published table does not list."""

    KEPT = "kept"
    DECOMPOSED = "decomposed"


class NoMatch(StrEnum):
    """What Switch gives when no key matches and there is no default."""

    NULL = "null"
    EMPTY = "empty"


class EmptyInCondition(StrEnum):
    """What a null or empty attribute does to the condition of IIF."""

    CHECK_FAILS = "checkFails"
    EVALUATED = "evaluated"


class MonthEnd(StrEnum):
    """Where DateAdd lands when the month is too short for the day."""

    CLAMPED = "clamped"
    OVERFLOWS = "overflows"


class DateDiffRule(StrEnum):
    """How DateDiff counts. All nine published results fit each of the three."""

    CALENDAR_BORDERS = "calendarBorders"
    VISUAL_BASIC_NET = "visualBasicNet"
    ROUNDED = "rounded"


class UnparsableDate(StrEnum):
    """What FormatDateTime gives when the source does not have the input format."""

    FAILS = "fails"
    NULL = "null"
    SOURCE = "source"


class SeveralRoles(StrEnum):
    """What SingleAppRoleAssignment gives when there are several."""

    FIRST = "first"
    LAST = "last"
    FAILS = "fails"


class RoleList(StrEnum):
    """What AppRoleAssignments gives."""

    VALUES = "values"
    JOINED = "joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionSettings:
    """One choice per open point."""

    ampersand_joins: bool = False
    """Whether `"t-" & [alias]` joins texts. Only the page of Cloud Sync shows it:
    https://learn.microsoft.com/entra/identity/hybrid/cloud-sync/reference-expressions#iif"""

    unknown_escape: UnknownEscape = UnknownEscape.KEPT
    r"""The page names two escapes, `\\` and `\"`. `"\d"` may be a backslash and a d, or a mistake.
    """

    three_argument_format_date_time: bool = True
    """Whether FormatDateTime may be called without its place for dateTimeStyles. Graph's list of
    functions and Cloud Sync have that form, the page has not:
    https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-functions"""

    null_source: NullSource = NullSource.RETURNS_NULL
    """The page tells what null gives for Left, Word, Coalesce, Switch and the null tests only."""

    join_skips_null: bool = True
    """The page shows that an empty source leaves no separator. A null source likely neither."""

    mid_out_of_range: OutOfRange = OutOfRange.EMPTY
    """The page is silent. Entra Connect's function of that name returns the source:
    https://learn.microsoft.com/entra/identity/hybrid/connect/reference-connect-sync-functions-reference#mid"""

    in_str_comparison: CompareType = CompareType.BINARY
    """How InStr compares without compareType. Binary is Visual Basic's default:
    https://learn.microsoft.com/dotnet/api/microsoft.visualbasic.strings.instr"""

    split_trims: bool = True
    """The page prints `"PermissionSetOne, PermissionSetTwo"` split at `,` without the blank."""

    word_skips_empty: bool = True
    """Whether two delimiters side by side count as one for Word. The page speaks of a string of
    characters separated by a delimiter, which an empty string is not."""

    diacritics_outside_table: OutsideTable = OutsideTable.KEPT
    """The page says *any diacritical characters*, and lists a table."""

    switch_without_match: NoMatch = NoMatch.NULL
    """The default value is optional; what comes back without it is not told."""

    switch_forgets_unchanged: bool = False
    """A known issue of the page: when another attribute changed but the source of Switch did not,
    Switch can evaluate to null. True shows it."""

    empty_in_condition: EmptyInCondition = EmptyInCondition.CHECK_FAILS
    """The page's known limitation of IIF: with a null or empty source the check fails."""

    is_nothing_includes_empty: bool = False
    """IsNothing stands in Graph's list without a word. Visual Basic's tests for null."""

    duplicates_ignore_case: bool = False
    """Whether RemoveDuplicates takes `SMTP:a` and `smtp:a` for the same. The first one stays."""

    month_end: MonthEnd = MonthEnd.CLAMPED
    """January 31 and a month: .NET gives the last of February, the page has no example."""

    date_diff: DateDiffRule = DateDiffRule.CALENDAR_BORDERS
    """`calendarBorders` counts the borders crossed, weeks from Sunday, as Visual Basic does;
    `visualBasicNet` does so for years, months and weeks, but counts whole days, hours, minutes
    and seconds (https://learn.microsoft.com/dotnet/api/microsoft.visualbasic.dateandtime.datediff);
    `rounded` rounds the exact quotient."""

    unparsable_date: UnparsableDate = UnparsableDate.FAILS
    """What FormatDateTime gives for a source in another format. .NET's ParseExact fails."""

    several_roles: SeveralRoles = SeveralRoles.FIRST
    """The page does not support several assignments and guarantees no choice."""

    app_role_assignments: RoleList = RoleList.VALUES
    """AppRoleAssignments stands in Graph's list without a word: all values, or one text with
    commas."""

    regex_time_limit: float = 1.0
    """Seconds until a regular expression that runs away fails. The service's limit is unknown."""


DEFAULT_SETTINGS = ExpressionSettings()
