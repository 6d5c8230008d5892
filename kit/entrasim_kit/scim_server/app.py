"""The ASGI application: HTTP on one side, base paths with their handlers on the other."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache, reduce
from typing import Any, Final

from entrasim_kit.scim_server.authentication import bearer_tokens
from entrasim_kit.scim_server.clock import Clock, real_time
from entrasim_kit.scim_server.config import Base, ServerConfig, ServerError
from entrasim_kit.scim_server.data_file import DataFile
from entrasim_kit.scim_server.errors import BodyTooLarge, ScimError
from entrasim_kit.scim_server.identifiers import Identifiers
from entrasim_kit.scim_server.journal import NoJournal
from entrasim_kit.scim_server.messages import PLAIN_TEXT, Handler, Layer, Request, Response
from entrasim_kit.scim_server.preload import load_file
from entrasim_kit.scim_server.schemas.resource_type import GROUP, GROUP_WITH_DUPLICATES, USER
from entrasim_kit.scim_server.service_provider import ServiceProvider, refusal
from entrasim_kit.scim_server.store import Store

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

MAX_BODY: Final = 8 * 1024 * 1024
"""Enough for a PUT of a group with 100,000 members."""

_BODILESS: Final = frozenset({"GET", "HEAD", "DELETE"})
_NO_CONTENT: Final = frozenset({204, 304})
_HOST: Final = re.compile(rb"[\w.:\[\]-]+")


class App:
    """Serves every base path of a configuration, each with its own store and tokens."""

    def __init__(self, config: ServerConfig, *, clock: Clock = real_time) -> None:
        """Open the data file and load what is to be there from the beginning.

        Raises:
            ServerError: a file cannot be used.
        """
        self._seed = config.seed
        self._clock = clock
        self._data = DataFile(config.data) if config.data is not None else None
        self._stores: dict[str, Store] = {}
        self._handlers: dict[str, Handler] = {}
        try:
            for base in config.bases:
                self.add_base(base)
            if config.load is not None:
                load_file(config.load, self._stores[config.bases[0].path])
        except ServerError:
            self.close()
            raise

    def add_base(self, base: Base) -> None:
        """Serve another base path.

        Raises:
            ServerError: it is served already.
        """
        if base.path in self._handlers:
            raise ServerError(f"the base path {base.path} is served already")
        kinds = (USER, GROUP if base.unique_group_names else GROUP_WITH_DUPLICATES)
        store = Store(
            kinds,
            journal=NoJournal() if self._data is None else self._data.journal(base.path),
            clock=self._clock,
            identifiers=Identifiers(self._seed and f"{self._seed}{base.path}"),
        )
        self._stores[base.path] = store
        layers = [bearer_tokens(base.tokens)]
        self._handlers[base.path] = _layered(ServiceProvider(store, kinds), layers)

    def reset(self, path: str | None = None) -> None:
        """Forget all resources below one base path, or below all.

        Raises:
            ServerError: the base path is not served.
        """
        if path is not None and path not in self._stores:
            raise ServerError(f"the base path {path} is not served")
        for each in self._stores if path is None else [path]:
            self._stores[each].clear()

    def close(self) -> None:
        """Let go of the data file."""
        if self._data is not None:
            self._data.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        assert scope["type"] == "http"
        try:
            response = await self._respond(scope, receive)
        except ScimError as error:
            response = refusal(error)
        except _Disconnected:
            return
        await _send(response, send)

    async def _respond(self, scope: Scope, receive: Receive) -> Response:
        path: str = scope["path"]
        base = self._base_of(path)
        if base is None:
            return _HEALTHY if path == "/healthz" else _NOT_FOUND
        headers = dict(scope["headers"])
        method: str = scope["method"]
        body = b"" if method in _BODILESS else await _body(receive)
        request = Request(
            method=method,
            path=path[len(base) :],
            query=scope["query_string"].decode("latin-1"),
            headers=headers,
            body=body,
            base_url=_origin(scope["scheme"], headers.get(b"host"), scope["server"]) + base,
        )
        return await self._handlers[base](request)

    def _base_of(self, path: str) -> str | None:
        """The longest base path that `path` is at or below."""
        while path and path not in self._handlers:
            path = path.rpartition("/")[0]
        return path or None


_HEALTHY: Final = Response(status=200, body=b"ok", content_type=PLAIN_TEXT)
_NOT_FOUND: Final = Response(status=404, body=b"Not Found", content_type=PLAIN_TEXT)
"""Outside of all base paths, on purpose no SCIM error: so a wrong tenant URL can be told."""


class _Disconnected(Exception):
    """The client is gone before its request was complete."""


def _layered(handler: Handler, layers: Sequence[Layer]) -> Handler:
    """The handler with all layers around it, the first outermost."""
    return reduce(lambda inner, layer: layer(inner), reversed(layers), handler)


async def _body(receive: Receive) -> bytes:
    """The body; one that is too long is read to its end, so that the client gets to its answer."""
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Disconnected
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= MAX_BODY:
            chunks.append(chunk)
        more = message.get("more_body", False)
    if size > MAX_BODY:
        raise BodyTooLarge(f"a request has at most {MAX_BODY} bytes")
    return b"".join(chunks)


async def _send(response: Response, send: Send) -> None:
    headers = list(response.headers)
    if response.status not in _NO_CONTENT:
        headers.append((b"content-type", response.content_type))
        headers.append((b"content-length", str(len(response.body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})


@lru_cache(maxsize=64)
def _origin(scheme: str, host: bytes | None, server: tuple[str, int]) -> str:
    """How the client addresses this server; without a sensible Host header, by its socket."""
    if host is not None and _HOST.fullmatch(host):
        return f"{scheme}://{host.decode()}"
    return f"{scheme}://{server[0]}:{server[1]}"
