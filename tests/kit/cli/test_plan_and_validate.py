"""`plan`, `validate` and `schema`: nothing is sent, and reasons are given."""

import json
from pathlib import Path

import pytest
from tests.kit.cli.conftest import ROOT, Tool, Write

NESTED = ROOT / "scenarios/nested-groups.yaml"

PLAN = """\
Lumen Desk: what a first cycle would do
1 user and 1 group would be provisioned

  + group Platform: assigned
      + Ana Silva: direct member of Platform
      - group Platform Contractors is nested in Platform; assignments do not cascade
          nesting stops here: 2 users beyond it out

Near misses:
  Platform Contractors is nested in Platform; assignments do not cascade
  Ben Ode is a member of Platform Contractors, which is nested in Platform; \
assignments do not cascade
  Platform Interns is nested in Platform Contractors, which is nested in Platform; \
assignments do not cascade
  Ida Berg is a member of Platform Interns, which is nested in Platform Contractors, \
which is nested in Platform; assignments do not cascade
"""


def test_the_plan_shows_where_nesting_stops(tool: Tool) -> None:
    result = tool("plan", NESTED)

    assert (result.status, result.out, result.err) == (0, PLAN, "")


@pytest.mark.parametrize(
    ("user", "line"),
    [
        ("ana@contoso.example", "+ Ana Silva: direct member of Platform"),
        (
            "ben@contoso.example",
            "- Ben Ode is a member of Platform Contractors, which is nested in Platform; "
            "assignments do not cascade",
        ),
    ],
)
def test_one_user_is_explained(tool: Tool, user: str, line: str) -> None:
    result = tool("plan", NESTED, "--user", user)

    assert result.out.splitlines()[1:] == [line]


def test_nobody_of_that_name(tool: Tool) -> None:
    result = tool("plan", NESTED, "--user", "idaa@contoso.example")

    assert result.status == 2
    assert result.err == (
        f'{NESTED}:1:1: no user is called "idaa@contoso.example" before the first step\n'
        "  1 | # Assignments do not cascade: whoever is only in a nested group is not "
        "provisioned.\n"
        "    | ^\n"
        '  Did you mean "ida@contoso.example"?\n'
    )


def test_the_plan_as_json(tool: Tool) -> None:
    plan = json.loads(tool("plan", NESTED, "--json").out)

    assert (plan["users"], plan["groups"], plan["exitStatus"]) == (1, 1, 0)
    (platform,) = plan["assignments"]
    assert [(each["name"], each["provisioned"]) for each in platform["members"]] == [
        ("Ana Silva", True),
        ("Platform Contractors", False),
    ]


FILTERED = """\
version: 1
name: Filtered
tenant:
  users:
    - {userPrincipalName: ana@contoso.example, displayName: Ana Silva, department: Sales}
    - {userPrincipalName: bo@contoso.example, displayName: Bo Lind}
    - {userPrincipalName: cy@contoso.example, displayName: Cy Okafor, accountEnabled: false}
application:
  displayName: Lumen Desk
  provisioning:
    scope: Sync all users and groups
    scopingFilters:
      users:
        - title: Has a department
          clauses: [{attribute: department, operator: IS NOT NULL}]
        - title: Blocked
          clauses: [{attribute: accountEnabled, operator: IS FALSE}]
steps: []
"""


def test_the_clause_that_decides_is_named(tool: Tool, scenario: Write) -> None:
    result = tool("plan", scenario(FILTERED))

    assert result.out.splitlines()[-3:] == [
        "Near misses:",
        '  Bo Lind is not admitted by a scoping filter: "department IS NOT NULL" of '
        '"Has a department" is false, "accountEnabled IS FALSE" of "Blocked" is false',
        "  Cy Okafor is blocked from signing in (accountEnabled is false)",
    ]


def test_asking_a_target_that_starts_empty_is_refused(tool: Tool) -> None:
    result = tool("plan", "--ask-target", NESTED)

    assert result.status == 2
    message = "Error: --ask-target needs --target scenario or a URL: others start empty\n"
    assert result.err.endswith(message)


def test_all_shipped_files_are_good(tool: Tool) -> None:
    files = sorted((ROOT / "scenarios").glob("*.yaml"))

    result = tool("validate", *files)

    assert (result.status, result.err) == (0, "")
    assert result.out == f"{len(files)} of {len(files)} files are good\n"


def test_a_bad_file_among_good_ones(tool: Tool, scenario: Write, tmp_path: Path) -> None:
    bad = scenario("version: 1\nnaem: Typo\nsteps: []\n", "bad.yaml")

    result = tool("validate", NESTED, bad, tmp_path / "missing.yaml")

    assert result.status == 2
    assert result.out == "1 of 3 files are good\n"
    first, second, third = result.err.split("\n\n")
    assert first.startswith(f'{bad}:1:1: the key "name" is missing\n')
    assert second.startswith(f"{bad}:2:1: ")
    missing = tmp_path / "missing.yaml"
    assert third == f"{missing}: the file cannot be read: No such file or directory\n"


def test_mistakes_as_json(tool: Tool, scenario: Write) -> None:
    bad = scenario(FILTERED.replace("IS FALSE", "EQUALS"))

    result = tool("validate", "--json", bad)

    assert result.status == 2
    (mistake,) = json.loads(result.out)["mistakes"]
    assert mistake["message"] == (
        "accountEnabled is true or false, to which EQUALS does not apply; "
        "use IS NULL, IS NOT NULL, IS TRUE, IS FALSE"
    )
    assert (mistake["line"], mistake["file"]) == (17, str(bad))


def test_the_schema_knows_every_key_of_the_format(tool: Tool) -> None:
    schema = json.loads(tool("schema").out)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"version", "name", "tenant", "application", "steps"} <= set(schema["properties"])
    assert "scopingFilters" in schema["$defs"]["ProvisioningFields"]["properties"]
