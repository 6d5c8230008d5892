"""Values: what attributes hold and functions return.

Null, the absence of an attribute, is None. An empty text is a value. A multi-valued attribute is
a tuple of texts; the two complex role functions give a tuple of mappings. Dates are UTC and exact
to the microsecond, where .NET has a tenth of that. Texts are counted in characters, where .NET
counts UTF-16 units, so an emoji is one character and never cut in half.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
"""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Final, Literal


class _NoFlow(Enum):
    NO_FLOW = "NO_FLOW"

    def __repr__(self) -> str:
        return "NO_FLOW"


NO_FLOW: Final = _NoFlow.NO_FLOW
"""What an evaluation returns when IgnoreFlowIfNullOrEmpty drops the attribute from the flow."""

Role = Mapping[str, object]
Value = (
    str
    | bool
    | int
    | datetime
    | tuple[str, ...]
    | tuple[Role, ...]
    | Literal[_NoFlow.NO_FLOW]
    | None
)

MAXIMUM_LENGTH: Final = 100_000
"""No function returns a longer text, so that an expression that grows its text ends as an error
of one object. The limit is ours."""


def to_text(value: Value) -> str:
    """The text of a value, as it reaches the target or a text function.

    Null gives "", Booleans give True and False, a date `M/d/yyyy h:mm:ss tt`, several values
    their texts joined by commas, a role its JSON.
    """
    if isinstance(value, str):
        return value
    if value is None or value is NO_FLOW:
        return ""
    if isinstance(value, datetime):
        return date_text(value)
    if isinstance(value, tuple):
        return ",".join(texts_of(value))
    return str(value)


def texts_of(values: tuple[str, ...] | tuple[Role, ...]) -> list[str]:
    """The text of each of several values."""
    return [each if isinstance(each, str) else json.dumps(dict(each)) for each in values]


def date_text(value: datetime) -> str:
    """A date as `M/d/yyyy h:mm:ss tt`, the form that CDate, DateAdd and Now return.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#cdate
    """
    half = "AM" if value.hour < 12 else "PM"  # noqa: PLR2004 - noon
    hour = value.hour % 12 or 12
    day = f"{value.month}/{value.day}/{value.year:04}"
    return f"{day} {hour}:{value.minute:02}:{value.second:02} {half}"


def lacks_value(value: Value) -> bool:
    """Whether a value is null, an empty text, or a multi-valued attribute without values."""
    return value is None or value in ("", ())
