"""Every request that Entra sends, one function each.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, quote_plus

from entrasim.scim.messages import Purpose, ScimRequest
from entrasim.scim.path import AttributePath

Body = Mapping[str, Any]


def find(endpoint: str, path: AttributePath, value: str, *, probe: bool = False) -> ScimRequest:
    """Ask for the resource whose matching attribute equals `value`.

    `endpoint` is "Users" or "Groups". With `probe` it is the credential check that precedes all
    work: the same query for a random GUID.
    """
    query = "filter=" + quote_plus(f'{path} eq "{escaped(value)}"', safe="")
    if endpoint == "Groups":
        query = f"{EXCLUDED_MEMBERS}&{query}"
    purpose = Purpose.PROBE if probe else Purpose.MATCH
    return ScimRequest(method="GET", path=f"/{endpoint}", query=query, purpose=purpose)


EXCLUDED_MEMBERS = "excludedAttributes=members"
"""Entra never reads the members of a group, so it never sees them drift.

Source: use-scim-to-provision-users-and-groups; https://learn.microsoft.com/answers/questions/2278290
"""


def escaped(value: str) -> str:
    r"""Backslash before `"` and `\`, as in a JSON string (RFC 7644, section 3.4.2.2).

    What Entra does with such characters is not known: its documentation calls matching on them
    unsupported. See the setting `specialCharactersInFilters`.
    """
    return value.replace("\\", "\\\\").replace('"', '\\"')


def read(endpoint: str, target_id: str) -> ScimRequest:
    """Read one resource by the id that the server gave it."""
    query = EXCLUDED_MEMBERS if endpoint == "Groups" else ""
    return ScimRequest(
        method="GET", path=_by_id(endpoint, target_id), query=query, purpose=Purpose.READ
    )


def create(endpoint: str, body: Body) -> ScimRequest:
    """Create a resource."""
    return ScimRequest(method="POST", path=f"/{endpoint}", body=body, purpose=Purpose.CREATE)


def patch(endpoint: str, target_id: str, body: Body) -> ScimRequest:
    """Change a resource; `body` comes from a dialect."""
    path = _by_id(endpoint, target_id)
    return ScimRequest(method="PATCH", path=path, body=body, purpose=Purpose.UPDATE)


def delete(endpoint: str, target_id: str) -> ScimRequest:
    """Delete a resource."""
    return ScimRequest(method="DELETE", path=_by_id(endpoint, target_id), purpose=Purpose.DELETE)


def _by_id(endpoint: str, target_id: str) -> str:
    return f"/{endpoint}/{quote(target_id, safe='')}"
