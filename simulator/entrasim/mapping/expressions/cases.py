"""Cases: tables of expressions with expected results, which users keep and CI runs.

A case is a mapping with these keys:

    id, function, expression      what is tried; `function` only groups
    attributes                    the source object: a text, a list of texts, or null for absent
    expected                      the result; scalars as text, lists as lists, null for no value
    match                         how to read `expected` (see `Match`)
    clock                         the instant that Now() returns, in UTC
    existing                      values that the target has already, for SelectUniqueValue
    status, source, note          where the case comes from; `unconfirmed` ones count apart

`id`, `expression` and `expected` are required. Reading the file is the caller's business, trying
the cases that of `case_runner`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from entrasim.mapping.expressions.values import Value

Choice = TypeVar("Choice", bound=StrEnum)

DEFAULT_CLOCK: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)
_REQUIRED: Final = ("id", "expression", "expected")
_KEYS: Final = (
    "id", "function", "expression", "attributes", "expected", "match", "clock", "existing",
    "status", "source", "note",
)  # fmt: skip
_KINDS: Final = ("digits", "lower", "upper", "special")
CONSTRAINTS: Final = frozenset(["length", "without", *_KINDS, *(f"min_{each}" for each in _KINDS)])
"""What `expected` may limit where `match` is `constraints`."""


class CasesError(ValueError):
    """The table cannot be read; one line for each mistake, with its place."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class _Mistake(Exception):
    """What is wrong with one case."""


class Match(StrEnum):
    """How to read what is expected."""

    EXACT = "exact"
    """The same text or list."""
    REGEX = "regex"
    """A pattern that the whole text matches."""
    DROP = "drop"
    """The attribute is not part of the flow."""
    CONSTRAINTS = "constraints"
    """Limits of a random text: `length`, `without`, and `digits`, `lower`, `upper`, `special`,
    each exact or with `min_` before it."""
    LOG = "log"
    """The value flows; the provisioning log shows what is expected."""
    ESCROW = "escrow"
    """The expression fails on the object."""


class Status(StrEnum):
    """Where a case comes from, in falling trust."""

    DOCUMENTED = "documented"
    RESTATED = "restated"
    DERIVED = "derived"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One row of a table."""

    id: str
    expression: str
    expected: Any
    function: str = ""
    attributes: Mapping[str, Value] = field(default_factory=dict)
    match: Match = Match.EXACT
    clock: datetime = DEFAULT_CLOCK
    existing: frozenset[str] = frozenset()
    status: Status = Status.DERIVED
    source: str = ""
    note: str = ""


def load_cases(data: object) -> tuple[Case, ...]:
    """The cases of a table as YAML or JSON gives it.

    Raises:
        CasesError: with all mistakes.
    """
    if not isinstance(data, list):
        raise CasesError(["expected a list of cases"])
    problems: list[str] = []
    cases = []
    for number, row in enumerate(data, 1):
        try:
            cases.append(_case(row))
        except _Mistake as error:
            name = row.get("id") if isinstance(row, dict) else None
            problems.append(f"case {number}{f' ({name})' if name else ''}: {error}")
    identifiers = [each.id for each in cases]
    problems += [
        f"the id {each} stands {identifiers.count(each)} times"
        for each in dict.fromkeys(identifiers)
        if identifiers.count(each) > 1
    ]
    if problems:
        raise CasesError(problems)
    return tuple(cases)


def _case(row: object) -> Case:
    if not isinstance(row, dict):
        raise _Mistake("expected a mapping")
    unknown = [str(each) for each in row if each not in _KEYS]
    if unknown:
        raise _Mistake(f"there is no key {unknown[0]}; the keys are {', '.join(_KEYS)}")
    missing = [each for each in _REQUIRED if each not in row]
    if missing:
        raise _Mistake(f"{missing[0]} is missing")
    match = _choice(Match, row.get("match") or "exact", "match")
    return Case(
        id=str(row["id"]),
        expression=_text(row, "expression"),
        expected=_expected(row["expected"], match),
        function=_text(row, "function"),
        attributes=_attributes(row.get("attributes")),
        match=match,
        clock=_clock(row.get("clock")),
        existing=frozenset(map(str, _list(row, "existing"))),
        status=_choice(Status, row.get("status") or "derived", "status"),
        source=_text(row, "source"),
        note=_text(row, "note"),
    )


def _choice(choices: type[Choice], value: object, key: str) -> Choice:
    found = next((each for each in choices if each == value), None)
    if found is None:
        raise _Mistake(f"{key} is one of {', '.join(choices)}, not {value}")
    return found


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str | None):
        raise _Mistake(f"{key} is a text, not {value!r}")
    return value or ""


def _list(row: Mapping[str, object], key: str) -> list[object]:
    value = row.get(key)
    if not isinstance(value, list | None):
        raise _Mistake(f"{key} is a list, not {value!r}")
    return value or []


def _attributes(attributes: object) -> dict[str, Value]:
    if not isinstance(attributes, dict | None):
        raise _Mistake(f"attributes is a mapping, not {attributes!r}")
    return {str(name): _value(value) for name, value in (attributes or {}).items()}


def _value(value: object) -> Value:
    if value is None:
        return None
    return tuple(map(str, value)) if isinstance(value, list) else str(value)


def _expected(expected: object, match: Match) -> object:
    if match is Match.REGEX:
        try:
            re.compile(str(expected))
        except re.error as error:
            raise _Mistake(f"expected is no regular expression: {error}") from None
    if match is Match.CONSTRAINTS:
        unknown = set(expected) - CONSTRAINTS if isinstance(expected, dict) else {expected}
        if unknown:
            raise _Mistake(
                f"expected takes the limits {', '.join(sorted(CONSTRAINTS))}, not {unknown.pop()}"
            )
    return plain(expected)


def plain(value: object) -> Any:
    """A value as tables hold it: scalars as text, lists, mappings, None."""
    if value is None:
        return None
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    return str(value)


def _clock(value: object) -> datetime:
    if value is None:
        return DEFAULT_CLOCK
    try:
        clock = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise _Mistake(
            f"clock takes an instant such as 2026-01-05T09:00:00Z, not {value}"
        ) from None
    return clock.astimezone(UTC) if clock.tzinfo else clock.replace(tzinfo=UTC)
