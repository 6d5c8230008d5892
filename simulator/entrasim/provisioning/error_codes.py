"""Error codes of the provisioning log, and which one an answer of the target leads to.

Source: https://learn.microsoft.com/entra/identity/monitoring-health/howto-analyze-provisioning-logs
"""

from enum import StrEnum
from typing import Final

from entrasim.scim.messages import Fault, ScimRequest, ScimResponse


class ErrorCode(StrEnum):
    """The codes that this simulator produces, spelt as the log spells them."""

    CONFLICT = "Conflict"
    TOO_MANY_REQUESTS = "TooManyRequests"
    INTERNAL_SERVER_ERROR = "InternalServerError"
    INSUFFICIENT_RIGHTS = "InsufficientRights"
    METHOD_NOT_ALLOWED = "MethodNotAllowed"
    UNAUTHORIZED = "Unauthorized"
    UNPROCESSABLE_ENTITY = "UnprocessableEntity"
    NOT_IMPLEMENTED = "NotImplemented"
    WEB_EXCEPTION_PROTOCOL_ERROR = "WebExceptionProtocolError"
    INVALID_ANCHOR = "InvalidAnchor"
    MANDATORY_FIELDS_MISSING = "MandatoryFieldsMissing"
    INTERNAL_ERROR = "InternalError"
    TIMEOUT = "Timeout"
    DUPLICATE_TARGET_ENTRIES = "DuplicateTargetEntries"
    DUPLICATE_SOURCE_ENTRIES = "DuplicateSourceEntries"
    MULTIPLE_ENTRIES_IN_RESPONSE = "SystemForCrossDomainIdentityManagementMultipleEntriesInResponse"
    SERVICE_INCOMPATIBLE = "SystemForCrossDomainIdentityManagementServiceIncompatible"
    SERVICE_INCOMPATIBLE_FILTERING = (
        "SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering"
    )
    UNABLE_TO_RESOLVE_REFERENCE = "UnableToResolveReferenceAttributeValue"


class ExportFailure(Exception):
    """One object cannot be provisioned now. The cycle goes on with the next."""

    def __init__(self, code: str, reason: str, *, retry_after: str | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.retry_after = retry_after


_BY_STATUS: Final = {
    401: ErrorCode.UNAUTHORIZED,
    403: ErrorCode.INSUFFICIENT_RIGHTS,
    404: ErrorCode.SERVICE_INCOMPATIBLE,
    405: ErrorCode.METHOD_NOT_ALLOWED,
    408: ErrorCode.TIMEOUT,
    409: ErrorCode.CONFLICT,
    422: ErrorCode.UNPROCESSABLE_ENTITY,
    429: ErrorCode.TOO_MANY_REQUESTS,
    501: ErrorCode.NOT_IMPLEMENTED,
    504: ErrorCode.TIMEOUT,
}

_BY_FAULT: Final = {
    Fault.CONNECT: ErrorCode.WEB_EXCEPTION_PROTOCOL_ERROR,
    Fault.RESOLVE: ErrorCode.WEB_EXCEPTION_PROTOCOL_ERROR,
    Fault.TLS: ErrorCode.WEB_EXCEPTION_PROTOCOL_ERROR,
    Fault.RESET: ErrorCode.WEB_EXCEPTION_PROTOCOL_ERROR,
    Fault.TIMEOUT: ErrorCode.TIMEOUT,
}


def refused(request: ScimRequest, response: ScimResponse) -> ExportFailure:
    """The failure that a refused or broken exchange amounts to, with the server's own words."""
    if response.fault is not None:
        reason = f"{request.method} {request.path}: {response.fault}"
        return ExportFailure(_BY_FAULT[response.fault], reason)
    said = f": {response.detail}" if response.detail else ""
    reason = f"{request.method} {request.path} was answered with {response.status}{said}"
    retry_after = response.headers.get("retry-after")
    return ExportFailure(_code(request, response), reason, retry_after=retry_after)


def _code(request: ScimRequest, response: ScimResponse) -> ErrorCode:
    status = response.status
    if status == 409 and request.method == "GET":  # noqa: PLR2004
        # Seen in https://learn.microsoft.com/answers/questions/1185756
        return ErrorCode.SERVICE_INCOMPATIBLE_FILTERING
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    # A 400 is logged as incompatible too: https://github.com/Budibase/budibase/issues/15369
    server_fault = status >= 500  # noqa: PLR2004
    return ErrorCode.INTERNAL_SERVER_ERROR if server_fault else ErrorCode.SERVICE_INCOMPATIBLE
