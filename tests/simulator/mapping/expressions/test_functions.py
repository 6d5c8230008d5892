"""Every function does what its documentation shows, and what the table of cases says."""

from pathlib import Path

import pytest

from entrasim.mapping.expressions import FUNCTIONS
from entrasim.mapping.expressions.case_runner import CaseResult, run_case
from entrasim.mapping.expressions.cases import Case, load_cases
from entrasim.mapping.expressions.examples import Example, description_of, examples_of, source_of
from entrasim.scenario.yaml_source import read_yaml_list

EXAMPLES = [(name, each) for name, function in FUNCTIONS.items() for each in examples_of(function)]
TABLES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CASES = [case for table in TABLES for case in load_cases(read_yaml_list(table))]


def test_there_are_forty_eight() -> None:
    assert len(FUNCTIONS) == 48


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_documented_with_source_and_example(name: str) -> None:
    function = FUNCTIONS[name]

    assert description_of(function)
    assert source_of(function).startswith("https://learn.microsoft.com/")
    assert examples_of(function)


@pytest.mark.parametrize(
    ("name", "example"), EXAMPLES, ids=[f"{name}: {each.expression}" for name, each in EXAMPLES]
)
def test_an_example_of_the_documentation(name: str, example: Example) -> None:
    if example.expected.startswith("#"):
        pytest.fail(f"{name}: an example needs its result")
    assert example.actual == example.expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_of_the_tables(case: Case) -> None:
    result = run_case(case)

    assert result == CaseResult(case, passed=True, expected=case.expected, actual=result.actual)


def test_ids_are_used_once() -> None:
    ids = [case.id for case in CASES]

    assert len(ids) == len(set(ids))
