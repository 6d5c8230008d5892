"""Export: write one decision to the target.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
"""

from collections.abc import Generator, Iterable
from typing import Any

from entrasim.directory.assignment import ObjectType
from entrasim.mapping.expressions.functions.roles import ROLE_TYPE
from entrasim.mapping.flow import TargetValue
from entrasim.provisioning.answers import accepted, single
from entrasim.provisioning.context import ENDPOINTS, CycleContext
from entrasim.provisioning.decisions import Create, Update
from entrasim.scim import requests
from entrasim.scim.messages import ScimRequest, ScimResponse
from entrasim.scim.urns import CORE_GROUP, CORE_USER, ENTERPRISE_USER


def export_creation(
    object_type: ObjectType, decision: Create
) -> Generator[ScimRequest, ScimResponse, str]:
    """Create the object; the id that the server gave it comes back.

    Raises:
        ExportFailure: the target refuses, or answers without an id.
    """
    is_user = object_type is ObjectType.USER
    body = user_body(decision.values) if is_user else group_body(decision.values)
    request = requests.create(ENDPOINTS[object_type], body)
    created = single(request, (yield request))
    return str(created["id"])


def export_update(
    context: CycleContext, object_type: ObjectType, target_id: str, decision: Update
) -> Generator[ScimRequest, ScimResponse, None]:
    """Change what differs, all in one PATCH.

    Raises:
        ExportFailure: the target refuses.
    """
    body = context.dialect.update(decision.changes)
    request = requests.patch(ENDPOINTS[object_type], target_id, body)
    accepted(request, (yield request))


def export_deletion(
    object_type: ObjectType, target_id: str
) -> Generator[ScimRequest, ScimResponse, None]:
    """Delete the object; one that is gone already is as good.

    Raises:
        ExportFailure: the target refuses.
    """
    request = requests.delete(ENDPOINTS[object_type], target_id)
    response = yield request
    if response.status != 404:  # noqa: PLR2004
        accepted(request, response)


def user_body(values: Iterable[TargetValue]) -> dict[str, Any]:
    """The body of a POST for a user: real Booleans, no nulls, no references, `meta` with the type.

    Core and enterprise schema are named whether or not enterprise values follow; a custom
    extension is not named, although its values are sent under its URN:
    https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes.
    """
    body: dict[str, Any] = {"schemas": [CORE_USER, ENTERPRISE_USER]}
    for each in values:
        each.path.write(body, each.value)
    mark_primary_email(body)
    mark_primary_role(body)
    body["meta"] = {"resourceType": "User"}
    return body


def group_body(values: Iterable[TargetValue]) -> dict[str, Any]:
    """The body of a POST for a group: always with an empty list of members.

    As captured in https://learn.microsoft.com/answers/a/637791.
    """
    body: dict[str, Any] = {"schemas": [CORE_GROUP]}
    for each in values:
        each.path.write(body, each.value)
    body["members"] = []
    body["meta"] = {"resourceType": "Group"}
    return body


def mark_primary_role(body: dict[str, Any]) -> None:
    """The one role of SingleAppRoleAssignment travels with the type of all app roles.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
    """
    for role in body.get("roles", ()):
        if role.get("primary") is True:
            role.setdefault("type", ROLE_TYPE)


def mark_primary_email(body: dict[str, Any]) -> None:
    """The work address travels with `primary: true`; addresses and phone numbers without."""
    for email in body.get("emails", ()):
        if email.get("type") == "work":
            email["primary"] = True
