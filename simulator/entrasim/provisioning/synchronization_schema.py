"""The synchronization schema of an application, as Graph returns it and takes it.

Reading gives mappings and scoping filters, and notes about what is used but not simulated. The
document itself is kept, so that writing it again loses nothing: only what differs from what was
read is replaced. Source:
https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationschema
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid5

from entrasim.directory.application import EnterpriseApplication
from entrasim.directory.assignment import ObjectType
from entrasim.mapping.graph_object_mapping import (
    SchemaError,
    SchemaNote,
    objects,
    read_definitions,
    read_object_mapping,
    write_object_mapping,
    written_definitions,
)
from entrasim.mapping.object_mapping import ObjectMapping
from entrasim.mapping.source_attributes import SOURCE_ATTRIBUTES
from entrasim.mapping.target_attributes import TargetAttribute
from entrasim.scim.urns import CORE_GROUP, ENTERPRISE_USER
from entrasim.scoping.filterable_attributes import refusal
from entrasim.scoping.graph_filter import (
    FilterError,
    read_filters,
    unsimulated_groups,
    write_filters,
)
from entrasim.scoping.scoping_filter import ScopingFilter

Json = dict[str, Any]
SOURCE_DIRECTORY: Final = "Azure Active Directory"
TARGET_DIRECTORY: Final = "customappsso"
"""The names that Graph still gives to the two sides of a custom application."""

TARGET_OBJECTS: Final = {ObjectType.USER: ENTERPRISE_USER, ObjectType.GROUP: CORE_GROUP}


@dataclass(frozen=True, slots=True, kw_only=True)
class SynchronizationSchema:
    """A schema that was read: what is simulated of it, and the document itself."""

    mappings: Mapping[ObjectType, ObjectMapping]
    filters: Mapping[ObjectType, tuple[ScopingFilter, ...]]
    notes: tuple[SchemaNote, ...] = ()
    document: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)


# -- reading -----------------------------------------------------------------------------------


def read_schema(document: Any) -> SynchronizationSchema:
    """Read a schema, from the portal's download or from the answer of Graph.

    Raises:
        SchemaError: it is none, or it maps no users.
    """
    if not isinstance(document, Mapping) or "synchronizationRules" not in document:
        raise SchemaError('the document has no "synchronizationRules"')
    definitions = _definitions(document)
    mappings: dict[ObjectType, ObjectMapping] = {}
    filters: dict[ObjectType, tuple[ScopingFilter, ...]] = {}
    notes: list[SchemaNote] = []
    for name, written in _object_mappings(document, notes):
        object_type = _object_type(written)
        if object_type is None or object_type in mappings:
            notes.append(SchemaNote(name, "the object mapping is not simulated"))
            continue
        target = definitions.get(str(written.get("targetObjectName")), {})
        mappings[object_type], of_rows = read_object_mapping(object_type, written, target)
        filters[object_type], of_scope = _read_scope(written.get("scope"))
        notes += [SchemaNote(f"{name}, {note.where}", note.text) for note in (*of_rows, *of_scope)]
    if ObjectType.USER not in mappings:
        raise SchemaError("no object mapping has the source object User")
    return SynchronizationSchema(
        mappings=mappings, filters=filters, notes=tuple(notes), document=document
    )


def _definitions(document: Mapping[str, Any]) -> dict[str, dict[str, TargetAttribute]]:
    """The attribute definitions of the target's objects, by name of the object."""
    return {
        str(each.get("name")): read_definitions(each.get("attributes"))
        for directory in objects(document.get("directories"), "directories")
        if directory.get("name") != SOURCE_DIRECTORY
        for each in objects(directory.get("objects"), "objects")
    }


def _object_mappings(
    document: Mapping[str, Any], notes: list[SchemaNote]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for rule in objects(document["synchronizationRules"], "synchronizationRules"):
        name = str(rule.get("name") or "a rule without name")
        notes += [SchemaNote(name, f"its {kind} is not simulated") for kind in _narrowing(rule)]
        if rule.get("targetDirectoryName") == SOURCE_DIRECTORY:
            notes.append(SchemaNote(name, "a rule that writes to Entra is not simulated"))
            continue
        for written in objects(rule.get("objectMappings"), "objectMappings"):
            yield str(written.get("name") or written.get("sourceObjectName")), written


def _narrowing(rule: Mapping[str, Any]) -> list[str]:
    """The filters of a rule that let only some containers or groups through."""
    lists = {"containerFilter": "includedContainers", "groupFilter": "includedGroups"}
    return [kind for kind, members in lists.items() if (rule.get(kind) or {}).get(members)]


def _object_type(written: Mapping[str, Any]) -> ObjectType | None:
    source = str(written.get("sourceObjectName")).casefold()
    return next((each for each in ObjectType if each.casefold() == source), None)


def _read_scope(scope: Any) -> tuple[tuple[ScopingFilter, ...], list[SchemaNote]]:
    notes = [SchemaNote("scope", f"{kind} are not simulated") for kind in unsimulated_groups(scope)]
    try:
        filters = read_filters(scope)
    except FilterError as error:
        return (), [*notes, SchemaNote("scope", f"the filters are left out: {error}")]
    refused = ((each.title, refusal(clause)) for each in filters for clause in each.clauses)
    notes += [SchemaNote(f"scope, {title}", reason) for title, reason in refused if reason]
    return filters, notes


# -- writing -----------------------------------------------------------------------------------


def write_schema(
    application: EnterpriseApplication,
    mappings: Iterable[ObjectMapping],
    filters: Mapping[ObjectType, tuple[ScopingFilter, ...]],
    read: SynchronizationSchema | None = None,
) -> Json:
    """The schema of an application as Graph would return it.

    Args:
        application: Gives the ids of a schema that was not read.
        mappings: The object mappings of users and groups.
        filters: The scoping filters.
        read: The schema that the mappings came from; what they left as it was is kept whole.
    """
    document: Json = deepcopy(dict(read.document)) if read else _blank(application)
    for mapping in mappings:
        written = _place_of(document, mapping.object_type)
        known = read.mappings.get(mapping.object_type) if read else None
        if mapping != known:
            written.update(write_object_mapping(mapping))
        wanted = filters.get(mapping.object_type, ())
        if wanted != (read.filters.get(mapping.object_type, ()) if read else ()):
            written["scope"] = write_filters(wanted)
    if read is None:
        _target_directory(document)["objects"] = [_target_object(each) for each in mappings]
    return document


def _place_of(document: Json, object_type: ObjectType) -> Json:
    """The object mapping of a kind in a document; a missing one is added to the first rule."""
    for rule in document["synchronizationRules"]:
        for written in rule.get("objectMappings") or []:
            if _object_type(written) is object_type:
                found: Json = written
                return found
    added = _blank_object_mapping(object_type)
    document["synchronizationRules"][0].setdefault("objectMappings", []).append(added)
    return added


def _blank(application: EnterpriseApplication) -> Json:
    def made_up(name: str) -> str:
        return str(uuid5(UUID(application.id), f"schema/{name}"))

    return {
        "id": made_up("schema"),
        "version": "v1.0",
        "synchronizationRules": [
            {
                "id": made_up("rule"),
                "name": "USER_OUTBOUND_USER",
                "priority": 1,
                "editable": True,
                "sourceDirectoryName": SOURCE_DIRECTORY,
                "targetDirectoryName": TARGET_DIRECTORY,
                "containerFilter": None,
                "groupFilter": None,
                "metadata": [],
                "objectMappings": [_blank_object_mapping(each) for each in ObjectType],
            }
        ],
        "directories": [
            _directory(made_up("source"), SOURCE_DIRECTORY, _source_objects()),
            _directory(made_up("target"), TARGET_DIRECTORY, []),
        ],
    }


def _blank_object_mapping(object_type: ObjectType) -> Json:
    return {
        "name": f"Provision Microsoft Entra ID {object_type}s",
        "sourceObjectName": str(object_type),
        "targetObjectName": TARGET_OBJECTS[object_type],
        "scope": None,
        "metadata": [],
    }


def _directory(directory_id: str, name: str, held: list[Json]) -> Json:
    return {
        "id": directory_id,
        "name": name,
        "readOnly": name == SOURCE_DIRECTORY,
        "version": "v1.0",
        "discoverabilities": "None",
        "discoveryDateTime": None,
        "objects": held,
    }


def _source_objects() -> list[Json]:
    return [
        {
            "name": str(object_type),
            "supportedApis": [],
            "metadata": [],
            "attributes": [{"name": name} for name in attributes],
        }
        for object_type, attributes in SOURCE_ATTRIBUTES.items()
    ]


def _target_directory(document: Json) -> Json:
    found: Json = document["directories"][1]
    return found


def _target_object(mapping: ObjectMapping) -> Json:
    return {
        "name": TARGET_OBJECTS[mapping.object_type],
        "supportedApis": [],
        "metadata": [],
        "attributes": written_definitions(mapping),
    }
