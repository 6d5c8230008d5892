"""The driver: it performs the requests that the core asks for, over HTTP.

It has a thread with an event loop of its own, so that it works inside a running one, and one
httpx client per worker with a single connection each: one shared client would scan its whole pool
for every request. Outcomes are handed back in the order of the tasks, whatever the concurrency.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ssl import SSLContext
from time import perf_counter
from typing import Any, Final, Self, TypeVar

import httpx
import orjson

from entrasim.provisioning.cycle import Phase
from entrasim.provisioning.settings import ProvisioningSettings
from entrasim.provisioning.throttling import wait_before_retry
from entrasim.scim.messages import ScimRequest, ScimResponse
from entrasim.wire.recording import Exchange, Observer
from entrasim.wire.tls import no_tls
from entrasim.wire.transport_faults import fault_response

T = TypeVar("T")
Task = Generator[ScimRequest, ScimResponse, T]

SCIM_JSON: Final = "application/scim+json; charset=utf-8"
"""As seen on the wire: https://github.com/MicrosoftDocs/azure-docs/issues/12728."""

EXCERPT: Final = 200
"""How many characters of a body that is not JSON are shown to people."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where requests go: the base URL, the token, and what the tenant URL's flags add."""

    base_url: str
    token: str
    query: str = ""


@dataclass(frozen=True, slots=True)
class DriverOptions:
    """How the driver connects.

    `tls` verifies targets over https; by default none is trusted. `transport` makes another
    transport than httpx's own, for each worker. `sleep` waits for a Retry-After, in seconds.
    """

    tls: SSLContext = field(default_factory=no_tls)
    transport: Callable[[], httpx.AsyncBaseTransport] | None = None
    sleep: Callable[[float], Coroutine[Any, Any, None]] = field(default=asyncio.sleep)


class Driver:
    """Performs tasks: generators that yield requests and are sent responses."""

    def __init__(self, options: DriverOptions | None = None) -> None:
        self._options = options or DriverOptions()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="entrasim-driver", daemon=True
        )
        self._thread.start()
        self._idle: list[httpx.AsyncClient] = []
        self._sent = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections and end the thread."""
        if self._loop.is_closed():
            return
        self._run(self._close_clients())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close_clients(self) -> None:
        while self._idle:
            await self._idle.pop().aclose()

    def complete(
        self,
        task: Task[T],
        endpoint: Endpoint,
        settings: ProvisioningSettings,
        observer: Observer | None = None,
    ) -> T:
        """Perform one task and return what it returns."""
        outcome: list[T] = []
        self.perform(Phase("one", [task], outcome.append), endpoint, settings, observer)
        return outcome[0]

    def perform(
        self,
        phase: Phase,
        endpoint: Endpoint,
        settings: ProvisioningSettings,
        observer: Observer | None = None,
    ) -> None:
        """Perform the tasks of a phase, `phase.concurrency` at a time.

        `phase.accept` takes the outcomes one by one, in the order of the tasks. A Ctrl-C ends the
        requests under way and is raised again.
        """
        self._run(_Performance(self, phase, endpoint, settings, observer).run())

    def _run(self, coroutine: Coroutine[Any, Any, None]) -> None:
        ended = threading.Event()

        async def run() -> None:
            try:
                await coroutine
            finally:
                ended.set()

        future = asyncio.run_coroutine_threadsafe(run(), self._loop)
        try:
            future.result()
        except BaseException:
            future.cancel()
            ended.wait()
            raise

    @asynccontextmanager
    async def client(self, patience: timedelta) -> AsyncIterator[httpx.AsyncClient]:
        """A client with one connection that nobody else uses meanwhile."""
        client = self._idle.pop() if self._idle else self._new_client()
        client.timeout = httpx.Timeout(patience.total_seconds())
        try:
            yield client
        finally:
            self._idle.append(client)

    def _new_client(self) -> httpx.AsyncClient:
        make = self._options.transport
        return httpx.AsyncClient(
            transport=make() if make else None,
            verify=self._options.tls,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
            trust_env=False,
            follow_redirects=False,
        )

    async def sleep(self, delay: timedelta) -> None:
        """Wait as long as a server asked for."""
        await self._options.sleep(delay.total_seconds())

    def next_number(self) -> int:
        """The number of the next exchange, in the order in which requests are sent."""
        self._sent += 1
        return self._sent


class _Performance:
    """One phase being performed."""

    def __init__(
        self,
        driver: Driver,
        phase: Phase,
        endpoint: Endpoint,
        settings: ProvisioningSettings,
        observer: Observer | None,
    ) -> None:
        self._driver = driver
        self._endpoint = endpoint
        self._settings = settings
        self._observer = observer
        self._accept = phase.accept
        self._workers = phase.concurrency
        self._tasks = enumerate(phase.tasks)
        self._done: dict[int, Any] = {}
        self._next = 0
        authorization = f"Bearer {endpoint.token}"
        self._headers = [("Authorization", authorization)]
        self._headers_with_body = [*self._headers, ("Content-Type", SCIM_JSON)]

    async def run(self) -> None:
        """Let the workers take task after task until none is left."""
        if self._workers == 1:
            await self._work()
            return
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self._workers):
                    group.create_task(self._work())
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from None

    async def _work(self) -> None:
        async with self._driver.client(self._settings.request_timeout) as client:
            for position, task in self._tasks:
                self._done[position] = await self._complete(client, task)
                self._hand_over()

    def _hand_over(self) -> None:
        while self._next in self._done:
            self._accept(self._done.pop(self._next))
            self._next += 1

    async def _complete(self, client: httpx.AsyncClient, task: Task[Any]) -> Any:
        try:
            request = next(task)
            while True:
                request = task.send(await self._exchange(client, request))
        except StopIteration as end:
            return end.value

    async def _exchange(self, client: httpx.AsyncClient, request: ScimRequest) -> ScimResponse:
        """Send a request, again after a Retry-After, until it is answered for good."""
        waited = timedelta(0)
        while True:
            response = await self._send(client, request)
            delay = wait_before_retry(response, self._settings, waited=waited)
            if delay is None:
                return response
            waited += delay
            await self._driver.sleep(delay)

    async def _send(self, client: httpx.AsyncClient, request: ScimRequest) -> ScimResponse:
        number = self._driver.next_number() if self._observer else 0
        url = self._url(request)
        body = b"" if request.body is None else orjson.dumps(request.body)
        headers = self._headers if request.body is None else self._headers_with_body
        content, started = b"", perf_counter()
        try:
            message = httpx.Request(request.method, url, headers=headers, content=body or None)
            message.extensions["timeout"] = client.timeout.as_dict()
            answer = await client.send(message)
            content = answer.content
            response = read_response(answer.status_code, answer.headers, content)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            response = fault_response(error)
        if self._observer is not None:
            seconds = perf_counter() - started
            self._observer(
                Exchange(
                    number=number,
                    started=datetime.now(UTC) - timedelta(seconds=seconds),
                    seconds=seconds,
                    url=url,
                    request=request,
                    body=body,
                    response=response,
                    content=content,
                )
            )
        return response

    def _url(self, request: ScimRequest) -> str:
        query = "&".join(part for part in (self._endpoint.query, request.query) if part)
        return f"{self._endpoint.base_url}{request.path}{'?' if query else ''}{query}"


def read_response(status: int, received: httpx.Headers, content: bytes) -> ScimResponse:
    """An answer of the server as a value.

    Its body is parsed when the content type says that it is JSON; of anything else the beginning
    is kept, for people.
    """
    headers = {name.lower(): value for name, value in received.items()}
    media_type = headers.get("content-type", "").partition(";")[0].strip()
    if content and media_type.endswith("json"):
        try:
            return ScimResponse(status=status, headers=headers, body=orjson.loads(content))
        except orjson.JSONDecodeError:
            pass
    excerpt = " ".join(content[:1000].decode("utf-8", errors="replace").split())[:EXCERPT]
    return ScimResponse(status=status, headers=headers, excerpt=excerpt)
