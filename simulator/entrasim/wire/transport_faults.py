"""Transport faults: httpx's exceptions in the words of `Fault`."""

import socket
import ssl
from collections.abc import Iterator

import httpx

from entrasim.scim.messages import Fault, ScimResponse


def fault_response(error: httpx.HTTPError | httpx.InvalidURL) -> ScimResponse:
    """The response that stands for an exchange that broke."""
    fault = _fault(error)
    detail = "" if fault is Fault.TIMEOUT else str(_root(error))
    return ScimResponse(fault=fault, fault_detail=detail)


def _fault(error: Exception) -> Fault:
    causes = list(_causes(error))
    if any(isinstance(each, httpx.TimeoutException) for each in causes):
        return Fault.TIMEOUT
    if any(isinstance(each, ssl.SSLError) for each in causes):
        return Fault.TLS
    if any(isinstance(each, socket.gaierror) for each in causes):
        return Fault.RESOLVE
    if isinstance(error, httpx.ConnectError):
        return Fault.CONNECT
    return Fault.RESET


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _root(error: BaseException) -> BaseException:
    *_, root = _causes(error)
    return root
