"""What the server tells about itself (RFC 7644, section 4; RFC 7643, sections 5 to 7).

Nothing in these answers is null: Microsoft asks for that.
Source: https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from entrasim_kit.scim_server import urns
from entrasim_kit.scim_server.errors import FilterForbidden, NotFound
from entrasim_kit.scim_server.messages import Request, Response
from entrasim_kit.scim_server.query import MAX_RESULTS
from entrasim_kit.scim_server.schemas.resource_type import ResourceType
from entrasim_kit.scim_server.search import list_response


class Discovery:
    """Schemas, resource types and features, for one request."""

    def __init__(self, resource_types: Sequence[ResourceType], request: Request) -> None:
        if "filter" in request.parameters:
            raise FilterForbidden("discovery endpoints take no filter")
        self._resource_types = resource_types
        self._base_url = request.base_url

    def schemas(self, urn: str) -> Response:
        """The schema with this URN, or all without one."""
        schemas = [
            schema for kind in self._resource_types for schema in (kind.schema, *kind.extensions)
        ]
        served = {each.urn: each.as_json(self._base_url) for each in schemas}
        return _all_or_one("schema", served, urn)

    def resource_types(self, name: str) -> Response:
        """The resource type with this name, or all without one."""
        served = {each.name: each.as_json(self._base_url) for each in self._resource_types}
        return _all_or_one("resource type", served, name)

    def service_provider_config(self) -> Response:
        """Which optional features there are."""
        location = f"{self._base_url}/ServiceProviderConfig"
        config = {
            "schemas": [urns.SERVICE_PROVIDER_CONFIG],
            "patch": {"supported": True},
            "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
            "filter": {"supported": True, "maxResults": MAX_RESULTS},
            "changePassword": {"supported": False},
            "sort": {"supported": True},
            "etag": {"supported": True},
            "authenticationSchemes": [
                {
                    "type": "oauthbearertoken",
                    "name": "OAuth Bearer Token",
                    "description": "The token that an administrator has minted.",
                    "specUri": "https://www.rfc-editor.org/rfc/rfc6750",
                    "primary": True,
                }
            ],
            "meta": {"resourceType": "ServiceProviderConfig", "location": location},
        }
        return Response(status=200, body=orjson.dumps(config))


def _all_or_one(kind: str, served: Mapping[str, Any], wanted: str) -> Response:
    if not wanted:
        resources = [orjson.dumps(each) for each in served.values()]
        return Response(status=200, body=list_response(resources, total=len(resources)))
    if wanted not in served:
        raise NotFound(f"there is no {kind} {wanted}")
    return Response(status=200, body=orjson.dumps(served[wanted]))
