"""Scoping filters in the JSON of Graph's synchronization schema, and back.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-filter
"""

from collections.abc import Iterable, Mapping
from typing import Any

from entrasim.scoping.operators import Operator
from entrasim.scoping.scoping_filter import Clause, ScopingFilter


class FilterError(ValueError):
    """A filter has not the form that Graph documents, or an unknown operator."""


def read_filters(scope: Any) -> tuple[ScopingFilter, ...]:
    """The filters of the member `scope` of an object mapping.

    Raises:
        FilterError: it cannot be read.
    """
    groups = scope.get("groups") if isinstance(scope, Mapping) else None
    try:
        return tuple(_filter(each, position) for position, each in enumerate(groups or [], 1))
    except (KeyError, TypeError, AttributeError):
        raise FilterError("a group of a scope holds name and clauses") from None


def _filter(group: Mapping[str, Any], position: int) -> ScopingFilter:
    title = group.get("name") or f"Filter {position}"
    return ScopingFilter(title=title, clauses=tuple(_clause(each) for each in group["clauses"]))


def _clause(written: Mapping[str, Any]) -> Clause:
    name = written["operatorName"]
    operator = next((each for each in Operator if each.casefold() == name.casefold()), None)
    if operator is None:
        raise FilterError(f'there is no filter operator "{name}"')
    values = (written.get("targetOperand") or {}).get("values") or []
    value = str(values[0]) if values else ""
    return Clause(attribute=written["sourceOperandName"], operator=operator, value=value)


def unsimulated_groups(scope: Any) -> list[str]:
    """The other kinds of groups that a scope uses."""
    kinds = ("inputFilterGroups", "categoryFilterGroups")
    return [kind for kind in kinds if isinstance(scope, Mapping) and scope.get(kind)]


def write_filters(filters: Iterable[ScopingFilter]) -> dict[str, Any] | None:
    """The member `scope`, None where nothing is filtered."""
    groups = [
        {"name": each.title, "clauses": [_written(clause) for clause in each.clauses]}
        for each in filters
    ]
    if not groups:
        return None
    return {"categoryFilterGroups": [], "inputFilterGroups": [], "groups": groups}


def _written(clause: Clause) -> dict[str, Any]:
    return {
        "operatorName": str(clause.operator),
        "sourceOperandName": clause.attribute,
        "targetOperand": {"values": [] if clause.operator.is_unary else [clause.value]},
    }
