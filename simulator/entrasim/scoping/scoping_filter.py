"""Scoping filters: rules about attributes that an object must meet, besides its assignment.

All clauses of a filter must hold; of several filters one is enough. Source:
https://learn.microsoft.com/entra/identity/app-provisioning/define-conditional-rules-for-provisioning-user-accounts
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from entrasim.scoping.operators import Operator, Semantics, holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One condition on one attribute. `value` is empty for an operator that takes none."""

    attribute: str
    operator: Operator
    value: str = ""

    def __str__(self) -> str:
        operand = "" if self.operator.is_unary else f" '{self.value}'"
        return f"{self.attribute} {self.operator}{operand}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopingFilter:
    """A titled group of clauses; Graph calls it a group."""

    title: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class ClauseResult:
    """Whether a clause holds for one object."""

    title: str
    clause: Clause
    holds: bool

    @property
    def key(self) -> str:
        """Its key in the log: title, attribute, operator and value.

        Source: https://learn.microsoft.com/graph/api/synchronization-synchronizationjob-provisionondemand
        """
        return f"{self.title}.{self.clause}"


@dataclass(frozen=True, slots=True)
class FilterEvaluation:
    """What the filters say about one object: per filter the results of its clauses."""

    filters: tuple[tuple[ClauseResult, ...], ...] = ()

    @property
    def passed(self) -> bool:
        """Whether some filter admits the object. Without filters everything passes."""
        return not self.filters or any(all(each.holds for each in one) for one in self.filters)

    @property
    def deciding(self) -> tuple[ClauseResult, ...]:
        """The clauses that keep the object out: the first of each filter that does not hold."""
        if self.passed:
            return ()
        return tuple(next(each for each in one if not each.holds) for one in self.filters)

    @property
    def reason(self) -> str:
        """Why the object is kept out, in words; empty when it is not."""
        clauses = [f'"{each.clause}" of "{each.title}" is false' for each in self.deciding]
        return f"not admitted by a scoping filter: {', '.join(clauses)}" if clauses else ""


ADMITTED: Final = FilterEvaluation()
"""What having no filter says about every object."""


def evaluate_filters(
    filters: Sequence[ScopingFilter], read: Callable[[str], Any], semantics: Semantics
) -> FilterEvaluation:
    """Test one object against all filters.

    Args:
        filters: The filters of its kind.
        read: The value of an attribute of the object, by Entra's name.
        semantics: What the operators take from outside.
    """
    return FilterEvaluation(
        tuple(
            tuple(
                ClauseResult(one.title, clause, _clause_holds(clause, read, semantics))
                for clause in one.clauses
            )
            for one in filters
        )
    )


def _clause_holds(clause: Clause, read: Callable[[str], Any], semantics: Semantics) -> bool:
    return holds(clause.operator, read(clause.attribute), clause.value, semantics)
