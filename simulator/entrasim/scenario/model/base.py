"""What all parts of the model share: camelCase keys, no unknown ones, and common scalars."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError


class Model(BaseModel):
    """A mapping of the scenario file."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)


_DURATION: Final = re.compile(r"(?:\d+(?:\.\d+)?[smhd])+")
_PART: Final = re.compile(r"(\d+(?:\.\d+)?)([smhd])")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def read_duration(value: Any) -> Any:
    """`40m`, `6h`, `1d12h`: a number and a unit of s, m, h or d, repeated."""
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str) or not _DURATION.fullmatch(value):
        raise PydanticCustomError(
            "duration",
            '"{value}" is no duration; write a number and s, m, h or d, such as 40m or 1d12h',
            {"value": str(value)},
        )
    parts = _PART.findall(value)
    try:
        return timedelta(**{_UNITS[unit]: float(number) for number, unit in parts})
    except OverflowError:
        raise PydanticCustomError("duration", "a duration ends at 999999999 days") from None


def read_instant(value: Any) -> Any:
    """An instant such as `2026-01-05T09:00:00Z`; without an offset it is UTC."""
    if isinstance(value, datetime):
        return value
    try:
        instant = datetime.fromisoformat(str(value))
    except ValueError:
        raise PydanticCustomError(
            "instant",
            '"{value}" is no instant; write for example 2026-01-05T09:00:00Z',
            {"value": str(value)},
        ) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


Duration = Annotated[
    timedelta,
    BeforeValidator(read_duration),
    WithJsonSchema({"type": "string", "pattern": "^([0-9]+(\\.[0-9]+)?[smhd])+$"}),
]
Instant = Annotated[
    datetime,
    BeforeValidator(read_instant),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


def one_or_many(value: Any) -> Any:
    """A single item where a list is allowed."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
