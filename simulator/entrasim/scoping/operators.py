"""The fourteen operators of scoping filters, as a table from their name to a small test.

Names are those of the portal and, where Graph publishes one, Graph's. Sources:
https://learn.microsoft.com/entra/identity/app-provisioning/define-conditional-rules-for-provisioning-user-accounts
https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-filteroperators
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


class Operator(StrEnum):
    """How a clause compares the value of an attribute with its own."""

    EQUALS = "EQUALS"
    NOT_EQUALS = "NOT EQUALS"
    REGEX_MATCH = "REGEX MATCH"
    NOT_REGEX_MATCH = "NOT REGEX MATCH"
    IS_NULL = "IS NULL"
    IS_NOT_NULL = "IS NOT NULL"
    IS_TRUE = "IS TRUE"
    IS_FALSE = "IS FALSE"
    GREATER_THAN = "Greater_Than"
    GREATER_THAN_OR_EQUALS = "Greater_Than_OR_EQUALS"
    INCLUDES = "Includes"
    ENDS_WITH = "ENDS_WITH"
    OCCURS_IN = "&"
    OCCURS_NOT_IN = "!&"

    @property
    def is_unary(self) -> bool:
        """Whether the operator takes no value."""
        return self.name.startswith("IS_")

    @property
    def compares_integers(self) -> bool:
        """Whether both sides must be integers."""
        return self in (Operator.GREATER_THAN, Operator.GREATER_THAN_OR_EQUALS)

    @property
    def takes_pattern(self) -> bool:
        """Whether the value of the clause is a regular expression of .NET."""
        return self in (Operator.REGEX_MATCH, Operator.NOT_REGEX_MATCH)


class AmpersandTest(StrEnum):
    """What `&` asks: whether the value occurs in the text, or whether two integers share a bit."""

    OCCURS_IN_TEXT = "occursInText"
    SHARES_A_BIT = "sharesABit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Semantics:
    """What the operators take from outside.

    Args:
        matches: Whether a pattern of .NET (first) matches a text (second).
        ampersand: What `&` asks.
    """

    matches: Callable[[str, str], bool]
    ampersand: AmpersandTest = AmpersandTest.OCCURS_IN_TEXT


Test = Callable[[str, str, Semantics], bool]


def holds(operator: Operator, value: Any, operand: str, semantics: Semantics) -> bool:
    """Whether a value of the directory meets an operator with its operand.

    A null or empty value meets no operator but `IS NULL`, so that `NOT EQUALS` is false for it.
    """
    text = _as_text(value)
    if operator is Operator.IS_NULL:
        return text == ""
    return text != "" and TESTS[operator](text, operand, semantics)


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)


def _occurs(text: str, operand: str, semantics: Semantics) -> bool:
    if semantics.ampersand is AmpersandTest.OCCURS_IN_TEXT:
        return text in operand
    left, right = integer(text), integer(operand)
    return left is not None and right is not None and bool(left & right)


def _compare(text: str, operand: str, accepts: Callable[[int, int], bool]) -> bool:
    left, right = integer(text), integer(operand)
    return left is not None and right is not None and accepts(left, right)


def integer(text: str) -> int | None:
    """The integer that a text stands for, or None when it is none."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() else None


TESTS: Final[Mapping[Operator, Test]] = {
    Operator.EQUALS: lambda text, operand, _: text == operand,
    Operator.NOT_EQUALS: lambda text, operand, _: text != operand,
    Operator.REGEX_MATCH: lambda text, operand, how: how.matches(operand, text),
    Operator.NOT_REGEX_MATCH: lambda text, operand, how: not how.matches(operand, text),
    Operator.IS_NOT_NULL: lambda _text, _operand, _: True,
    Operator.IS_TRUE: lambda text, _operand, _: text == "True",
    Operator.IS_FALSE: lambda text, _operand, _: text == "False",
    Operator.GREATER_THAN: lambda text, operand, _: _compare(text, operand, int.__gt__),
    Operator.GREATER_THAN_OR_EQUALS: lambda text, operand, _: _compare(text, operand, int.__ge__),
    Operator.INCLUDES: lambda text, operand, _: operand in text,
    Operator.ENDS_WITH: lambda text, operand, _: text.endswith(operand),
    Operator.OCCURS_IN: _occurs,
    Operator.OCCURS_NOT_IN: lambda text, operand, how: not _occurs(text, operand, how),
}
"""Text is compared with its case. `IS NULL` is not here: it alone is about having no value."""
