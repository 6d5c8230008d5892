"""`run --cleanup`: what a run made is deleted by id, and nothing else."""

import json
import signal

import httpx
import pytest
from tests.kit.cli.conftest import Tool, Write, start_tool
from tests.kit.cli.test_interruption import stuck_at_bo
from tests.simulator.wire.servers import EMPTY_LIST, SCIM, Received, Reply, http_server

from entrasim_kit.scim_server.child import EmbeddedServer

SCENARIO = """\
version: 1
name: Small
tenant:
  users:
    - {userPrincipalName: ana@contoso.example, displayName: Ana Silva}
    - {userPrincipalName: bo@contoso.example, displayName: Bo Lind}
application:
  displayName: Lumen Desk
  provisioning: {tenantUrl: "https://lumen.example", secretToken: "${T}", status: On}
  assignments: [{user: ana@contoso.example}, {user: bo@contoso.example}]
steps:
  - cycle:
  - changeTarget: {createUser: {userName: extra@contoso.example}}
  - expect: {target: {count: {users: %d}}}
"""
BO = {
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
    "userName": "bo@contoso.example",
    "active": False,
}


def test_only_what_the_run_made_is_deleted(tool: Tool, scenario: Write) -> None:
    """Bo was there before; the run changed him, and leaves him."""
    with EmbeddedServer() as server:
        url, token = server.access()
        header = {"Authorization": f"Bearer {token}"}
        httpx.post(f"{url}/Users", json=BO, headers=header, trust_env=False)
        options = ["--target", url, "--token", token, "--cleanup"]

        result = tool("run", scenario(SCENARIO % 3), *options)

        left = httpx.get(f"{url}/Users", headers=header, trust_env=False).json()["Resources"]
    assert result.status == 0
    assert result.out.splitlines()[-2] == "Cleanup: 2 deleted, 0 left"
    assert [each["userName"] for each in left] == ["bo@contoso.example"]


def test_it_cleans_up_after_a_failure_too(tool: Tool, scenario: Write) -> None:
    result = tool("run", scenario(SCENARIO % 7), "--cleanup", "--json")

    assert result.status == 1
    assert json.loads(result.out)["scenarios"][0]["cleanup"] == {"deleted": 3, "left": []}


def test_without_the_option_nothing_is_deleted(tool: Tool, scenario: Write) -> None:
    result = tool("run", scenario(SCENARIO % 3), "--json")

    assert json.loads(result.out)["scenarios"][0]["cleanup"] is None


def test_a_remote_target_that_is_refused_holds_nothing_to_clean_up(
    tool: Tool, scenario: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("T", "t")
    file = scenario((SCENARIO % 3).replace("lumen.example", "8.8.8.8"))

    result = tool("run", file, "--target", "scenario", "--cleanup")

    assert result.status == 2
    assert result.out.splitlines()[-2] == "Cleanup: 0 deleted, 0 left"


def test_what_could_not_be_deleted_is_named(tool: Tool, scenario: Write) -> None:
    def reply(received: Received) -> Reply:
        if received.method == "POST":
            return 201, SCIM, b'{"id": "%s"}' % (b"a/1" if b"ana@" in received.body else b"b2")
        if received.method == "DELETE":
            return (204, {}, b"") if received.target == "/Users/a%2F1" else (403, SCIM, b"{}")
        return 200, SCIM, EMPTY_LIST

    text = (SCENARIO % 3).partition("  - changeTarget")[0]
    with http_server(reply) as server:
        result = tool("run", scenario(text), "--target", server.url, "--token", "t", "--cleanup")

    assert result.status == 0
    assert result.out.splitlines()[-3:-1] == [
        "Cleanup: 1 deleted, 1 left",
        "      DELETE /Users/b2 was answered with 403",
    ]


def test_what_was_made_at_a_former_address_is_named(
    tool: Tool, scenario: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("T", "t")
    text = (SCENARIO % 3).partition("  - changeTarget")[0]
    empty = (200, SCIM, EMPTY_LIST)
    created = (201, SCIM, b'{"id": "u1"}')
    with http_server(lambda each: created if each.method == "POST" else empty) as server:
        moved = "  - change: {setProvisioning: {tenantUrl: 'http://127.0.0.1:9'}}\n"
        file = scenario(text.replace("https://lumen.example", server.url) + moved)
        result = tool("run", file, "--target", "scenario", "--cleanup", "--json")

    assert json.loads(result.out)["scenarios"][0]["cleanup"] == {
        "deleted": 0,
        "left": [f"{server.url}/Users/u1: no application is provisioned there any more"],
    }


def test_it_cleans_up_after_an_interruption(scenario: Write) -> None:
    with stuck_at_bo() as (url, reached):
        file = scenario((SCENARIO % 3).partition("  - changeTarget")[0])
        tool = start_tool("run", file, "--target", url, "--token", "t", "--cleanup")
        assert reached.wait(20)
        tool.send_signal(signal.SIGINT)
        shown, _ = tool.communicate(timeout=20)

    assert tool.returncode == 130
    assert shown.splitlines()[-2] == "Cleanup: 1 deleted, 0 left"
