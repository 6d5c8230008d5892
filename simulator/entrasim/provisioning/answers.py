"""Reading answers: what the engine insists on before it believes a server.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
"""

from collections.abc import Mapping
from typing import Any

from entrasim.provisioning.error_codes import ErrorCode, ExportFailure, refused
from entrasim.scim.messages import ScimRequest, ScimResponse

Resource = Mapping[str, Any]


def found(request: ScimRequest, response: ScimResponse) -> list[Resource]:
    """The resources of a ListResponse; empty when there was no hit.

    Raises:
        ExportFailure: the query was refused, or the answer is no ListResponse.
    """
    body = _json_object(request, response)
    total, resources = body.get("totalResults"), body.get("Resources")
    if resources is None and total == 0:
        return []
    if not isinstance(resources, list) or not all(isinstance(r, Mapping) for r in resources):
        raise ExportFailure(
            ErrorCode.SERVICE_INCOMPATIBLE,
            f"{request.method} {request.path} was not answered with a ListResponse",
        )
    return resources


def single(request: ScimRequest, response: ScimResponse) -> Resource:
    """The one resource that was asked for by its id, or that was created.

    Raises:
        ExportFailure: it was refused, it is a list, or it has no id.
    """
    body = _json_object(request, response)
    if "Resources" in body:
        raise ExportFailure(
            ErrorCode.MULTIPLE_ENTRIES_IN_RESPONSE,
            f"{request.method} {request.path} was answered with a list instead of one resource",
        )
    return with_id(request, body)


def with_id(request: ScimRequest, resource: Resource) -> Resource:
    """The resource itself, once it is sure that it carries an id.

    Raises:
        ExportFailure: it has none.
    """
    if not isinstance(resource.get("id"), str) or not resource["id"]:
        raise ExportFailure(
            ErrorCode.SERVICE_INCOMPATIBLE,
            f"the answer to {request.method} {request.path} holds a resource without an id",
        )
    return resource


def without_members(request: ScimRequest, resource: Resource) -> Resource:
    """The group itself, once it is sure that its members were left out as asked.

    Raises:
        ExportFailure: they were not.
    """
    if resource.get("members"):
        raise ExportFailure(
            ErrorCode.MULTIPLE_ENTRIES_IN_RESPONSE,
            f"the answer to {request.method} {request.path} holds members, which "
            "excludedAttributes=members had asked to leave out",
        )
    return resource


def accepted(request: ScimRequest, response: ScimResponse) -> None:
    """Be content with any 2xx: an update is answered with 200 or 204.

    Raises:
        ExportFailure: it was refused.
    """
    if not response.ok:
        raise refused(request, response)


def _json_object(request: ScimRequest, response: ScimResponse) -> Resource:
    if not response.ok:
        raise refused(request, response)
    if not isinstance(response.body, Mapping):
        raise ExportFailure(
            ErrorCode.SERVICE_INCOMPATIBLE,
            f"the answer to {request.method} {request.path} is not a JSON object"
            + (f": {response.excerpt}" if response.excerpt else ""),
        )
    return response.body
