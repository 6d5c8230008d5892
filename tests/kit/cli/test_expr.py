"""`entrasim expr`: one expression, its tree, or a table of cases."""

import json
from pathlib import Path

import pytest
from tests.kit.cli.conftest import Tool

JOIN = 'Join(" ", [givenName], [surname])'


@pytest.mark.parametrize(
    ("arguments", "out"),
    [
        ([JOIN, "--attr", "givenName=Ana", "--attr", "surname=Silva"], "Ana Silva\n"),
        (["[city]"], "null\n"),
        (["[city]", "--attr", "city="], '""\n'),
        (["[otherMails]", "--attr", "otherMails=a", "--attr", "otherMails=b"], '["a", "b"]\n'),
        (["[city]", "--json"], '{\n  "flows": true,\n  "result": null\n}\n'),
        (["IgnoreFlowIfNullOrEmpty([city])"], "(no flow)\n"),
    ],
    ids=["value", "null", "empty", "several", "json", "no flow"],
)
def test_an_expression(tool: Tool, arguments: list[str], out: str) -> None:
    result = tool("expr", *arguments)

    assert (result.status, result.out, result.err) == (0, out, "")


def test_attributes_from_a_file_and_one_replaced(tool: Tool, tmp_path: Path) -> None:
    file = tmp_path / "ana.yaml"
    file.write_text("givenName: Ana\nsurname: Lima\notherMails: [a, b]\nemployeeId: 0042\n")

    result = tool("expr", JOIN, "--attrs", file, "--attr", "surname=Silva")

    assert result.out == "Ana Silva\n"
    assert tool("expr", "[employeeId]", "--attrs", file).out == "0042\n"


def test_the_tree_is_graphs(tool: Tool) -> None:
    city = {"expression": "[city]", "name": "city", "type": "Attribute", "parameters": []}

    assert json.loads(tool("expr", "ToUpper([city])", "--tree").out) == {
        "expression": "ToUpper([city])",
        "name": "ToUpper",
        "type": "Function",
        "parameters": [{"key": "source", "value": city}],
    }


@pytest.mark.parametrize(
    ("arguments", "status", "err"),
    [
        (
            ["Lef([x], 2)"],
            2,
            "there is no function Lef\n    Lef([x], 2)\n    ^^^\n"
            "did you mean Left(String, NumChars)?\n",
        ),
        (['NumFromDate("zz")'], 1, 'the object fails: NumFromDate: "zz" is no date\n'),
        (
            ["[x]", "--attr", "x"],
            2,
            "Usage: entrasim expr [OPTIONS] [EXPRESSION]\n"
            "Try 'entrasim expr --help' for help.\n\n"
            'Error: --attr takes NAME=VALUE, not "x"\n',
        ),
        (
            [],
            2,
            "Usage: entrasim expr [OPTIONS] [EXPRESSION]\n"
            "Try 'entrasim expr --help' for help.\n\n"
            "Error: give either an EXPRESSION or --cases FILE\n",
        ),
    ],
    ids=["expression", "evaluation", "attribute", "nothing"],
)
def test_what_is_wrong_is_told(tool: Tool, arguments: list[str], status: int, err: str) -> None:
    result = tool("expr", *arguments)

    assert (result.status, result.out, result.err) == (status, "", err)


CASES = """\
- id: good
  expression: ToUpper([city])
  attributes: {city: Bergen}
  expected: BERGEN
- id: bad
  expression: ToLower([city])
  attributes: {city: Bergen}
  expected: BERGEN
- id: perhaps
  expression: '[city]'
  expected: "x"
  status: unconfirmed
"""


def test_a_table_of_cases(tool: Tool, tmp_path: Path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(CASES)

    result = tool("expr", "--cases", file)

    assert result.status == 1
    heading, row, aside, counts = result.out.splitlines()
    assert heading.split() == ["case", "expression", "expected", "actual", "why"]
    assert row.split()[:4] == ["bad", "ToLower([city])", "BERGEN", "bergen"]
    assert aside == "1 unconfirmed left aside, 1 of them fail"
    assert counts == "1 passed, 1 failed"


def test_strict_cases_as_json(tool: Tool, tmp_path: Path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(CASES)

    report = json.loads(tool("expr", "--cases", file, "--strict", "--json").out)

    assert (report["passed"], report["failed"], report["unconfirmed"]) == (1, 2, 0)
    assert [each["id"] for each in report["failures"]] == ["bad", "perhaps"]


def test_a_table_that_cannot_be_read(tool: Tool, tmp_path: Path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text("id: alone\n")

    result = tool("expr", "--cases", file)

    assert (result.status, result.err) == (
        2,
        f"{file}:1:1: expected a list, each item after a hyphen\n  1 | id: alone\n    | ^\n",
    )
