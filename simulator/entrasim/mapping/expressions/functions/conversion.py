"""Conversion of a value to what a parameter takes.

Each function raises EvaluationError with the parameter's name when the value cannot be had so.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Final

from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.functions.definition import Kind, Parameter
from entrasim.mapping.expressions.values import Value, to_text

_INTEGER: Final = re.compile(r"\s*(?:([+-]?[0-9]{1,19})|&[Hh]([0-9A-Fa-f]{1,16}))\s*", re.ASCII)
_LARGEST: Final = 2**63 - 1


def converter(parameter: Parameter) -> Callable[[Value], object]:
    """What turns a value into what the parameter takes."""
    convert = _CONVERTERS[parameter.kind]
    return partial(convert, parameter.name)


def as_text(name: str, value: Value) -> str:
    """The text of a value; null counts as "". Several values are no text."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple) and value:
        return _only_text(name, value)
    return to_text(value)


def as_integer(name: str, value: Value) -> int:
    """A number, or the number that a text spells, decimal or as `&HF7`, of 64 bits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    number = read_integer(as_text(name, value))
    if number is None:
        raise EvaluationError(f"{name} takes an integer, not {shown(value)}")
    return number


def read_integer(text: str) -> int | None:
    """The integer of 64 bits that a text spells, or None."""
    match = _INTEGER.fullmatch(text)
    if match is None:
        return None
    number = int(match[1]) if match[1] else int(match[2], 16)
    return number if -_LARGEST - 1 <= number <= _LARGEST else None


def as_boolean(name: str, value: Value) -> bool:
    """True, False, their texts in any case, or a number that is zero or not. Null is False."""
    if value is None or isinstance(value, bool):
        return bool(value)
    text = as_text(name, value)
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    number = read_integer(text)
    if number is None:
        raise EvaluationError(f"{name} takes True, False or a number, not {shown(value)}")
    return number != 0


def as_date(name: str, value: Value) -> datetime:
    """A date. Texts must go through CDate, as the reference page asks."""
    if not isinstance(value, datetime):
        raise EvaluationError(f"{name} takes a date, not {shown(value)}; wrap a text in CDate")
    return value


def as_values(_name: str, value: Value) -> tuple[object, ...] | None:
    """All values; a single one is a list of one."""
    if value is None or isinstance(value, tuple):
        return value
    return (to_text(value),)


def shown(value: Value) -> str:
    """A value in an error message."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return f'"{value[:50]}..."' if len(value) > 50 else f'"{value}"'  # noqa: PLR2004 - a glance
    if isinstance(value, tuple):
        return f"{len(value)} values"
    return to_text(value)


def _only_text(name: str, values: tuple[str, ...] | tuple[Mapping[str, object], ...]) -> str:
    first = values[0]
    if len(values) > 1 or not isinstance(first, str):
        raise EvaluationError(f"{name} takes one text, not {shown(values)}; use Item or Join")
    return first


def _as_is(_name: str, value: Value) -> Value:
    return value


_CONVERTERS: Final[Mapping[Kind, Callable[[str, Value], object]]] = {
    Kind.TEXT: as_text,
    Kind.SOURCE: as_text,
    Kind.INTEGER: as_integer,
    Kind.NUMBER: as_integer,
    Kind.DATE: as_date,
    Kind.ANY: _as_is,
    Kind.VALUES: as_values,
}
