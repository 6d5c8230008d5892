"""Exchanges: what went over the wire, in wire order, without secrets."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from entrasim.scim.messages import ScimRequest, ScimResponse


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request with its answer.

    `started` is real time; `seconds` how long the answer took. `body` is what was sent, `content`
    what came back. The Authorization header is not kept.
    """

    number: int
    started: datetime
    seconds: float
    url: str
    request: ScimRequest
    body: bytes
    response: ScimResponse
    content: bytes


Observer = Callable[[Exchange], None]
