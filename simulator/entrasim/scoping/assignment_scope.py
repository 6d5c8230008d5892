"""Assignment scope: who is entitled to an application, and through what.

An assignment of a group reaches its direct members only; nothing here looks into nested groups.
Source: https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works
(section on assignment-based scoping)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from entrasim.directory.application import AppRole
from entrasim.directory.assignment import ObjectType
from entrasim.directory.tenant import Tenant


class SyncScope(StrEnum):
    """The portal's *Scope* setting."""

    ASSIGNED = "Sync only assigned users and groups"
    ALL = "Sync all users and groups"


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Why an object is entitled: assigned itself, or a direct member of an assigned group."""

    group_id: str | None
    roles: tuple[AppRole, ...] = ()


def entitlements(tenant: Tenant, application_id: str, object_id: str) -> tuple[Entitlement, ...]:
    """Every reason why the object is entitled to the application.

    A group is entitled by its own assignment only, never by being a member of an assigned group.
    """
    assignments = tenant.assignments(application_id)
    found = []
    if own := assignments.get(object_id):
        found.append(Entitlement(None, tuple(each.role for each in own if each.role)))
    if object_id not in tenant.groups:
        for group_id in tenant.memberships.groups(object_id):
            if through := assignments.get(group_id):
                roles = tuple(each.role for each in through if each.role)
                found.append(Entitlement(group_id, roles))
    return tuple(found)


def candidates(tenant: Tenant, application_id: str) -> Iterator[tuple[ObjectType, str]]:
    """The assigned users, groups, and direct members of these groups, each once.

    Members that are groups are listed too: that they are not provisioned is worth telling.
    """
    seen: set[str] = set()
    for principal_id, held in tenant.assignments(application_id).items():
        if principal_id not in seen:
            seen.add(principal_id)
            yield held[0].principal_type, principal_id
        if held[0].principal_type is ObjectType.GROUP:
            for member_id in tenant.members(principal_id):
                if member_id not in seen:
                    seen.add(member_id)
                    is_group = member_id in tenant.groups
                    yield (ObjectType.GROUP if is_group else ObjectType.USER), member_id
