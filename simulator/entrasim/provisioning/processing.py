"""Processing: choose the one thing to do for one object. Pure, and the heart of the engine.

Source, where no other is named:
https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

from entrasim.mapping.flow import TargetValue
from entrasim.mapping.object_mapping import ObjectMapping, TargetObjectAction
from entrasim.provisioning.decisions import Create, Delete, Skip, SkipReason, Update
from entrasim.scim.dialects import AttributeChange, Op
from entrasim.scoping.scope import ScopeEvaluation

Resource = Mapping[str, Any]


def leave_alone(scope: ScopeEvaluation, *, linked: bool, still_managed: bool) -> Skip | None:
    """The skip for an object that no request is sent for, or None for one to go on with.

    Args:
        scope: The judgement on the source object.
        linked: Whether an earlier cycle connected it to an object of the target.
        still_managed: Whether it was entitled when it was last processed. What has left the scope
            was disabled then, and is not managed since.
    """
    if not linked and not scope.in_scope:
        return Skip(SkipReason.NOT_EFFECTIVELY_ENTITLED, scope.reason)
    if linked and not scope.is_entitled and not still_managed:
        because = f"{scope.reason}; it left the scope in an earlier cycle and is not managed since"
        return Skip(SkipReason.NOT_EFFECTIVELY_ENTITLED, because)
    return None


def decide_user(
    mapping: ObjectMapping,
    scope: ScopeEvaluation,
    values: Iterable[TargetValue],
    existing: Resource | None,
) -> Create | Update | Skip:
    """Create, update or leave a user, given what the target holds.

    Args:
        mapping: Says which actions are allowed and whether `IsSoftDeleted` is mapped.
        scope: Out of scope, only the update that disables is left.
        values: What the target should hold.
        existing: The object of the target, or None when there is none.
    """
    if existing is None:
        return _create(mapping, values)
    if not scope.in_scope and not maps_soft_deletion(mapping):
        return Skip(
            SkipReason.ENTRY_SYNCHRONIZATION_SKIPPED,
            f"{scope.reason}, but no mapping reads IsSoftDeleted, so nothing disables the account",
        )
    return _update(mapping, values, existing, disables=not scope.in_scope)


def decide_group(
    mapping: ObjectMapping,
    scope: ScopeEvaluation,
    values: Iterable[TargetValue],
    existing: Resource | None,
) -> Create | Update | Delete | Skip:
    """Create, update, delete or leave a group. Groups have no `active`: out of scope they go."""
    if not scope.in_scope:
        return decide_deletion(mapping, scope.reason)
    if existing is None:
        return _create(mapping, values)
    return _update(mapping, values, existing, disables=False)


def decide_deletion(mapping: ObjectMapping, because: str) -> Delete | Skip:
    """Delete what is gone for good, unless *Delete* is not among the target object actions."""
    if TargetObjectAction.DELETE in mapping.actions:
        return Delete(because)
    return _action_is_off(TargetObjectAction.DELETE, because)


def _create(mapping: ObjectMapping, values: Iterable[TargetValue]) -> Create | Skip:
    if TargetObjectAction.CREATE in mapping.actions:
        return Create(tuple(values))
    return _action_is_off(TargetObjectAction.CREATE, "no match in the target")


def _update(
    mapping: ObjectMapping, values: Iterable[TargetValue], existing: Resource, *, disables: bool
) -> Update | Skip:
    changes, previous = difference(values, existing)
    if not changes:
        return Skip(SkipReason.REDUNDANT_EXPORT, "source and target hold the same values")
    if TargetObjectAction.UPDATE not in mapping.actions:
        return _action_is_off(TargetObjectAction.UPDATE, "source and target differ")
    return Update(changes, previous, disables=disables)


def _action_is_off(action: TargetObjectAction, because: str) -> Skip:
    return Skip(
        SkipReason.ENTRY_SYNCHRONIZATION_SKIPPED,
        f'{because}, but "{action}" is not among the target object actions',
    )


def maps_soft_deletion(mapping: ObjectMapping) -> bool:
    """Whether some attribute, usually `active`, follows `IsSoftDeleted`."""
    return SOFT_DELETION in mapping.source_attributes


SOFT_DELETION: Final = "IsSoftDeleted"


def difference(
    values: Iterable[TargetValue], existing: Resource
) -> tuple[tuple[AttributeChange, ...], tuple[Any, ...]]:
    """What must change so that `existing` holds `values`, and what it held there.

    A missing value is added, a different one replaced: both occur in one request, as seen in
    https://github.com/limosa-io/laravel-scim-server/issues/34.
    """
    changes, previous = [], []
    for wanted in values:
        current = wanted.path.read(existing)
        change = _difference(wanted, current)
        if change is not None:
            changes.append(change)
            previous.append(current)
    return tuple(changes), tuple(previous)


def _difference(wanted: TargetValue, current: Any) -> AttributeChange | None:
    if isinstance(wanted.value, list):
        return list_difference(wanted, current)
    if current is None or current == "":
        is_empty = wanted.value == ""
        return None if is_empty else AttributeChange(Op.ADD, wanted.path, wanted.value)
    if wanted.only_if_empty or same(wanted, current):
        return None
    return AttributeChange(Op.REPLACE, wanted.path, wanted.value)


def list_difference(wanted: TargetValue, current: Any) -> AttributeChange | None:
    """A list is replaced as a whole; where elements are only added, those that are missing are.

    Source: the role functions in
    https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
    """
    held = current if isinstance(current, list) else []
    known = {element_value(each) for each in held}
    if wanted.only_adds:
        missing = [each for each in wanted.value if element_value(each) not in known]
        return AttributeChange(Op.ADD, wanted.path, missing) if missing else None
    if known == {element_value(each) for each in wanted.value}:
        return None
    return AttributeChange(Op.REPLACE, wanted.path, wanted.value)


def element_value(element: Any) -> str:
    """What tells elements of a list apart: `value`, read out of the JSON text that it may be."""
    value = element.get("value") if isinstance(element, dict) else element
    if isinstance(value, str) and value.startswith("{"):
        with suppress(ValueError):
            value = json.loads(value).get("value")
    return str(value)


def same(wanted: TargetValue, current: Any) -> bool:
    """Whether the target holds the value already.

    Text is compared without case unless the attribute is `caseExact`; a Boolean that the server
    returns as text counts as its Boolean. Source:
    https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#tolower
    """
    if wanted.value == current:
        return True
    if wanted.attribute.case_exact or isinstance(wanted.value, list | dict):
        return False
    return str(wanted.value).casefold() == str(current).casefold()
