"""Applying operations to a resource.

The caller hands in a copy and keeps it only when all operations went through, so a PATCH is
done as a whole or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from entrasim_kit.scim_server import members, values
from entrasim_kit.scim_server.errors import InvalidPath, NoTarget, NotMutable
from entrasim_kit.scim_server.filters.expressions import NotReadable, Path
from entrasim_kit.scim_server.filters.parser import parse_path
from entrasim_kit.scim_server.members import Directory, MembersChange
from entrasim_kit.scim_server.patch.attributes import change
from entrasim_kit.scim_server.patch.operation import Op, Operation
from entrasim_kit.scim_server.patch.target import Target, stored_key
from entrasim_kit.scim_server.schemas.attribute import Attribute, Mutability, unknown
from entrasim_kit.scim_server.schemas.resource_type import Place, ResourceType, locate
from entrasim_kit.scim_server.values import Json

_IGNORED_WITHOUT_PATH: Final = frozenset({"schemas", "id", "meta", "groups"})
"""What clients copy from a resource or an extension that they have read."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """A resource while it is being changed."""

    resource_type: ResourceType
    document: Json
    members: MembersChange
    directory: Directory


def apply_operations(draft: Draft, operations: Sequence[Operation]) -> None:
    """Apply all operations, in order.

    Raises:
        ScimError: one of them cannot be applied; the draft is then of no use.
    """
    for operation in operations:
        if operation.path is None:
            _apply_without_path(draft, operation)
        else:
            _apply_at(draft, operation.op, operation.path, operation.value)
    values.require(draft.document, draft.resource_type)


def _apply_without_path(draft: Draft, operation: Operation) -> None:
    """Each key of the value is a path of its own: `name.givenName`, `urn:...:User:department`.

    With aadOptscim062020 Entra merges several simple attributes like this.
    Sources: https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility
    and https://github.com/thomaspoignant/scim-patch/issues/132
    """
    for path, value in operation.value.items():
        if path not in _IGNORED_WITHOUT_PATH:
            _apply_at(draft, operation.op, path, value)


def _apply_at(draft: Draft, op: Op, text: str, value: Any) -> None:
    try:
        path = parse_path(text)
        place = _place(draft, path, value)
        if place.attribute is None:
            _change_whole(draft, op, place, value)
        elif place.attribute.name == "members" and place.extension is None:
            _change_members(draft, op, path, place, value)
        else:
            _change_one(draft, op, path, place, value)
    except NotReadable as error:
        raise InvalidPath(f'the path "{text}" cannot be read: {error}') from None


def _place(draft: Draft, path: Path, value: Any) -> Place:
    """What the path names."""
    text, kind = path.name.text, draft.resource_type
    place = locate(kind, text)
    if place is None:
        raise InvalidPath(f"a {kind.name} has no attribute {text}")
    if _names_unknown_extension(draft, place, text, value):
        return Place(extension=text)
    if path.sub is not None and (place.sub or not place.attribute):
        raise InvalidPath(f"{text} has no elements to select from")
    return place


def _names_unknown_extension(draft: Draft, place: Place, text: str, value: Any) -> bool:
    """Whether the path is the URN of an extension without a schema, not an attribute of one.

    The two look alike. It is the extension when the resource has it, or when it would come with
    an object of attributes.
    """
    if place.extension is None or draft.resource_type.extension(place.extension) is not None:
        return False
    if stored_key(draft.document, text) in draft.document:
        return True
    return isinstance(value, dict) and (
        stored_key(draft.document, place.extension) not in draft.document
    )


def _change_whole(draft: Draft, op: Op, place: Place, value: Any) -> None:
    """Change an extension, or by the URN of the core schema the resource, key by key."""
    urn = place.extension or draft.resource_type.schema.urn
    if place.extension is not None and (op is Op.REMOVE or values.is_empty(value)):
        draft.document.pop(stored_key(draft.document, urn), None)
        return
    if not isinstance(value, dict):
        raise InvalidPath(f"{urn} is no attribute")
    for key, part in value.items():
        if key in _IGNORED_WITHOUT_PATH:
            continue
        if place.extension is None or draft.resource_type.extension(urn) is not None:
            _apply_at(draft, op, f"{urn}:{key}", part)
        else:
            _change_in(draft, urn, Target(attribute=unknown(key)), op, part)


def _change_members(draft: Draft, op: Op, path: Path, place: Place, value: Any) -> None:
    if place.sub is not None or path.sub is not None:
        raise NotMutable("a member comes and goes as a whole, its parts do not change")
    if path.condition is not None and op is not Op.REMOVE:
        raise NoTarget("members are added with the path members, without a condition")
    if path.condition is not None:
        members.remove_selected(draft.members, draft.directory, path.condition)
    elif op is Op.REMOVE:
        members.remove(draft.members, value)
    elif op is Op.REPLACE:
        members.replace(draft.members, draft.directory, value)
    else:
        members.add(draft.members, draft.directory, value)


def _change_one(draft: Draft, op: Op, path: Path, place: Place, value: Any) -> None:
    assert place.attribute is not None
    sub = _sub(path, place)
    if Mutability.READ_ONLY in (place.attribute.mutability, sub and sub.mutability):
        raise NotMutable(f"{path.name.text} is the server's own")
    if place.attribute.mutability is Mutability.WRITE_ONLY:
        values.single(place.attribute, value)
        return
    target = Target(attribute=place.attribute, condition=path.condition, sub=sub)
    _change_in(draft, place.extension, target, op, value)


def _change_in(draft: Draft, extension: str | None, target: Target, op: Op, value: Any) -> None:
    """Change an attribute where it stands; an extension without attributes is not kept."""
    if extension is None:
        change(draft.document, target, op, value)
        return
    urn = stored_key(draft.document, extension)
    attributes = draft.document.setdefault(urn, {})
    change(attributes, target, op, value)
    if not attributes:
        del draft.document[urn]


def _sub(path: Path, place: Place) -> Attribute | None:
    if path.sub is None:
        return place.sub
    assert place.attribute is not None
    sub = place.attribute.sub(path.sub)
    if sub is None:
        raise InvalidPath(f"{place.attribute.name} has no part {path.sub}")
    return sub
