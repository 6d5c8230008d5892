"""Filters: all clauses of one, any one of several, and what is said about it."""

import re

import pytest

from entrasim.scoping.filterable_attributes import NOT_FILTERABLE, refusal
from entrasim.scoping.operators import Operator, Semantics
from entrasim.scoping.scoping_filter import (
    Clause,
    FilterEvaluation,
    ScopingFilter,
    evaluate_filters,
)

SEMANTICS = Semantics(matches=lambda pattern, text: re.fullmatch(pattern, text) is not None)
IN_SALES = Clause(attribute="department", operator=Operator.EQUALS, value="Sales")
HAS_ID = Clause(attribute="employeeId", operator=Operator.IS_NOT_NULL)
ENABLED = Clause(attribute="accountEnabled", operator=Operator.IS_TRUE)
SALES_STAFF = ScopingFilter(title="Sales staff", clauses=(IN_SALES, HAS_ID))
EVERYBODY_ENABLED = ScopingFilter(title="Enabled", clauses=(ENABLED,))


def evaluate(filters: list[ScopingFilter], **attributes: object) -> FilterEvaluation:
    return evaluate_filters(filters, attributes.get, SEMANTICS)


@pytest.mark.parametrize(
    ("filters", "attributes", "passed"),
    [
        ([], {}, True),
        ([SALES_STAFF], {"department": "Sales", "employeeId": "17"}, True),
        ([SALES_STAFF], {"department": "Sales"}, False),
        ([SALES_STAFF], {"department": "sales", "employeeId": "17"}, False),
        ([SALES_STAFF], {"employeeId": "17"}, False),
        ([SALES_STAFF, EVERYBODY_ENABLED], {"accountEnabled": True}, True),
        ([SALES_STAFF, EVERYBODY_ENABLED], {"accountEnabled": False}, False),
    ],
    ids=["no filter", "all", "second", "case", "null", "another filter", "none of two"],
)
def test_all_clauses_of_any_filter(
    filters: list[ScopingFilter], attributes: dict[str, object], passed: bool
):
    assert evaluate(filters, **attributes).passed is passed


def test_the_reason_names_the_first_false_clause_of_each_filter():
    evaluation = evaluate([SALES_STAFF, EVERYBODY_ENABLED], accountEnabled=False, employeeId="1")

    assert evaluation.reason == (
        'not admitted by a scoping filter: "department EQUALS \'Sales\'" of "Sales staff" is false, '
        '"accountEnabled IS TRUE" of "Enabled" is false'
    )


def test_whoever_passes_has_no_reason():
    assert evaluate([EVERYBODY_ENABLED], accountEnabled=True).reason == ""


def test_a_result_is_keyed_by_title_and_clause():
    evaluation = evaluate([SALES_STAFF], department="Sales")

    assert [(each.key, each.holds) for each in evaluation.filters[0]] == [
        ("Sales staff.department EQUALS 'Sales'", True),
        ("Sales staff.employeeId IS NOT NULL", False),
    ]


TEXT_OPERATORS = (
    "EQUALS, NOT EQUALS, REGEX MATCH, NOT REGEX MATCH, IS NULL, IS NOT NULL, "
    "Greater_Than, Greater_Than_OR_EQUALS, Includes, ENDS_WITH, &, !&"
)


@pytest.mark.parametrize(
    ("attribute", "operator", "value", "reason"),
    [
        ("department", "EQUALS", "Sales", None),
        ("accountEnabled", "IS TRUE", "", None),
        ("employeeId", "Greater_Than", "100", None),
        ("manager", "IS NULL", "", "manager cannot be used in scoping filters"),
        (
            "proxyAddresses",
            "Includes",
            "x",
            "multi-valued attributes cannot be used in scoping filters",
        ),
        ("members", "IS NULL", "", "the members of a group cannot be used in scoping filters"),
        (
            "accountEnabled",
            "EQUALS",
            "True",
            "accountEnabled is true or false, to which EQUALS does not apply; "
            "use IS NULL, IS NOT NULL, IS TRUE, IS FALSE",
        ),
        (
            "department",
            "IS TRUE",
            "",
            f"department is text, to which IS TRUE does not apply; use {TEXT_OPERATORS}",
        ),
        ("department", "IS NULL", "Sales", "IS NULL takes no value; leave it out"),
        ("department", "EQUALS", "", "EQUALS needs a value"),
        ("employeeId", "Greater_Than", "ten", 'Greater_Than compares integers; "ten" is none'),
    ],
)
def test_entra_refuses_some_clauses(attribute: str, operator: str, value: str, reason: str | None):
    clause = Clause(attribute=attribute, operator=Operator(operator), value=value)

    assert refusal(clause) == reason


def test_every_unfilterable_attribute_is_refused_whatever_the_operator():
    for attribute, reason in NOT_FILTERABLE.items():
        for operator in Operator:
            clause = Clause(attribute=attribute, operator=operator, value="1")
            assert refusal(clause) == reason
