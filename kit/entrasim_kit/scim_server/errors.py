"""Refusals: each knows its status and its scimType (RFC 7644, section 3.12).

ScimError
  InvalidSyntax, InvalidFilter, InvalidPath, InvalidValue, NoTarget, NotMutable   400
  Unauthorized                                                                    401
  FilterForbidden                                                                 403
  NotFound                                                                        404
  MethodNotAllowed                                                                405
  NotUnique                                                                       409
  VersionMismatch                                                                 412
  BodyTooLarge                                                                    413
  StorageFailure                                                                  500
"""

from collections.abc import Sequence
from typing import Any, ClassVar

import orjson

from entrasim_kit.scim_server import urns


class ScimError(Exception):
    """The request is refused; `detail` tells the client why."""

    status: ClassVar[int] = 400
    scim_type: ClassVar[str | None] = None

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail

    @property
    def headers(self) -> tuple[tuple[bytes, bytes], ...]:
        """Headers that belong to the answer."""
        return ()

    @property
    def body(self) -> bytes:
        """The SCIM error message; `status` is a string there."""
        message: dict[str, Any] = {"schemas": [urns.ERROR], "status": str(self.status)}
        if self.scim_type is not None:
            message["scimType"] = self.scim_type
        return orjson.dumps({**message, "detail": self.detail})


class InvalidSyntax(ScimError):
    """The body is no JSON object, or does not have the form of its message or schema."""

    scim_type = "invalidSyntax"


class InvalidFilter(ScimError):
    """The filter cannot be read, or compares what cannot be compared."""

    scim_type = "invalidFilter"


class InvalidPath(ScimError):
    """The path of a PATCH operation cannot be read, or names no attribute."""

    scim_type = "invalidPath"


class InvalidValue(ScimError):
    """A required value is missing, or a value does not fit its attribute."""

    scim_type = "invalidValue"


class NoTarget(ScimError):
    """The path of a PATCH operation selects nothing that could be changed."""

    scim_type = "noTarget"


class NotMutable(ScimError):
    """The attribute is not the client's to change."""

    scim_type = "mutability"


class Unauthorized(ScimError):
    """The bearer token is missing or wrong."""

    status = 401

    @property
    def headers(self) -> tuple[tuple[bytes, bytes], ...]:
        """What is expected instead (RFC 6750, section 3)."""
        return ((b"www-authenticate", b"Bearer"),)


class FilterForbidden(ScimError):
    """Discovery endpoints take no filter (RFC 7644, section 4)."""

    status = 403


class NotFound(ScimError):
    """No such resource or endpoint."""

    status = 404


class MethodNotAllowed(ScimError):
    """The endpoint exists, the method does not apply to it."""

    status = 405

    def __init__(self, method: str, path: str, allowed: Sequence[str]) -> None:
        super().__init__(f"{method} does not apply to {path}; use {' or '.join(allowed)}")
        self._allowed = ", ".join(allowed)

    @property
    def headers(self) -> tuple[tuple[bytes, bytes], ...]:
        """What applies (RFC 9110, section 15.5.6)."""
        return ((b"allow", self._allowed.encode()),)


class NotUnique(ScimError):
    """Another resource has the value already."""

    status = 409
    scim_type = "uniqueness"


class VersionMismatch(ScimError):
    """The resource is no longer the one that If-Match names."""

    status = 412


class BodyTooLarge(ScimError):
    """The body is longer than the server reads."""

    status = 413


class StorageFailure(ScimError):
    """The data file cannot be written: the request has changed nothing."""

    status = 500
