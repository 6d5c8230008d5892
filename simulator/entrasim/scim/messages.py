"""Requests and responses as values. The core makes the one and reads the other; `wire` sends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Purpose(StrEnum):
    """Why a request is sent. Probes are counted apart from the work they precede."""

    PROBE = "probe"
    MATCH = "match"
    READ = "read"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


class Fault(StrEnum):
    """Why no usable response came back."""

    CONNECT = "the connection was refused"
    RESOLVE = "the host name could not be resolved"
    TLS = "the TLS handshake failed"
    TIMEOUT = "no answer came in time"
    RESET = "the connection was closed before the answer was complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScimRequest:
    """One request, relative to the tenant URL.

    `path` is percent-encoded (`/Users/2819c223`), `query` too (`filter=userName+eq+%22...%22`).
    """

    method: str
    path: str
    purpose: Purpose
    query: str = ""
    body: Mapping[str, Any] | None = None

    @property
    def operation(self) -> str:
        """Method and endpoint without the id, as expectations count them: `PATCH /Users`."""
        return f"{self.method} /{self.path.split('/', 2)[1]}"

    def __str__(self) -> str:
        return f"{self.method} {self.path}{'?' if self.query else ''}{self.query}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScimResponse:
    """What came back: a status with a body, or the fault that kept it from coming.

    `body` is the parsed JSON, or None; `excerpt` shows the beginning of a body that is not JSON.
    Header names are in lower case.
    """

    status: int = 0
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    excerpt: str = ""
    fault: Fault | None = None
    fault_detail: str = ""

    @property
    def ok(self) -> bool:
        """Whether the server says that it did what was asked."""
        return self.fault is None and 200 <= self.status < 300  # noqa: PLR2004

    @property
    def is_json(self) -> bool:
        """Whether the body is a JSON object."""
        return isinstance(self.body, Mapping)

    @property
    def detail(self) -> str:
        """The server's own words on an error (RFC 7644, section 3.12), or the start of its body."""
        if isinstance(self.body, Mapping):
            return str(self.body.get("detail") or self.body.get("scimType") or "")
        return self.excerpt
