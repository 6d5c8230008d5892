"""Test Connection: the requests that check endpoint and credentials, and what their answers mean.

The same requests precede the work of every cycle. A random GUID is asked for by the matching
attribute; a server must answer with an empty list. Sources:
https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
and https://github.com/AzureAD/SCIMReferenceCode/issues/63.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from entrasim.directory.assignment import ObjectType
from entrasim.mapping.object_mapping import ObjectMapping
from entrasim.provisioning.configuration import ProvisioningConfiguration
from entrasim.scim import requests
from entrasim.scim.messages import Fault, ScimRequest, ScimResponse
from entrasim.scim.urns import ERROR


class ConnectionVerdict(StrEnum):
    """What a connection test came to; scenarios expect it by this name."""

    SUCCESS = "Success"
    UNAUTHORIZED = "Unauthorized"
    WRONG_URL = "WrongUrl"
    NOT_SCIM = "NotScim"
    NOT_FOUND_INSTEAD_OF_EMPTY = "NotFoundInsteadOfEmptyList"
    REDIRECTED = "Redirected"
    REFUSED = "Refused"
    SERVER_ERROR = "ServerError"
    TLS_FAULT = "TlsFault"
    TIMEOUT = "Timeout"
    UNREACHABLE = "Unreachable"


@dataclass(frozen=True, slots=True)
class ConnectionResult:
    """The verdict, what was seen, and what to do about it."""

    verdict: ConnectionVerdict
    seen: str = ""
    remedy: str = ""

    @property
    def ok(self) -> bool:
        """Whether the connection is good."""
        return self.verdict is ConnectionVerdict.SUCCESS

    def __str__(self) -> str:
        return ". ".join(part for part in (self.seen, self.remedy) if part) or str(self.verdict)


Test = Generator[ScimRequest, ScimResponse, ConnectionResult]


def test_connection(configuration: ProvisioningConfiguration, random: Callable[[], float]) -> Test:
    """Ask for a random user and, when group mapping is on, for a random group."""
    for request in probes(configuration, random):
        result = diagnosis(request, (yield request))
        if not result.ok:
            return result
    return ConnectionResult(ConnectionVerdict.SUCCESS)


def probes(
    configuration: ProvisioningConfiguration, random: Callable[[], float]
) -> list[ScimRequest]:
    """The requests of a connection test.

    The form of the group's half is not known; a server was seen to fail on it:
    https://github.com/pranems/SCIMServer.
    """
    asked = [_probe(ObjectType.USER, configuration.user_mapping, random)]
    if configuration.group_mapping.enabled and configuration.settings.group_probe:
        asked.append(_probe(ObjectType.GROUP, configuration.group_mapping, random))
    return asked


def _probe(
    object_type: ObjectType, mapping: ObjectMapping, random: Callable[[], float]
) -> ScimRequest:
    endpoint = "Users" if object_type is ObjectType.USER else "Groups"
    path = mapping.matching[0].target
    return requests.find(endpoint, path, random_guid(random), probe=True)


def random_guid(random: Callable[[], float]) -> str:
    """A GUID of version 4, from a source of numbers between 0 and 1."""
    number = 0
    for _ in range(4):
        number = number << 32 | int(random() * 2**32)
    return str(UUID(int=number, version=4))


def diagnosis(request: ScimRequest, response: ScimResponse) -> ConnectionResult:
    """What one answer says about the connection, for a person who has to mend it."""
    if response.fault is not None:
        return _fault(response)
    if response.ok:
        return _content(request, response)
    status = response.status
    seen = f"{request.method} {request.path} was answered with {status}"
    if 300 <= status < 400:  # noqa: PLR2004
        where = response.headers.get("location", "another address")
        remedy = f"Redirects are not followed; enter the final address ({where}) as tenantUrl"
        return ConnectionResult(ConnectionVerdict.REDIRECTED, seen, remedy)
    if status == 404:  # noqa: PLR2004
        return _not_found(seen, response)
    verdict, remedy = _BY_STATUS.get(status, _OTHER_STATUS)
    if status >= 500:  # noqa: PLR2004
        verdict, remedy = _SERVER_ERROR
    said = f": {response.detail}" if response.detail else ""
    return ConnectionResult(verdict, seen + said, remedy)


def _not_found(seen: str, response: ScimResponse) -> ConnectionResult:
    """A 404 with a SCIM error comes from a SCIM server that should have sent an empty list."""
    schemas = response.body.get("schemas") if isinstance(response.body, Mapping) else None
    if isinstance(schemas, list) and ERROR in schemas:
        return ConnectionResult(
            ConnectionVerdict.NOT_FOUND_INSTEAD_OF_EMPTY,
            f"{seen} and a SCIM error, although a query without hits is no error",
            "The server must answer 200 with a ListResponse whose totalResults is 0",
        )
    return ConnectionResult(
        ConnectionVerdict.WRONG_URL,
        seen,
        "Check the path of tenantUrl: /Users and /Groups are appended to it",
    )


def _content(request: ScimRequest, response: ScimResponse) -> ConnectionResult:
    body = response.body
    if isinstance(body, Mapping) and ("Resources" in body or body.get("totalResults") == 0):
        return ConnectionResult(ConnectionVerdict.SUCCESS)
    kind = response.headers.get("content-type", "no content type")
    what = "JSON that is no ListResponse" if isinstance(body, Mapping) else f"no JSON ({kind})"
    return ConnectionResult(
        ConnectionVerdict.NOT_SCIM,
        f"{request.method} {request.path} was answered with {response.status} and {what}",
        "Check that tenantUrl is the base of a SCIM 2.0 service, not a web page in front of it",
    )


def _fault(response: ScimResponse) -> ConnectionResult:
    verdict, remedy = _BY_FAULT[response.fault or Fault.RESET]
    detail = f" ({response.fault_detail})" if response.fault_detail else ""
    return ConnectionResult(verdict, f"{response.fault}{detail}", remedy)


_ENTER_ALONE: Final = "Check secretToken: enter the token alone, without the word Bearer"
_BY_STATUS: Final = {
    401: (ConnectionVerdict.UNAUTHORIZED, _ENTER_ALONE),
    403: (
        ConnectionVerdict.UNAUTHORIZED,
        "The token is known but may not read users and groups; give it that right",
    ),
}
_OTHER_STATUS: Final = (
    ConnectionVerdict.REFUSED,
    "The server must answer a filter query with 200 and a ListResponse",
)
_SERVER_ERROR: Final = (ConnectionVerdict.SERVER_ERROR, "Look into the log of the server")
_START: Final = "Check host and port of tenantUrl, and that the server is running"
_BY_FAULT: Final = {
    Fault.CONNECT: (ConnectionVerdict.UNREACHABLE, _START),
    Fault.RESOLVE: (ConnectionVerdict.UNREACHABLE, "Check the host name in tenantUrl"),
    Fault.RESET: (ConnectionVerdict.UNREACHABLE, _START),
    Fault.TIMEOUT: (
        ConnectionVerdict.TIMEOUT,
        "Look why the server is slow, or raise the setting requestTimeout",
    ),
    Fault.TLS: (
        ConnectionVerdict.TLS_FAULT,
        "Check the certificate; --ca FILE trusts a private authority",
    ),
}
