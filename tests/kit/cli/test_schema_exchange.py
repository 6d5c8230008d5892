"""Schemas that come from Entra and go back: `mappings.schema`, `schema --provisioning`."""

import json
from pathlib import Path

import pytest
from tests.kit.cli.conftest import ROOT, Tool, Write

SCENARIO = """\
version: 1
name: Imported
tenant:
  users:
    - {userPrincipalName: ana@contoso.example, displayName: Ana Silva, department: Sales}
    - {userPrincipalName: bo@contoso.example, displayName: Bo Lind}
application:
  displayName: Lumen Desk
  provisioning:
    mappings: {schema: exported.json}
    scope: Sync all users and groups
    status: On
steps:
  - cycle
  - expect: {target: {count: {users: 1}}}
"""


@pytest.fixture
def exported(tool: Tool, tmp_path: Path) -> Path:
    """The schema of a shipped scenario, with something that is not simulated."""
    written = tool("schema", "--provisioning", ROOT / "scenarios/scoping-filters.yaml").out
    schema = json.loads(written)
    users = schema["synchronizationRules"][0]["objectMappings"][0]
    users["attributeMappings"][3]["flowBehavior"] = "FlowAlways"
    file = tmp_path / "exported.json"
    file.write_text(json.dumps(schema), encoding="utf-8")
    return file


def test_mappings_and_filters_of_a_schema_count(
    tool: Tool, scenario: Write, exported: Path
) -> None:
    assert tool("run", scenario(SCENARIO)).status == 0
    written = tool("schema", "--provisioning", scenario(SCENARIO)).out
    assert json.loads(written) == json.loads(exported.read_text())


def test_validate_tells_what_is_not_simulated(tool: Tool, scenario: Write, exported: Path) -> None:
    file = scenario(SCENARIO)

    result = tool("validate", file)

    assert (result.status, result.out) == (0, "1 of 1 files are good\n")
    assert result.err == (
        f"note: {file}:10:24: {exported.name}: Provision Microsoft Entra ID Users, title: "
        "flowBehavior FlowAlways is treated as FlowWhenChanged\n"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "exported.json: the file cannot be read: No such file or directory"),
        ("{", "exported.json: the file is not JSON: Expecting property name enclosed in double "
              "quotes: line 1 column 2 (char 1)"),
        ("{}", 'exported.json: the document has no "synchronizationRules"'),
    ],
    ids=["missing", "no JSON", "no schema"],
)  # fmt: skip
def test_a_schema_that_cannot_be_used(
    tool: Tool, scenario: Write, tmp_path: Path, content: str | None, message: str
) -> None:
    if content is not None:
        (tmp_path / "exported.json").write_text(content)
    file = scenario(SCENARIO)

    result = tool("validate", file)

    assert result.status == 2
    assert result.err == (
        f"{file}:10:24: application.provisioning.mappings.schema: {message}\n"
        "  10 |     mappings: {schema: exported.json}\n"
        "     |                        ^\n"
    )


def test_a_schema_stands_alone(tool: Tool, scenario: Write) -> None:
    beside = SCENARIO.replace("schema: exported.json", "schema: exported.json, users: default")

    result = tool("validate", scenario(beside))

    assert "schema brings all mappings along; take users and groups away" in result.err
