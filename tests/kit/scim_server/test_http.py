"""The server over real sockets: authentication, routes, methods, limits, concurrency."""

import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from scim2_models import Error

from entrasim_kit.scim_server.app import MAX_BODY

ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
USER = {"userName": "ana@contoso.example"}


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer wrong", "Basic {token}", "{token}", "Bearer {token}x"],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/Users"), ("POST", "/Users"), ("GET", "/Schemas"), ("GET", "/nothing"), ("PUT", "")],
)
def test_without_the_token_everything_is_unauthorized(
    server: Any, authorization: str | None, method: str, path: str
):
    url, token = server.access()
    headers = {}
    if authorization is not None:
        headers["Authorization"] = authorization.format(token=token)
    answer = httpx.request(method, url + path, headers=headers, trust_env=False)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/scim+json; charset=utf-8"
    assert answer.json() == {
        "schemas": [ERROR],
        "status": "401",
        "detail": "the bearer token is missing or wrong",
    }
    assert token not in answer.text


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_read_in_any_case(server: Any, scheme: str):
    url, token = server.access()
    headers = {"Authorization": f"{scheme} {token}"}
    assert httpx.get(f"{url}/Users", headers=headers, trust_env=False).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/scim", "/scim/v1/Users", "/Users", "/scim/v2x/Users", "/apps/none/scim/v2/Users"],
)
def test_outside_of_all_bases_not_found_is_no_scim_error(server: Any, client: Any, path: str):
    answer = client.get(f"http://127.0.0.1:{server.port}{path}")
    assert (answer.status_code, answer.text) == (404, "Not Found")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("path", ["/", "/users", "/Users/1/2", "/Things", "/Bulk", "/Me"])
def test_inside_of_a_base_not_found_is_a_scim_error(client: httpx.Client, path: str):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/scim+json; charset=utf-8"
    Error.model_validate(answer.json())
    assert answer.json()["detail"] == f"there is no endpoint {path}"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/Users", "GET, POST"),
        ("/Users/", "GET, POST"),
        ("/Groups", "GET, POST"),
        ("/Users/1", "GET, PUT, PATCH, DELETE"),
        ("/Users/.search", "POST"),
        ("/.search", "POST"),
        ("/Schemas", "GET"),
        ("/Schemas/x", "GET"),
        ("/ResourceTypes", "GET"),
        ("/ServiceProviderConfig", "GET"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_method_that_does_not_apply_is_told_what_does(
    client: httpx.Client, method: str, path: str, allowed: str
):
    if method in allowed.split(", "):
        return
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == allowed
    if method != "HEAD":
        instead = allowed.replace(", ", " or ")
        assert answer.json()["detail"] == f"{method} does not apply to {path}; use {instead}"


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        (b"", "the body is not JSON: "),
        (b"{", "the body is not JSON: "),
        (b"<html>", "the body is not JSON: "),
        (b'{"userName": "\xff"}', "the body is not JSON: "),
        (b'{"userName": "\\ud800"}', "the body is not JSON: "),
        (b"[" * 100_000, "the body is not JSON: "),
        (b"[]", "the body is not a JSON object"),
        (b'"text"', "the body is not a JSON object"),
        (b"null", "the body is not a JSON object"),
        (b'{"a":' + b"[" * 500 + b"]" * 500 + b"}", "the body is nested too deeply"),
    ],
    ids=lambda value: repr(value[:20]),
)
@pytest.mark.parametrize("request_line", ["POST /Users", "POST /.search", "PUT", "PATCH"])
def test_a_body_that_is_no_json_object_is_refused(
    client: httpx.Client, request_line: str, content: bytes, detail: str
):
    method, _, path = request_line.partition(" ")
    if not path:
        path = f"/Users/{client.post('/Users', json=USER).json()['id']}"
    answer = client.request(method, path, content=content)
    assert (answer.status_code, answer.json()["scimType"]) == (400, "invalidSyntax")
    assert answer.json()["detail"].startswith(detail)


@pytest.mark.parametrize(
    "content_type",
    [
        "application/scim+json",
        "application/scim+json; charset=utf-8",
        "application/json",
        "x",
        None,
    ],
)
def test_the_content_type_of_a_request_does_not_matter(
    client: httpx.Client, content_type: str | None
):
    headers = {} if content_type is None else {"Content-Type": content_type}
    content = b'{"userName": "ana@contoso.example"}'
    assert client.post("/Users", content=content, headers=headers).status_code == 201


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_long_is_refused(*, client: httpx.Client, chunked: bool):
    block = b" " * 65536
    blocks = MAX_BODY // len(block) + 1
    content = (block for _ in range(blocks)) if chunked else block * blocks
    answer = client.post("/Users", content=content)
    assert answer.status_code == 413
    assert answer.json()["detail"] == f"a request has at most {MAX_BODY} bytes"
    assert client.get("/Users").status_code == 200


def test_a_client_that_hangs_up_within_its_body_does_no_harm(server: Any, client: httpx.Client):
    _, token = server.access()
    with socket.create_connection(("127.0.0.1", server.port)) as raw:
        raw.sendall(
            b"POST /scim/v2/Users HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
            b"Authorization: Bearer " + token.encode() + b'\r\n\r\n{"userName":'
        )
    assert client.get("/Users").json()["totalResults"] == 0


def test_entra_s_query_encoding_is_understood(client: httpx.Client):
    user = client.post("/Users", json={"userName": 'ana "the fox"+x@contoso.example'}).json()
    query = "filter=userName+eq+%22ana+%5C%22the+fox%5C%22%2Bx%40contoso.example%22"
    listed = client.get(f"/Users?{query}").json()
    assert [each["id"] for each in listed["Resources"]] == [user["id"]]
    group = client.post("/Groups", json={"displayName": "Größe & Co"}).json()
    query = "excludedAttributes=members&filter=displayName+eq+%22Gr%C3%B6%C3%9Fe+%26+Co%22"
    listed = client.get(f"/Groups?{query}").json()
    assert [each["id"] for each in listed["Resources"]] == [group["id"]]


def test_the_flag_of_entra_may_stand_in_the_query(client: httpx.Client):
    client.post("/Users?aadOptscim062020", json=USER).raise_for_status()
    query = "aadOptscim062020&filter=userName+eq+%22ana%40contoso.example%22"
    assert client.get(f"/Users?{query}").json()["totalResults"] == 1


def test_health_needs_no_token(server: Any):
    answer = httpx.get(f"http://127.0.0.1:{server.port}/healthz", trust_env=False)
    assert (answer.status_code, answer.text) == (200, "ok")


def test_bases_share_neither_resources_nor_tokens(server: Any, client: httpx.Client):
    client.post("/Users", json=USER).raise_for_status()
    url, token = server.add_base("Payroll: EMEA")
    assert url == f"http://127.0.0.1:{server.port}/apps/payroll-emea/scim/v2"
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=url, headers=headers, trust_env=False) as other:
        assert other.get("/Users").json()["totalResults"] == 0
        created = other.post("/Users", json=USER)
        assert created.headers["location"] == f"{url}/Users/{created.json()['id']}"
        assert other.get(str(client.base_url) + "Users").status_code == 401
        client.post("/Users", json={"userName": "bo@contoso.example"}).raise_for_status()
        server.reset("/scim/v2")
        assert client.get("/Users").json()["totalResults"] == 0
        assert other.get("/Users").json()["totalResults"] == 1
        server.reset()
        assert other.get("/Users").json()["totalResults"] == 0
    again = server.add_base("payroll emea")
    assert again.url == f"http://127.0.0.1:{server.port}/apps/payroll-emea-2/scim/v2"
    assert server.add_base("給与").url.endswith("/apps/app/scim/v2")


@pytest.mark.parametrize("dialect", ["classic", "aadOptscim062020"])
def test_five_connections_changing_one_group_lose_nothing(
    server: Any, client: httpx.Client, dialect: str
):
    users = [
        client.post("/Users", json={"userName": f"u{n}@contoso.example"}).json()["id"]
        for n in range(100)
    ]
    group = client.post("/Groups", json={"displayName": "Legal", "members": []}).json()["id"]
    url, token = server.access()

    def change(ids: list[str], *, add: bool) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        with httpx.Client(base_url=url, headers=headers, trust_env=False) as own:
            for each in ids:
                if add or dialect == "classic":
                    op = {"path": "members", "value": [{"value": each}]}
                else:
                    op = {"path": f'members[value eq "{each}"]'}
                body = {"Operations": [{"op": "Add" if add else "Remove", **op}]}
                assert own.patch(f"/Groups/{group}", json=body).status_code == 204

    def members() -> set[str]:
        listed = client.get(f"/Groups/{group}").json().get("members", [])
        assert len({each["value"] for each in listed}) == len(listed)
        return {each["value"] for each in listed}

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(lambda part: change(part, add=True), [users[n::5] for n in range(5)]))
        assert members() == set(users)
        leaving = users[:70]
        list(pool.map(lambda part: change(part, add=False), [leaving[n::5] for n in range(5)]))
    assert members() == set(users[70:])
