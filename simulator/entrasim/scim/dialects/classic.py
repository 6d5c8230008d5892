"""`classic`: the PATCH dialect that Entra speaks unless the tenant URL asks for the other.

Each departure from RFC 7644 is a function here. Source, where no other is named:
https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility
"""

import json
from collections.abc import Mapping, Sequence
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


class ClassicDialect:
    """Capitalised operations, one per attribute; Booleans as strings.

    Args:
        role_ids: The id of each app role, by its value.
    """

    name: Final = "classic"

    def __init__(self, role_ids: Mapping[str, str] | None = None) -> None:
        self.role_ids = role_ids or {}

    def update(self, changes: Sequence[AttributeChange]) -> Body:
        """One operation per attribute, all with a path, in the order of the mappings.

        Additions and replacements travel together, as captured in
        https://github.com/limosa-io/laravel-scim-server/issues/34.
        """
        return patch_body([self._operation(change) for change in changes])

    def _operation(self, change: AttributeChange) -> Operation:
        value = boolean_as_text(change.value)
        if change.op is Op.ADD and change.path.text == "roles":
            value = [role_as_json_text(each, self.role_ids) for each in change.value]
        return {"op": change.op, "path": change.path.text, "value": value}

    def add_members(self, target_ids: Sequence[str]) -> Body:
        """Add members by a list of objects that hold `value`."""
        return patch_body([{"op": Op.ADD, "path": "members", "value": members_value(target_ids)}])

    def remove_members(self, target_ids: Sequence[str]) -> Body:
        """Remove members by a value list."""
        return patch_body([removal_by_value_list(target_ids)])

    def set_reference(self, op: Op, path: AttributePath, target_id: str) -> Body:
        """Write the manager."""
        return patch_body([reference_as_bare_string(op, path, target_id)])

    def clear_reference(
        self, path: AttributePath, current_id: str, how: ManagerClear | None
    ) -> Body:
        """Replace by an empty string, unless a setting says otherwise."""
        return patch_body([cleared(path, current_id, how or ManagerClear.REPLACE_EMPTY)])


def boolean_as_text(value: Any) -> Any:
    """Booleans in a PATCH are the strings "True" and "False"; in a POST they are Booleans.

    Seen for example in https://github.com/AzureAD/SCIMReferenceCode/issues/21.
    """
    return str(value) if isinstance(value, bool) else value


def role_as_json_text(role: Mapping[str, Any], role_ids: Mapping[str, str]) -> dict[str, str]:
    """A role that is added later is a JSON text within `value`, unlike in a POST.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
    (AppRoleAssignmentsComplex)
    """
    name = str(role["value"])
    written = {"id": role_ids.get(name, ""), "value": name, "displayName": role["displayName"]}
    return {"value": json.dumps(written, ensure_ascii=False, separators=(",", ":"))}


def removal_by_value_list(target_ids: Sequence[str]) -> dict[str, Any]:
    """`Remove` with a path of `members` and the members to go as its value.

    RFC 7644 (3.5.2.2) gives `remove` no value, so a strict server empties the whole group:
    https://github.com/MicrosoftDocs/azure-docs/issues/30826.
    """
    return {"op": Op.REMOVE, "path": "members", "value": members_value(target_ids)}


def reference_as_bare_string(op: Op, path: AttributePath, target_id: str) -> dict[str, Any]:
    """The manager's SCIM id as a plain string where the schema has an object.

    Seen in https://github.com/Captain-P-Goldfish/SCIM-SDK/issues/541 and
    https://github.com/imulab/go-scim/issues/75.
    """
    return {"op": op, "path": path.text, "value": target_id}
