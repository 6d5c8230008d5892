"""Changing one attribute of a resource."""

from typing import Any

from entrasim_kit.scim_server import values
from entrasim_kit.scim_server.errors import NoTarget
from entrasim_kit.scim_server.filters.evaluate import element_predicate
from entrasim_kit.scim_server.patch.lists import change_list
from entrasim_kit.scim_server.patch.operation import Op
from entrasim_kit.scim_server.patch.target import Target, stored_key
from entrasim_kit.scim_server.schemas.attribute import Attribute, Type
from entrasim_kit.scim_server.values import Json


def change(holder: Json, target: Target, op: Op, value: Any) -> None:
    """Change one attribute of `holder`, which is the resource or an extension of it.

    Writing null or "" removes: Entra and Microsoft's acceptance tests clear like this. Adding an
    empty list adds nothing.
    Source: https://github.com/AzureAD/SCIMReferenceCode (SCIM-Validation-Test-Overview)
    """
    if op is Op.ADD and value == []:
        return
    if op is not Op.REMOVE and values.is_empty(value):
        op, value = Op.REMOVE, None
    name = stored_key(holder, target.attribute.name)
    changed = _changed(holder.get(name), target, op, value)
    if values.is_empty(changed) or changed == {}:
        holder.pop(name, None)
    else:
        holder[name] = changed


def _changed(current: Any, target: Target, op: Op, value: Any) -> Any:
    """What `current` becomes; nothing that is empty is kept."""
    if target.is_list(current):
        return change_list(current or [], target, op, value)
    if target.condition is not None and not _fits(current, target):
        if op is Op.REMOVE:
            return current
        raise NoTarget(f"{target.attribute.name} does not fit the condition")
    if target.sub is not None:
        return _with_part(current, target.sub, op, value)
    if op is Op.REMOVE:
        return None
    if target.attribute.type is Type.COMPLEX:
        return _merged(current, target.attribute, value)
    return values.single(target.attribute, value)


def _fits(current: Any, target: Target) -> bool:
    """Whether a complex value fulfils the condition.

    `manager[value eq "..."]` has been seen, where the RFC has conditions for lists only.
    Source: https://github.com/thomaspoignant/scim-patch/issues/453
    """
    assert target.condition is not None
    fits = element_predicate(target.condition, target.attribute)
    return isinstance(current, dict) and fits(current)


def _with_part(current: Any, sub: Attribute, op: Op, value: Any) -> Json:
    parts = current if isinstance(current, dict) else {}
    name = stored_key(parts, sub.name)
    if op is Op.REMOVE:
        parts.pop(name, None)
    else:
        parts[name] = values.single(sub, value)
    return parts


def _merged(current: Any, attribute: Attribute, value: Any) -> Any:
    """The parts that are sent replace or join the others (RFC 7644, sections 3.5.2.1 and .3).

    A reference is replaced as a whole: the `$ref` of the last manager is not that of the next.
    """
    sent = values.bare_reference(attribute, value)
    stored = values.single(attribute, sent) or {}
    if attribute.is_reference:
        return stored
    cleared = {
        sub.name for key in sent if (sub := attribute.sub(key)) and values.is_empty(sent[key])
    }
    kept = {key: part for key, part in (current or {}).items() if key not in cleared}
    return {**kept, **stored}
