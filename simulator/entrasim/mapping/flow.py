"""Flow: the values that one source object gives to the attributes of the target.

An object mapping is compiled once and then asked for every object.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from entrasim.directory.assignment import ObjectType
from entrasim.mapping.attribute_mapping import AttributeMapping, FlowType
from entrasim.mapping.expressions.compiler import compile_expression
from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.tree import Function, Node, functions_of
from entrasim.mapping.expressions.values import NO_FLOW, to_text
from entrasim.mapping.object_mapping import ObjectMapping
from entrasim.mapping.source_attributes import SourceObject, source_attribute
from entrasim.mapping.target_attributes import AttributeType, TargetAttribute, target_attribute
from entrasim.scim.path import AttributePath

Evaluate = Callable[[SourceObject, EvaluationContext], Any]


IsTaken = Callable[[AttributePath, str], bool]

UNIQUE_VALUE: Final = "SelectUniqueValue"
"""Counts on creation only. Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#selectuniquevalue"""


class UniqueValueAsked(Exception):
    """SelectUniqueValue has to know whether the target has a value: ask, then evaluate again."""

    def __init__(self, path: AttributePath, value: str) -> None:
        super().__init__(f"is {value} taken at {path}?")
        self.path = path
        self.value = value


@dataclass(frozen=True, slots=True)
class TargetValue:
    """What one target attribute should hold, as the JSON value of a POST.

    With `only_adds`, an update adds the elements that are missing and takes none away.
    """

    attribute: TargetAttribute
    path: AttributePath
    value: Any
    only_if_empty: bool = False
    only_adds: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    mapping: AttributeMapping
    attribute: TargetAttribute
    evaluate: Evaluate
    asks_target: bool = False

    def json_value(self, source: SourceObject, context: EvaluationContext) -> Any:
        return converted(self.evaluate(source, context), self.attribute)


class Flow:
    """One object mapping, compiled.

    Args:
        mapping: The mapping; its attributes must exist in source and target.
    """

    def __init__(self, mapping: ObjectMapping) -> None:
        self.mapping = mapping
        self._rows = [
            _row(mapping.object_type, each)
            for each in mapping.attribute_mappings
            if each.reference is None
        ]
        by_mapping = {id(row.mapping): row for row in self._rows}
        self._matching = [by_mapping[id(each)] for each in mapping.matching]

    def values(
        self,
        source: SourceObject,
        context: EvaluationContext,
        *,
        creating: bool,
        is_taken: IsTaken = lambda _path, _value: False,
    ) -> list[TargetValue]:
        """The values for `source`, in the order of the mappings. Nulls do not flow.

        Source for the null rule: https://learn.microsoft.com/entra/identity/app-provisioning/known-issues

        Args:
            source: The object.
            context: What expressions may know.
            creating: Whether the target has no such object yet.
            is_taken: Whether the target has a value already at a path; it may raise
                `UniqueValueAsked` instead.

        Raises:
            EvaluationError: an expression fails on this object.
        """
        flowing = []
        for row in self._rows:
            mapping = row.mapping
            if not creating and (row.asks_target or mapping.flow_type is FlowType.OBJECT_ADD_ONLY):
                continue
            known = context
            if row.asks_target:
                known = replace(context, is_taken=partial(is_taken, mapping.target))
            value = row.json_value(source, known)
            if value is None and mapping.default is not None and (creating or not mapping.source):
                value = converted(mapping.default, row.attribute)
            if value is not None:
                flowing.append(
                    TargetValue(
                        row.attribute,
                        mapping.target,
                        value,
                        only_if_empty=mapping.source is None,
                        only_adds=only_adds(mapping.source),
                    )
                )
        return flowing

    def matching_values(
        self, source: SourceObject, context: EvaluationContext
    ) -> Iterator[tuple[AttributePath, str]]:
        """Each matching attribute that has a value, in ascending precedence.

        Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
        """
        for row in self._matching:
            value = row.json_value(source, context)
            if value not in (None, ""):
                yield row.mapping.target, to_text(value)


def _row(object_type: ObjectType, mapping: AttributeMapping) -> _Row:
    attribute = mapping.definition or target_attribute(object_type, mapping.target)
    assert attribute is not None, f"checked before: {mapping.target}"
    if mapping.source is None:
        return _Row(mapping, attribute, lambda _source, _context: None)
    evaluate = compile_expression(mapping.source, lambda name: source_attribute(object_type, name))
    return _Row(
        mapping, attribute, evaluate, asks_target=UNIQUE_VALUE in functions_of(mapping.source)
    )


def only_adds(source: Node | None) -> bool:
    """Whether updates leave elements in the target that the directory no longer has.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
    (section on roles)
    """
    return isinstance(source, Function) and source.name == "AppRoleAssignmentsComplex"


def converted(value: Any, attribute: TargetAttribute) -> Any:
    """A value of an expression as JSON for the target; None where nothing flows.

    Raises:
        EvaluationError: a Boolean or an integer cannot be had from the text.
    """
    if value is None or value is NO_FLOW:
        return None
    if attribute.type is AttributeType.BOOLEAN:
        return _boolean(value, attribute)
    if attribute.type is AttributeType.INTEGER:
        return _integer(value, attribute)
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [dict(each) if not isinstance(each, str) else each for each in value]
    return to_text(value)


_BOOLEANS: Final = {"true": True, "false": False, "1": True, "0": False}


def _boolean(value: Any, attribute: TargetAttribute) -> bool:
    found = _BOOLEANS.get(to_text(value).casefold())
    if found is None:
        raise EvaluationError(f'{attribute.name} takes True or False, not "{to_text(value)}"')
    return found


def _integer(value: Any, attribute: TargetAttribute) -> int:
    try:
        return int(to_text(value))
    except ValueError:
        raise EvaluationError(
            f'{attribute.name} takes an integer, not "{to_text(value)}"'
        ) from None
