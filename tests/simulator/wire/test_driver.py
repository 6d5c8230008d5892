"""The driver against real sockets."""

import asyncio
import json
import ssl
import threading
from collections.abc import Generator, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import trustme
from tests.simulator.wire.servers import (
    EMPTY_LIST,
    SCIM,
    Received,
    Reply,
    http_server,
    raw_server,
    unused_port,
)

from entrasim.provisioning.cycle import Phase
from entrasim.provisioning.settings import ProvisioningSettings
from entrasim.scim import requests
from entrasim.scim.messages import Fault, Purpose, ScimRequest, ScimResponse
from entrasim.scim.path import parse_path
from entrasim.wire.driver import Driver, DriverOptions, Endpoint
from entrasim.wire.recording import Exchange
from entrasim.wire.tls import tls_context

SETTINGS = ProvisioningSettings(request_timeout=timedelta(seconds=5))
USER_NAME = parse_path("userName")
FIND_ANA = requests.find("Users", USER_NAME, "ana@contoso.example")


@pytest.fixture
def driver() -> Iterator[Driver]:
    with Driver() as driver:
        yield driver


def ask(request: ScimRequest) -> Generator[ScimRequest, ScimResponse, ScimResponse]:
    return (yield request)


def respond(status: int, headers: dict[str, str], body: bytes) -> Any:
    return lambda _received: (status, headers, body)


def test_a_get_on_the_wire(driver: Driver) -> None:
    """Spaces as plus, quotes as %22, @ as %40; a bearer token; no User-Agent, nothing else."""
    with http_server(respond(200, SCIM, EMPTY_LIST)) as server:
        driver.complete(ask(FIND_ANA), Endpoint(f"{server.url}/scim", "t0k3n"), SETTINGS)
    (received,) = server.requests
    assert received.method == "GET"
    assert received.target == "/scim/Users?filter=userName+eq+%22ana%40contoso.example%22"
    assert received.headers == {
        "host": server.url.removeprefix("http://"),
        "authorization": "Bearer t0k3n",
    }


def test_a_post_on_the_wire(driver: Driver) -> None:
    body = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Zoë"}
    with http_server(respond(201, SCIM, b'{"id": "g-1"}')) as server:
        answer = driver.complete(
            ask(requests.create("Groups", body)), Endpoint(server.url, "t"), SETTINGS
        )
    (received,) = server.requests
    assert received.headers["content-type"] == "application/scim+json; charset=utf-8"
    assert json.loads(received.body) == body
    assert "Zoë".encode() in received.body
    assert (answer.status, answer.body) == (201, {"id": "g-1"})


def test_flags_are_sent_only_when_asked_for(driver: Driver) -> None:
    with http_server(respond(200, SCIM, EMPTY_LIST)) as server:
        for query in ("", "aadOptscim062020"):
            driver.complete(ask(FIND_ANA), Endpoint(server.url, "t", query), SETTINGS)
    bare, flagged = (each.target for each in server.requests)
    assert bare == "/Users?filter=userName+eq+%22ana%40contoso.example%22"
    assert flagged == "/Users?aadOptscim062020&filter=userName+eq+%22ana%40contoso.example%22"


ANSWERS = {
    "SCIM": (SCIM, b'{"a": 1}', ScimResponse(status=200, body={"a": 1})),
    "plain JSON": (
        {"Content-Type": "application/json; charset=utf-8"},
        b"[1]",
        ScimResponse(status=200, body=[1]),
    ),
    "HTML": (
        {"Content-Type": "text/html"},
        b"<html>\n  <b>Sign in</b></html>",
        ScimResponse(status=200, excerpt="<html> <b>Sign in</b></html>"),
    ),
    "broken JSON": (SCIM, b'{"a": ', ScimResponse(status=200, excerpt='{"a":')),
    "nothing": ({}, b"", ScimResponse(status=200)),
    "a long page": (
        {"Content-Type": "text/plain"},
        b"x" * 5000,
        ScimResponse(status=200, excerpt="x" * 200),
    ),
}


@pytest.mark.parametrize(("headers", "body", "expected"), ANSWERS.values(), ids=ANSWERS.keys())
def test_answers(
    driver: Driver, headers: dict[str, str], body: bytes, expected: ScimResponse
) -> None:
    with http_server(respond(200, headers, body)) as server:
        answer = driver.complete(ask(FIND_ANA), Endpoint(server.url, "t"), SETTINGS)
    assert answer.status == expected.status
    assert answer.body == expected.body
    assert answer.excerpt == expected.excerpt


def test_redirects_are_not_followed(driver: Driver) -> None:
    location = {"Location": "https://elsewhere.example/Users"}
    with http_server(respond(302, location, b"")) as server:
        answer = driver.complete(ask(FIND_ANA), Endpoint(server.url, "t"), SETTINGS)
    assert (answer.status, answer.headers["location"]) == (302, location["Location"])
    assert len(server.requests) == 1


def fault_of(driver: Driver, url: str, settings: ProvisioningSettings = SETTINGS) -> Fault | None:
    return driver.complete(ask(FIND_ANA), Endpoint(url, "t"), settings).fault


def test_nobody_listens(driver: Driver) -> None:
    assert fault_of(driver, f"http://127.0.0.1:{unused_port()}") is Fault.CONNECT


def test_a_host_that_does_not_exist(driver: Driver) -> None:
    assert fault_of(driver, "http://no-such-host.invalid") is Fault.RESOLVE


def test_a_server_that_hangs(driver: Driver) -> None:
    with raw_server(None) as url:
        impatient = ProvisioningSettings(request_timeout=timedelta(seconds=0.2))
        assert fault_of(driver, url, impatient) is Fault.TIMEOUT


@pytest.mark.parametrize(
    "answer",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", b"not HTTP at all\r\n\r\n"],
    ids=["closed at once", "truncated", "no HTTP"],
)
def test_answers_that_break_off(driver: Driver, answer: bytes) -> None:
    with raw_server(answer) as url:
        assert fault_of(driver, url) is Fault.RESET


def test_tls(driver: Driver) -> None:
    """A private authority is trusted when it is given, and refused otherwise."""
    authority = trustme.CA()
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(serving)
    with http_server(respond(200, SCIM, EMPTY_LIST), tls=serving) as server:
        assert fault_of(driver, server.url) is Fault.TLS
        with Driver(DriverOptions(tls=tls_context())) as trusting_the_public:
            assert fault_of(trusting_the_public, server.url) is Fault.TLS
        with (
            authority.cert_pem.tempfile() as ca,
            Driver(DriverOptions(tls=tls_context(ca=ca))) as trusting,
        ):
            assert fault_of(trusting, server.url) is None
        with Driver(DriverOptions(tls=tls_context(insecure=True))) as careless:
            assert fault_of(careless, server.url) is None


# -- retries -------------------------------------------------------------------------------------


def test_retry_after_is_waited_for(driver: Driver) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    throttled = iter([(429, {"Retry-After": "3"}, b""), (429, {"Retry-After": "4"}, b"")])
    with (
        http_server(lambda _: next(throttled, (200, SCIM, EMPTY_LIST))) as server,
        Driver(DriverOptions(sleep=sleep)) as patient,
    ):
        answer = patient.complete(ask(FIND_ANA), Endpoint(server.url, "t"), SETTINGS)
    assert (answer.status, waits, len(server.requests)) == (200, [3, 4], 3)


def test_patience_ends_at_the_cap() -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    with (
        http_server(respond(429, {"Retry-After": "4"}, b"")) as server,
        Driver(DriverOptions(sleep=sleep)) as patient,
    ):
        answer = patient.complete(ask(FIND_ANA), Endpoint(server.url, "t"), SETTINGS)
    assert (answer.status, waits, len(server.requests)) == (429, [4, 4], 3)


# -- order and concurrency -----------------------------------------------------------------------


def numbered(number: int) -> Generator[ScimRequest, ScimResponse, int]:
    yield requests.read("Users", str(number))
    return number


def test_outcomes_come_in_the_order_of_the_tasks() -> None:
    """Earlier tasks are answered later here, yet their outcomes come first."""
    barrier = threading.Barrier(5, timeout=5)
    turns = [threading.Event() for _ in range(5)]

    def reply(received: Received) -> Reply:
        number = int(received.target.rpartition("/")[2])
        barrier.wait()  # all five are under way at the same time
        if number < 4:
            assert turns[number + 1].wait(5)
        turns[number].set()
        return 200, SCIM, b'{"id": "1"}'

    taken: list[int] = []
    with http_server(reply) as server, Driver() as driver:
        phase = Phase("users", (numbered(n) for n in range(5)), taken.append, concurrency=5)
        driver.perform(phase, Endpoint(server.url, "t"), SETTINGS)
    assert taken == [0, 1, 2, 3, 4]


def test_one_connection_per_worker_is_kept_open(driver: Driver) -> None:
    taken: list[int] = []
    with http_server(respond(200, SCIM, b'{"id": "1"}')) as server:
        phase = Phase("users", (numbered(n) for n in range(60)), taken.append, concurrency=3)
        driver.perform(phase, Endpoint(server.url, "t"), SETTINGS)
        assert taken == list(range(60))
        assert len(server.connections) == 3


def test_tasks_are_made_as_they_are_needed(driver: Driver) -> None:
    """A phase of a million tasks must not be built before the first one runs."""
    made = 0

    def tasks() -> Iterator[Generator[ScimRequest, ScimResponse, int]]:
        nonlocal made
        for number in range(10):
            made += 1
            yield numbered(number)

    made_when_taken: list[int] = []
    with http_server(respond(200, SCIM, b'{"id": "1"}')) as server:
        phase = Phase("users", tasks(), lambda _: made_when_taken.append(made))
        driver.perform(phase, Endpoint(server.url, "t"), SETTINGS)
    assert made_when_taken == list(range(1, 11))


def test_a_mistake_of_ours_is_raised(driver: Driver) -> None:
    def broken() -> Generator[ScimRequest, ScimResponse, None]:
        yield FIND_ANA
        raise ZeroDivisionError

    with http_server(respond(200, SCIM, EMPTY_LIST)) as server:
        for workers in (1, 3):
            phase = Phase("users", [broken()], lambda _: None, concurrency=workers)
            with pytest.raises(ZeroDivisionError):
                driver.perform(phase, Endpoint(server.url, "t"), SETTINGS)


def test_it_works_inside_a_running_event_loop(driver: Driver) -> None:
    async def inside() -> int:
        with http_server(respond(200, SCIM, EMPTY_LIST)) as server:
            return driver.complete(ask(FIND_ANA), Endpoint(server.url, "t"), SETTINGS).status

    assert asyncio.run(inside()) == 200


def test_another_transport_can_be_put_in() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer t"
        return httpx.Response(200, headers=SCIM, content=EMPTY_LIST)

    options = DriverOptions(transport=lambda: httpx.MockTransport(answer))
    with Driver(options) as driver:
        response = driver.complete(ask(FIND_ANA), Endpoint("http://any.example", "t"), SETTINGS)
    assert response.status == 200


# -- recording -----------------------------------------------------------------------------------


def test_exchanges_are_recorded_without_the_token(driver: Driver) -> None:
    seen: list[Exchange] = []
    create = requests.create("Users", {"userName": "ana"})
    with http_server(respond(201, SCIM, b'{"id": "u-1"}')) as server:
        endpoint = Endpoint(server.url, "t0k3n")
        driver.complete(ask(create), endpoint, SETTINGS, seen.append)
        driver.complete(ask(FIND_ANA), endpoint, SETTINGS)  # nobody watches this one
        driver.complete(ask(FIND_ANA), endpoint, SETTINGS, seen.append)
    first, second = seen
    assert (first.number, second.number) == (1, 2)
    assert first.request is create
    assert first.body == b'{"userName":"ana"}'
    assert first.content == b'{"id": "u-1"}'
    assert first.url == f"{server.url}/Users"
    assert second.request.purpose is Purpose.MATCH
    assert first.seconds > 0
    assert "t0k3n" not in repr(seen)
