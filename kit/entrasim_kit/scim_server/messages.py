"""Requests and responses, as everything inside the server sees them.

A handler answers a request. A layer puts something around a handler: it may look at the request
or change it, answer in its place, wait, or change the answer. Authentication is a layer; so is
whatever makes a server misbehave on purpose.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson

from entrasim_kit.scim_server.errors import InvalidSyntax

SCIM_JSON: Final = b"application/scim+json; charset=utf-8"
PLAIN_TEXT: Final = b"text/plain; charset=utf-8"

Header = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request to a base path.

    `path` is what follows the base path (`/Users/2819c223`), decoded; `base_url` is how the
    client addresses the base path; header names are in lower case.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[bytes, bytes]
    body: bytes = b""
    base_url: str

    @property
    def parameters(self) -> dict[str, str]:
        """The parameters of the query; of equal names the last counts."""
        return dict(parse_qsl(self.query, keep_blank_values=True)) if self.query else {}

    def json(self) -> dict[str, Any]:
        """The body, which has to be a JSON object. Its content type does not matter.

        Raises:
            InvalidSyntax: it is none, or one that could not be written again.
        """
        try:
            body = orjson.loads(self.body)
            orjson.dumps(body)  # which allows less nesting than reading does
        except orjson.JSONDecodeError as error:
            raise InvalidSyntax(f"the body is not JSON: {error}") from None
        except orjson.JSONEncodeError:
            raise InvalidSyntax("the body is nested too deeply") from None
        if not isinstance(body, dict):
            raise InvalidSyntax("the body is not a JSON object")
        return body


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One answer."""

    status: int
    body: bytes = b""
    content_type: bytes = SCIM_JSON
    headers: tuple[Header, ...] = ()


Handler = Callable[[Request], Awaitable[Response]]
Layer = Callable[[Handler], Handler]
