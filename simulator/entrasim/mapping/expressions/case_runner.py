"""The runner of cases: tries each, and says of each what came and why it failed."""

import re
import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from entrasim.mapping.expressions.cases import Case, Match, Status, plain
from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.errors import EvaluationError, ExpressionError
from entrasim.mapping.expressions.evaluation import evaluate
from entrasim.mapping.expressions.functions.generated import SPECIAL_CHARACTERS
from entrasim.mapping.expressions.parser import parse
from entrasim.mapping.expressions.settings import DEFAULT_SETTINGS, ExpressionSettings
from entrasim.mapping.expressions.tree import is_redacted
from entrasim.mapping.expressions.values import NO_FLOW, Value, to_text


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What became of one case; `reason` tells why it failed."""

    case: Case
    passed: bool
    expected: Any
    actual: Any
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CaseReport:
    """What became of a table. Unless `strict`, cases that nobody confirmed are left aside."""

    results: tuple[CaseResult, ...]
    strict: bool = False

    @property
    def counted(self) -> tuple[CaseResult, ...]:
        """The results that decide."""
        return tuple(each for each in self.results if self._counts(each))

    @property
    def unconfirmed(self) -> tuple[CaseResult, ...]:
        """The results left aside."""
        return tuple(each for each in self.results if not self._counts(each))

    @property
    def passed(self) -> int:
        """How many of those that decide passed."""
        return sum(each.passed for each in self.counted)

    @property
    def failures(self) -> tuple[CaseResult, ...]:
        """Those that decide and failed."""
        return tuple(each for each in self.counted if not each.passed)

    def _counts(self, result: CaseResult) -> bool:
        return self.strict or result.case.status is not Status.UNCONFIRMED


def run_cases(
    cases: Iterable[Case], *, settings: ExpressionSettings = DEFAULT_SETTINGS, strict: bool = False
) -> CaseReport:
    """Try every case."""
    return CaseReport(tuple(run_case(each, settings) for each in cases), strict=strict)


def run_case(case: Case, settings: ExpressionSettings = DEFAULT_SETTINGS) -> CaseResult:
    """Try one case."""
    taken = {each.casefold() for each in case.existing}
    context = EvaluationContext(
        now=case.clock,
        default_domain="contoso.example",
        is_taken=lambda value: value.casefold() in taken,
        settings=settings,
    )
    try:
        value = evaluate(case.expression, case.attributes, context)
    except EvaluationError as error:
        escrowed = case.match is Match.ESCROW
        return CaseResult(case, escrowed, case.expected, None, None if escrowed else str(error))
    except ExpressionError as error:
        return CaseResult(
            case, passed=False, expected=case.expected, actual=None, reason=str(error)
        )
    actual = _actual(value)
    if case.match is Match.LOG and is_redacted(parse(case.expression, settings)):
        actual = "[Redact]"
    reason = _MATCHERS[case.match](case.expected, actual)
    return CaseResult(case, reason is None, case.expected, actual, reason)


def _actual(value: Value) -> Any:
    if value is NO_FLOW:
        return _DROPPED
    return plain(value) if value is None or isinstance(value, tuple) else to_text(value)


def _exact(expected: Any, actual: Any) -> str | None:
    return None if actual == expected else "another value came"


def _regex(expected: Any, actual: Any) -> str | None:
    if isinstance(actual, str) and re.fullmatch(expected, actual):
        return None
    return "the value does not match the pattern"


def _drop(_expected: Any, actual: Any) -> str | None:
    return None if actual == _DROPPED else "the attribute is part of the flow"


def _escrow(_expected: Any, _actual: Any) -> str | None:
    return "the expression does not fail on the object"


def _constraints(expected: Mapping[str, str], actual: Any) -> str | None:
    if not isinstance(actual, str):
        return "no text came"
    for limit, wanted in expected.items():
        if limit == "without":
            if set(wanted) & set(actual):
                return f"one of the characters {wanted} came"
            continue
        kind = limit.removeprefix("min_")
        count = sum(each in _CHARACTERS.get(kind, actual) for each in actual)
        if count < int(wanted) or (kind == limit and count > int(wanted)):
            return f"{limit} is {count}, not {wanted}"
    return None


_DROPPED: Final = "(no flow)"

_CHARACTERS: Final[Mapping[str, str]] = {
    "digits": string.digits,
    "lower": string.ascii_lowercase,
    "upper": string.ascii_uppercase,
    "special": SPECIAL_CHARACTERS,
}

_MATCHERS: Final[Mapping[Match, Callable[[Any, Any], str | None]]] = {
    Match.EXACT: _exact,
    Match.REGEX: _regex,
    Match.DROP: _drop,
    Match.CONSTRAINTS: _constraints,
    Match.LOG: _exact,
    Match.ESCROW: _escrow,
}
