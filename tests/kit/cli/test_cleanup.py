"""`run --cleanup`: what a run made is deleted by id, and nothing else."""

import json

import httpx
from tests.kit.cli.conftest import Tool, Write

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
