import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import httpx
import orjson
import pytest

from entrasim_kit.scim_server.app import App
from entrasim_kit.scim_server.child import EmbeddedServer
from entrasim_kit.scim_server.config import Base, ServerConfig

TOKEN = "entrasim_a-token-for-tests"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return orjson.loads(self.body)


class InProcess:
    """Talks ASGI to an application, without a socket."""

    def __init__(self, app: App) -> None:
        self.app = app

    def request(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: dict[str, str] | None = None,
        base: str = "/scim/v2",
        token: str | None = TOKEN,
        **parameters: Any,
    ) -> Answer:
        sent = {"host": "scim.example", **(headers or {})}
        if token is not None:
            sent["authorization"] = f"Bearer {token}"
        content = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        scope = {
            "type": "http",
            "method": method,
            "scheme": "https",
            "path": base + path,
            "query_string": urlencode(parameters).encode(),
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
            "server": ("127.0.0.1", 80),
        }
        messages: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": content, "more_body": False}

        async def send(message: Any) -> None:
            messages.append(message)

        asyncio.run(self.app(scope, receive, send))
        start, end = messages
        headers_back = {name.decode(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], headers_back, end["body"])

    def create(self, endpoint: str, **attributes: Any) -> str:
        """Create a resource and return its id."""
        answer = self.request("POST", f"/{endpoint}", attributes)
        assert answer.status == 201, answer.body
        resource_id: str = answer.json["id"]
        return resource_id

    def attributes(self, path: str) -> dict[str, Any]:
        """The attributes of a resource, without what the server adds."""
        document: dict[str, Any] = self.request("GET", path).json
        return {
            name: value for name, value in document.items() if name not in ("schemas", "id", "meta")
        }


class Clock:
    """Stands still until told otherwise."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def in_process() -> type[InProcess]:
    """What talks to an application without a socket."""
    return InProcess


@pytest.fixture
def serve_in_process(clock: Clock) -> Callable[..., InProcess]:
    """Serve bases, one of the usual kind unless others are given."""

    def serve(*bases: Base, **options: Any) -> InProcess:
        config = ServerConfig(bases=bases or (Base(tokens=(TOKEN,)),), seed="tests", **options)
        return InProcess(App(config, clock=clock))

    return serve


@pytest.fixture
def scim(serve_in_process: Callable[..., InProcess]) -> InProcess:
    return serve_in_process()


@pytest.fixture(scope="session")
def running_server() -> Iterator[EmbeddedServer]:
    with EmbeddedServer(seed="tests") as server:
        yield server


@pytest.fixture
def server(running_server: EmbeddedServer) -> EmbeddedServer:
    running_server.reset()
    return running_server


@pytest.fixture
def client(server: EmbeddedServer) -> Iterator[httpx.Client]:
    url, token = server.access()
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=url, headers=headers, trust_env=False) as client:
        yield client


@pytest.fixture
def patch_body() -> Callable[[list[Any]], dict[str, Any]]:
    """The body for operations written as `(op, path, value)` or `(op, path)`."""

    def operation(sent: Any) -> Any:
        if not isinstance(sent, tuple):
            return sent
        op, path, *value = sent
        named = {"op": op, "path": path, **({"value": value[0]} if value else {})}
        return {name: part for name, part in named.items() if name == "value" or part is not None}

    def body(operations: list[Any]) -> dict[str, Any]:
        schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"]
        return {"schemas": schemas, "Operations": [operation(each) for each in operations]}

    return body
