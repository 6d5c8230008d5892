"""Comparison of two values, as the conditions of IIF and CBool have it.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#iif
"""

import operator
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.functions.conversion import read_integer, shown
from entrasim.mapping.expressions.tree import Operator
from entrasim.mapping.expressions.values import Value, to_text

_TESTS: Final[Mapping[Operator, Callable[[Any, Any], bool]]] = {
    Operator.EQUAL: operator.eq,
    Operator.NOT_EQUAL: operator.ne,
    Operator.GREATER: operator.gt,
    Operator.GREATER_OR_EQUAL: operator.ge,
    Operator.LESS: operator.lt,
    Operator.LESS_OR_EQUAL: operator.le,
}
_EQUALITY: Final = (Operator.EQUAL, Operator.NOT_EQUAL)


def compare(left: Value, operator: Operator, right: Value) -> bool:
    """Whether the comparison holds.

    Texts are compared character by character, case and all; null counts as empty. A number is
    compared with a text that spells one as numbers, and so are two such texts where the order
    counts. Dates are compared with dates.

    Raises:
        EvaluationError: which of a date and something else is the greater one, is asked.
    """
    ordered = operator not in _EQUALITY
    test = _TESTS[operator]
    if isinstance(left, datetime) and isinstance(right, datetime):
        return test(left, right)
    if ordered and (isinstance(left, datetime) or isinstance(right, datetime)):
        raise EvaluationError(
            f"{shown(left)} {operator} {shown(right)}: a date is compared with a date only; "
            "wrap the text in CDate"
        )
    one, other = to_text(left), to_text(right)
    if ordered or _is_number(left) or _is_number(right):
        number, other_number = read_integer(one), read_integer(other)
        if number is not None and other_number is not None:
            return test(number, other_number)
    return test(one, other)


def _is_number(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
