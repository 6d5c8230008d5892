"""`provisioning-log.json`: records in Graph's shape, in the order of the changes."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.kit.cli.conftest import ROOT, Tool, Write

SCENARIO = """\
version: 1
name: Company
tenant:
  fake: {users: 60, groups: 6, seed: 7}
application:
  displayName: Lumen Desk
  provisioning: {status: On, scope: Sync all users and groups}
steps: [cycle]
"""


def records(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "provisioning-log.json").read_text())
    return found


def order(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(each["provisioningAction"], each["sourceIdentity"]["displayName"]) for each in found]


@pytest.mark.parametrize("concurrency", [4, 16])
def test_the_order_is_that_of_the_changes_whatever_the_concurrency(
    tool: Tool, scenario: Write, tmp_path: Path, concurrency: int
) -> None:
    file = scenario(SCENARIO)
    for number in (1, concurrency):
        options = ("--concurrency", number, "--report", tmp_path / str(number))
        assert tool("run", file, *options).status == 0
    one, many = (order(records(tmp_path / str(number))) for number in (1, concurrency))
    assert len(one) > 100
    assert one == many


KEYS = {
    "id",
    "activityDateTime",
    "tenantId",
    "jobId",
    "cycleId",
    "changeId",
    "provisioningAction",
    "durationInMilliseconds",
    "initiatedBy",
    "servicePrincipal",
    "sourceSystem",
    "targetSystem",
    "sourceIdentity",
    "targetIdentity",
    "provisioningStatusInfo",
    "provisioningSteps",
    "modifiedProperties",
}
"""https://learn.microsoft.com/graph/api/resources/provisioningobjectsummary"""


def test_records_have_the_shape_of_graph(tool: Tool, tmp_path: Path) -> None:
    tool("run", ROOT / "scenarios/joiner-mover-leaver.yaml", "--report", tmp_path)
    found = records(tmp_path)
    assert {frozenset(each) for each in found} == {frozenset(KEYS)}
    stamps = [each["activityDateTime"] for each in found]
    assert stamps == sorted(stamps)
    assert len({each["id"] for each in found}) == len(found)
    assert len({each["jobId"] for each in found}) == 1
    cycles = [each["cycleId"] for each in found]
    assert list(dict.fromkeys(cycles)) == sorted(set(cycles), key=cycles.index)


def test_each_application_logs_under_its_own_name(
    tool: Tool, scenario: Write, tmp_path: Path
) -> None:
    page = "provisioning: {status: On, scope: Sync all users and groups}"
    text = SCENARIO.replace("users: 60, groups: 6", "users: 1").partition("application:")[0]
    apps = f"applications: [{{displayName: One, {page}}}, {{displayName: Two, {page}}}]\n"
    tool("run", scenario(f"{text}{apps}steps: [cycle]\n"), "--report", tmp_path)
    principals = [each["servicePrincipal"]["displayName"] for each in records(tmp_path)]
    assert principals == ["One", "Two"]


def test_an_empty_log_is_an_empty_array(tool: Tool, scenario: Write, tmp_path: Path) -> None:
    tool("run", scenario(SCENARIO.replace("[cycle]", "[testConnection]")), "--report", tmp_path)
    assert records(tmp_path) == []
