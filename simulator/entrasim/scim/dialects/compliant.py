"""`aadOptscim062020`: the PATCH dialect that a flag in the tenant URL asks for.

Each quirk is a function here. Source, where no other is named:
https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility
"""

from collections.abc import Sequence
from typing import Any, Final

from entrasim.scim.dialects.operation import (
    AttributeChange,
    Body,
    ManagerClear,
    Op,
    Operation,
    cleared,
    members_value,
    patch_body,
)
from entrasim.scim.path import AttributePath


class CompliantDialect:
    """Lower-case operations, real Booleans, simple attributes merged into path-less objects.

    Args:
        active_alone: Keep `active` out of merged objects. The page shows it only on its own, so
            whether it joins them is not known.
    """

    name: Final = "aadOptscim062020"

    def __init__(self, *, active_alone: bool = False) -> None:
        self.active_alone = active_alone

    def update(self, changes: Sequence[AttributeChange]) -> Body:
        """Elements of lists by path; simple attributes merged when the request has two or more."""
        alone = [each for each in changes if not self._may_merge(each)]
        merging = [each for each in changes if self._may_merge(each)]
        if len(merging) == 1:
            alone.append(merging.pop())
        operations = [_with_path(change) for change in alone]
        return patch_body(operations + merged_without_path(merging))

    def _may_merge(self, change: AttributeChange) -> bool:
        kept_apart = self.active_alone and change.path.text == "active"
        return change.path.is_simple and not kept_apart

    def add_members(self, target_ids: Sequence[str]) -> Body:
        """Add members by a list, as captured in scim-for-keycloak#31."""
        value = members_value(target_ids)
        return patch_body([{"op": _lower(Op.ADD), "path": "members", "value": value}])

    def remove_members(self, target_ids: Sequence[str]) -> Body:
        """Remove each member by a filter in the path, without a value."""
        return patch_body(
            [
                {"op": _lower(Op.REMOVE), "path": f'members[value eq "{target_id}"]'}
                for target_id in target_ids
            ]
        )

    def set_reference(self, op: Op, path: AttributePath, target_id: str) -> Body:
        """Write the manager, which stays a bare string under the flag too.

        Seen in https://github.com/Captain-P-Goldfish/SCIM-SDK/issues/686.
        """
        return patch_body([{"op": _lower(op), "path": path.text, "value": target_id}])

    def clear_reference(
        self, path: AttributePath, current_id: str, how: ManagerClear | None
    ) -> Body:
        """Remove by a filter on the value, unless a setting says otherwise."""
        operation = cleared(path, current_id, how or ManagerClear.REMOVE_BY_FILTER)
        return patch_body([operation | {"op": _lower(operation["op"])}])


def merged_without_path(changes: Sequence[AttributeChange]) -> list[Operation]:
    """Simple attributes as one operation without `path`: dotted keys, full URN keys.

    One object for what is replaced and one for what is added. Seen for example in
    https://github.com/thomaspoignant/scim-patch/issues/132 and, with additions,
    https://github.com/pond/scimitar/issues/123.
    """
    return [
        {"op": _lower(op), "value": members}
        for op in (Op.REPLACE, Op.ADD)
        if (members := {each.path.text: each.value for each in changes if each.op is op})
    ]


def _with_path(change: AttributeChange) -> Operation:
    return {"op": _lower(change.op), "path": change.path.text, "value": change.value}


def _lower(op: Any) -> str:
    return str(op).lower()
