"""Scoping filters of a scenario: the filters that are meant, and what may be wrong with them."""

from collections.abc import Iterator

from entrasim.directory.assignment import ObjectType
from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.functions.dotnet_regex import compile_pattern
from entrasim.mapping.source_attributes import UnknownSourceAttribute, source_attribute
from entrasim.scenario.loader import Location, Problem
from entrasim.scenario.model.scoping_filter import ScopingFilterModel, ScopingFiltersModel
from entrasim.scoping.filterable_attributes import refusal
from entrasim.scoping.scoping_filter import Clause, ScopingFilter

Filters = dict[ObjectType, tuple[ScopingFilter, ...]]


def filters_from(written: ScopingFiltersModel) -> Filters:
    """The filters that a scenario means, per kind of object."""
    return {
        ObjectType.USER: tuple(_filter(each) for each in written.users),
        ObjectType.GROUP: tuple(_filter(each) for each in written.groups),
    }


def _filter(written: ScopingFilterModel) -> ScopingFilter:
    clauses = (
        Clause(attribute=each.attribute, operator=each.operator, value=each.value)
        for each in written.clauses
    )
    return ScopingFilter(title=written.title, clauses=tuple(clauses))


def filter_problems(written: ScopingFiltersModel, at: Location) -> Iterator[Problem]:
    """What is wrong with filters although their form is right."""
    for object_type, filters in filters_from(written).items():
        kind = "users" if object_type is ObjectType.USER else "groups"
        for position, one in enumerate(filters):
            for number, clause in enumerate(one.clauses):
                here = (*at, kind, position, "clauses", number)
                yield from _clause_problems(object_type, clause, here)


def _clause_problems(object_type: ObjectType, clause: Clause, at: Location) -> Iterator[Problem]:
    if reason := refusal(clause):
        yield Problem(at, reason)
        return
    try:
        source_attribute(object_type, clause.attribute)
    except UnknownSourceAttribute as error:
        yield Problem((*at, "attribute"), str(error))
    if clause.operator.takes_pattern:
        try:
            compile_pattern(clause.value)
        except EvaluationError as error:
            yield Problem((*at, "value"), str(error))
