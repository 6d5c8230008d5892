"""Mappings of a scenario: the object mappings that are meant, and what may be wrong with them."""

from collections.abc import Iterator
from difflib import get_close_matches

from entrasim.directory.assignment import ObjectType
from entrasim.mapping.attribute_mapping import AttributeMapping
from entrasim.mapping.defaults import default_group_mapping, default_user_mapping
from entrasim.mapping.expressions.parser import parse
from entrasim.mapping.expressions.tree import attributes_of
from entrasim.mapping.object_mapping import ObjectMapping, TargetObjectAction
from entrasim.mapping.source_attributes import UnknownSourceAttribute, source_attribute
from entrasim.mapping.target_attributes import TARGET_ATTRIBUTES, target_attribute
from entrasim.scenario.loader import Location, Problem
from entrasim.scenario.model.mapping import MappingChanges, MappingRow, as_expression
from entrasim.scim.path import parse_path


def mapping_from(
    object_type: ObjectType, written: str | list[MappingRow] | MappingChanges
) -> ObjectMapping:
    """The object mapping that `default`, `off`, a list or changes to the default mean."""
    is_user = object_type is ObjectType.USER
    default = default_user_mapping() if is_user else default_group_mapping()
    if isinstance(written, MappingChanges):
        return _changed(default, written)
    if isinstance(written, list):
        rows = tuple(_row(each) for each in written)
        return ObjectMapping(object_type=object_type, attribute_mappings=rows)
    return ObjectMapping(
        object_type=object_type,
        attribute_mappings=default.attribute_mappings,
        enabled=written != "off",
    )


def _changed(default: ObjectMapping, changes: MappingChanges) -> ObjectMapping:
    replaced = {each.target: _row(each) for each in changes.replace}
    kept = [
        replaced.get(each.target.text, each)
        for each in default.attribute_mappings
        if each.target.text not in changes.remove
    ]
    actions = TargetObjectAction if changes.actions is None else changes.actions
    return ObjectMapping(
        object_type=default.object_type,
        attribute_mappings=(*kept, *(_row(each) for each in changes.add)),
        actions=frozenset(actions),
    )


def _row(row: MappingRow) -> AttributeMapping:
    return AttributeMapping(
        target=parse_path(row.target),
        source=None if row.source is None else parse(as_expression(row.source)),
        default=row.default_value,
        matching_priority=row.matching_priority,
        flow_type=row.flow_type,
        flow_behavior=row.flow_behavior,
    )


def mapping_problems(
    object_type: ObjectType, written: str | list[MappingRow] | MappingChanges, at: Location
) -> Iterator[Problem]:
    """What is wrong with mappings although their form is right."""
    if isinstance(written, list):
        yield from _row_problems(object_type, written, at)
        yield from _matching_problems(object_type, written, at)
    elif isinstance(written, MappingChanges):
        yield from _row_problems(object_type, written.add, (*at, "add"))
        yield from _row_problems(object_type, written.replace, (*at, "replace"))
        yield from _missing_targets(object_type, written, at)
        yield from _matching_problems(object_type, written, at)


def _row_problems(
    object_type: ObjectType, rows: list[MappingRow], at: Location
) -> Iterator[Problem]:
    for position, row in enumerate(rows):
        path = parse_path(row.target)
        if target_attribute(object_type, path) is None:
            yield _unknown_target(object_type, path.text, (*at, position, "target"))
        if row.source is None:
            continue
        for name in sorted(attributes_of(parse(as_expression(row.source)))):
            try:
                source_attribute(object_type, name)
            except UnknownSourceAttribute as error:
                yield Problem((*at, position, "source"), str(error))


def _unknown_target(object_type: ObjectType, name: str, at: Location) -> Problem:
    near = get_close_matches(name, TARGET_ATTRIBUTES[object_type], n=1)
    meant = f'Did you mean "{near[0]}"? ' if near else ""
    return Problem(
        at,
        f'the target has no attribute "{name}"',
        f"{meant}A custom attribute is called "
        f"urn:ietf:params:scim:schemas:extension:YourName:2.0:{object_type}:yourAttribute.",
    )


def _missing_targets(
    object_type: ObjectType, changes: MappingChanges, at: Location
) -> Iterator[Problem]:
    default = mapping_from(object_type, "default")
    known = {each.target.text for each in default.attribute_mappings}
    for position, row in enumerate(changes.replace):
        if row.target not in known:
            where = (*at, "replace", position, "target")
            yield Problem(where, f'no default mapping has the target "{row.target}"', "Use add.")
    for position, target in enumerate(changes.remove):
        if target not in known:
            where = (*at, "remove", position)
            yield Problem(where, f'no default mapping has the target "{target}"')


def _matching_problems(
    object_type: ObjectType, written: list[MappingRow] | MappingChanges, at: Location
) -> Iterator[Problem]:
    matching = mapping_from(object_type, written).matching
    if not matching:
        yield Problem(
            at,
            "no mapping is a matching attribute",
            "Give one a matchingPriority of 1; without it no object can be found in the target.",
        )
    for position, each in enumerate(matching[1:]):
        if each.matching_priority == matching[position].matching_priority:
            yield Problem(
                at,
                f"{matching[position].target} and {each.target} have the same matchingPriority",
                "Give each matching attribute its own.",
            )
