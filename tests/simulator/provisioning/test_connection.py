"""Test Connection: what an answer says to a person."""

import pytest
from tests.simulator.provisioning.world import MemoryTarget, World

from entrasim.provisioning import connection
from entrasim.provisioning.connection import ConnectionVerdict
from entrasim.provisioning.settings import ProvisioningSettings
from entrasim.scim.messages import Fault, ScimRequest, ScimResponse

ERROR = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "detail": "no such user"}
HTML = {"content-type": "text/html"}
USERS = "GET /Users was answered with"
BASE = "Check that tenantUrl is the base of a SCIM 2.0 service, not a web page in front of it"

ANSWERS = [
    ("good", ScimResponse(status=200, body={"totalResults": 0}), "Success", "Success"),
    (
        "wrong token",
        ScimResponse(status=401, body={"detail": "token"}),
        "Unauthorized",
        f"{USERS} 401: token. Check secretToken: enter the token alone, without the word Bearer",
    ),
    (
        "no right",
        ScimResponse(status=403),
        "Unauthorized",
        f"{USERS} 403. The token is known but may not read users and groups; give it that right",
    ),
    (
        "wrong URL",
        ScimResponse(status=404, headers=HTML, excerpt="<html>"),
        "WrongUrl",
        f"{USERS} 404. Check the path of tenantUrl: /Users and /Groups are appended to it",
    ),
    (
        "404 for nothing",
        ScimResponse(status=404, body=ERROR),
        "NotFoundInsteadOfEmptyList",
        f"{USERS} 404 and a SCIM error, although a query without hits is no error. "
        "The server must answer 200 with a ListResponse whose totalResults is 0",
    ),
    (
        "HTML",
        ScimResponse(status=200, headers=HTML, excerpt="<html>"),
        "NotScim",
        f"{USERS} 200 and no JSON (text/html). {BASE}",
    ),
    (
        "other JSON",
        ScimResponse(status=200, body={"users": []}),
        "NotScim",
        f"{USERS} 200 and JSON that is no ListResponse. {BASE}",
    ),
    (
        "redirect",
        ScimResponse(status=302, headers={"location": "https://lumen.example/login"}),
        "Redirected",
        f"{USERS} 302. Redirects are not followed; enter the final address "
        "(https://lumen.example/login) as tenantUrl",
    ),
    (
        "server error",
        ScimResponse(status=503, body={"detail": "busy"}),
        "ServerError",
        f"{USERS} 503: busy. Look into the log of the server",
    ),
    (
        "TLS",
        ScimResponse(fault=Fault.TLS, fault_detail="self-signed certificate"),
        "TlsFault",
        "the TLS handshake failed (self-signed certificate). "
        "Check the certificate; --ca FILE trusts a private authority",
    ),
    (
        "timeout",
        ScimResponse(fault=Fault.TIMEOUT),
        "Timeout",
        "no answer came in time. Look why the server is slow, or raise the setting requestTimeout",
    ),
]


@pytest.mark.parametrize(
    ("answer", "verdict", "words"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS]
)
def test_what_an_answer_says(answer: ScimResponse, verdict: str, words: str) -> None:
    world = World(target=MemoryTarget(lambda _: answer))
    asked = connection.test_connection(world.configuration, lambda: 0.5)

    try:
        request = next(asked)
        while True:
            request = asked.send(world.target(request))
    except StopIteration as done:
        result = done.value

    assert result.verdict is ConnectionVerdict(verdict)
    assert str(result) == words


@pytest.mark.parametrize(("probes", "asked"), [(True, ["/Users", "/Groups"]), (False, ["/Users"])])
def test_the_group_half_is_a_setting(probes: bool, asked: list[str]) -> None:
    seen: list[str] = []

    def answer(request: ScimRequest) -> None:
        seen.append(request.path)

    world = World(settings=ProvisioningSettings(group_probe=probes), target=MemoryTarget(answer))

    world.cycle()

    assert seen == asked
