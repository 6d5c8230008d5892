"""Object mappings in the JSON of Graph's synchronization schema, and back.

Sources:
https://learn.microsoft.com/graph/api/resources/synchronization-objectmapping
https://learn.microsoft.com/graph/api/resources/synchronization-attributemapping
https://learn.microsoft.com/graph/api/resources/synchronization-attributedefinition
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from entrasim.directory.assignment import ObjectType
from entrasim.mapping.attribute_mapping import AttributeMapping, FlowBehavior, FlowType
from entrasim.mapping.expressions.errors import ExpressionError, TreeError
from entrasim.mapping.expressions.graph import from_graph, to_graph
from entrasim.mapping.expressions.tree import attributes_of
from entrasim.mapping.object_mapping import ObjectMapping, TargetObjectAction
from entrasim.mapping.source_attributes import UnknownSourceAttribute, source_attribute
from entrasim.mapping.target_attributes import AttributeType, TargetAttribute, target_attribute
from entrasim.scim.path import AttributePath, PathError, parse_path

Json = Mapping[str, Any]

FLOW_TYPES: Final = {
    "Add": TargetObjectAction.CREATE,
    "Update": TargetObjectAction.UPDATE,
    "Delete": TargetObjectAction.DELETE,
}
"""Graph's words for the portal's target object actions."""

SIMULATED_FLOW_TYPES: Final = (FlowType.ALWAYS, FlowType.OBJECT_ADD_ONLY)


class SchemaError(ValueError):
    """A document is no synchronization schema; the message says where and what was expected."""


@dataclass(frozen=True, slots=True)
class SchemaNote:
    """Something that a schema uses and that is not simulated: where, and what follows."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


# -- reading -----------------------------------------------------------------------------------


def read_definitions(attributes: Any) -> dict[str, TargetAttribute]:
    """The attribute definitions of an object of the target, by name."""
    found = {}
    for each in objects(attributes, "attributes"):
        name = text(each, "name", "attributes")
        kind = each.get("type")
        found[name] = TargetAttribute(
            name=name,
            type=AttributeType(kind) if kind in list(AttributeType) else AttributeType.STRING,
            multi_valued=bool(each.get("multivalued")),
            case_exact=bool(each.get("caseExact")),
        )
    return found


def read_object_mapping(
    object_type: ObjectType, written: Json, definitions: Mapping[str, TargetAttribute]
) -> tuple[ObjectMapping, list[SchemaNote]]:
    """The object mapping that a JSON object describes, and what of it is not simulated.

    Rows that cannot be computed are left out and noted.

    Raises:
        SchemaError: a member has not the form that Graph documents.
    """
    notes: list[SchemaNote] = []
    rows = [
        row
        for each in objects(written.get("attributeMappings"), "attributeMappings")
        if (row := _row(object_type, each, definitions, notes)) is not None
    ]
    mapping = ObjectMapping(
        object_type=object_type,
        attribute_mappings=tuple(rows),
        enabled=bool(written.get("enabled", True)),
        actions=_actions(written.get("flowTypes")),
    )
    return mapping, notes


def _actions(written: Any) -> frozenset[TargetObjectAction]:
    """`Add, Update, Delete`: by default all of them."""
    if written is None:
        return frozenset(TargetObjectAction)
    names = [each.strip() for each in str(written).split(",")]
    return frozenset(FLOW_TYPES[each] for each in names if each in FLOW_TYPES)


def _row(
    object_type: ObjectType,
    written: Json,
    definitions: Mapping[str, TargetAttribute],
    notes: list[SchemaNote],
) -> AttributeMapping | None:
    name = text(written, "targetAttributeName", "attributeMappings")
    try:
        path = parse_path(name)
        source = written.get("source")
        tree = None if source is None else from_graph(source)
        for attribute in sorted(attributes_of(tree)) if tree is not None else ():
            source_attribute(object_type, attribute)
    except (PathError, TreeError, ExpressionError, UnknownSourceAttribute) as error:
        notes.append(SchemaNote(name, f"the mapping is left out: {error}"))
        return None
    flow_type = FlowType(_one_of(written, "flowType", FlowType, FlowType.ALWAYS))
    behavior = _one_of(written, "flowBehavior", FlowBehavior, FlowBehavior.FLOW_WHEN_CHANGED)
    notes += _not_simulated(name, written, flow_type, FlowBehavior(behavior))
    return AttributeMapping(
        target=path,
        source=tree,
        default=written.get("defaultValue"),
        matching_priority=int(written.get("matchingPriority") or 0),
        flow_type=flow_type,
        flow_behavior=FlowBehavior(behavior),
        definition=_definition(object_type, path, definitions),
    )


def _not_simulated(
    name: str, written: Json, flow_type: FlowType, behavior: FlowBehavior
) -> Iterator[SchemaNote]:
    if flow_type not in SIMULATED_FLOW_TYPES:
        yield SchemaNote(name, f"flowType {flow_type} is treated as Always")
    if behavior is FlowBehavior.FLOW_ALWAYS:
        yield SchemaNote(name, "flowBehavior FlowAlways is treated as FlowWhenChanged")
    if written.get("exportMissingReferences"):
        yield SchemaNote(name, "exportMissingReferences is not simulated")


def _definition(
    object_type: ObjectType, path: AttributePath, definitions: Mapping[str, TargetAttribute]
) -> TargetAttribute | None:
    """The schema's own definition, where the target is not known to have the attribute."""
    if target_attribute(object_type, path) is not None:
        return None
    return definitions.get(path.text) or TargetAttribute(name=path.text)


def _one_of(written: Json, key: str, allowed: Any, default: str) -> str:
    value = written.get(key) or default
    if value not in list(allowed):
        raise SchemaError(f"{key} is one of {', '.join(allowed)}, not {value!r:.50}")
    return str(value)


def objects(value: Any, key: str) -> list[Json]:
    """A list of JSON objects; nothing counts as an empty one.

    Raises:
        SchemaError: it is something else.
    """
    found = [] if value is None else value
    if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
        raise SchemaError(f'"{key}" is a list of objects')
    return found


def text(written: Json, key: str, within: str) -> str:
    """A member that must be text.

    Raises:
        SchemaError: it is not.
    """
    value = written.get(key)
    if not isinstance(value, str) or not value:
        raise SchemaError(f'each of "{within}" needs a text "{key}"')
    return value


# -- writing -----------------------------------------------------------------------------------


def write_object_mapping(mapping: ObjectMapping) -> dict[str, Any]:
    """The members of an object mapping that a mapping determines."""
    words = [word for word, action in FLOW_TYPES.items() if action in mapping.actions]
    return {
        "enabled": mapping.enabled,
        "flowTypes": ", ".join(words) or "None",
        "attributeMappings": [_written_row(each) for each in mapping.attribute_mappings],
    }


def _written_row(row: AttributeMapping) -> dict[str, Any]:
    return {
        "targetAttributeName": row.target.text,
        "source": None if row.source is None else to_graph(row.source),
        "defaultValue": row.default,
        "matchingPriority": row.matching_priority,
        "flowBehavior": str(row.flow_behavior),
        "flowType": str(row.flow_type),
        "exportMissingReferences": False,
    }


def written_definitions(mapping: ObjectMapping) -> list[dict[str, Any]]:
    """The definitions of the attributes that a mapping writes."""
    first = mapping.matching[0].target.text if mapping.matching else ""
    found = []
    for row in mapping.attribute_mappings:
        known = row.definition or target_attribute(mapping.object_type, row.target)
        assert known is not None
        found.append(
            {
                "name": row.target.text,
                "type": str(known.type),
                "anchor": False,
                "caseExact": known.case_exact,
                "required": row.target.text == first,
                "multivalued": known.multi_valued,
                "mutability": "ReadWrite",
                "referencedObjects": [],
                "metadata": [],
            }
        )
    return found
