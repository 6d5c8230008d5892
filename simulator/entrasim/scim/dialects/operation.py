"""What a dialect is given, and what it must be able to write."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from entrasim.scim.path import AttributePath
from entrasim.scim.urns import PATCH_OP

Body = dict[str, Any]
Operation = dict[str, Any]


class Op(StrEnum):
    """What a PATCH operation does, spelt as Entra spells it."""

    ADD = "Add"
    REPLACE = "Replace"
    REMOVE = "Remove"


class ManagerClear(StrEnum):
    """How a manager that was taken away is written. Which one Entra uses is not published.

    Sources: `replaceEmpty` is what Microsoft's own acceptance test sends
    (https://github.com/AzureAD/SCIMReferenceCode, SCIM_Update_Manager_Test); `removeByFilter` was
    captured in https://github.com/thomaspoignant/scim-patch/issues/453; `remove` is RFC 7644's.
    """

    REPLACE_EMPTY = "replaceEmpty"
    REMOVE_BY_FILTER = "removeByFilter"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class AttributeChange:
    """One attribute that must change: `op` is ADD where the target has nothing, else REPLACE."""

    op: Op
    path: AttributePath
    value: Any


class Dialect(Protocol):
    """Writes the bodies of PATCH requests."""

    @property
    def name(self) -> str:
        """The name of the dialect: `classic` or `aadOptscim062020`."""
        ...

    def update(self, changes: Sequence[AttributeChange]) -> Body:
        """Change the attributes of one resource, all in one request."""
        ...

    def add_members(self, target_ids: Sequence[str]) -> Body:
        """Add members to a group; the ids are those that the server gave."""
        ...

    def remove_members(self, target_ids: Sequence[str]) -> Body:
        """Remove members from a group."""
        ...

    def set_reference(self, op: Op, path: AttributePath, target_id: str) -> Body:
        """Point a reference such as the manager at a resource of the target."""
        ...

    def clear_reference(
        self, path: AttributePath, current_id: str, how: ManagerClear | None
    ) -> Body:
        """Take a reference away; `how` None means the form that is likely for this dialect."""
        ...


def patch_body(operations: list[Operation]) -> Body:
    """The envelope of a PATCH request (RFC 7644, section 3.5.2)."""
    return {"schemas": [PATCH_OP], "Operations": operations}


def members_value(target_ids: Sequence[str]) -> list[dict[str, str]]:
    """Members as captures show them: `value` only.

    Microsoft's page adds `"$ref": null`; no capture has it, for example
    https://github.com/Captain-P-Goldfish/SCIM-SDK/issues/167.
    """
    return [{"value": target_id} for target_id in target_ids]


def cleared(path: AttributePath, current_id: str, how: ManagerClear) -> Operation:
    """The operation that takes a reference away, in RFC spelling."""
    if how is ManagerClear.REPLACE_EMPTY:
        return {"op": Op.REPLACE, "path": path.text, "value": ""}
    if how is ManagerClear.REMOVE_BY_FILTER:
        attribute = path.text.removesuffix(".value")
        return {"op": Op.REMOVE, "path": f'{attribute}[value eq "{current_id}"]'}
    return {"op": Op.REMOVE, "path": path.text}
