"""The truth of every operator, on text, null, case and type."""

import re

import pytest

from entrasim.scoping.operators import AmpersandTest, Operator, Semantics, holds, integer

SEMANTICS = Semantics(matches=lambda pattern, text: re.fullmatch(pattern, text) is not None)
BITS = Semantics(matches=SEMANTICS.matches, ampersand=AmpersandTest.SHARES_A_BIT)

CASES = [
    ("EQUALS", "Sales", "Sales", True),
    ("EQUALS", "sales", "Sales", False),
    ("EQUALS", "Sales ", "Sales", False),
    ("NOT EQUALS", "Optics", "Sales", True),
    ("NOT EQUALS", "sales", "Sales", True),
    ("NOT EQUALS", "Sales", "Sales", False),
    ("REGEX MATCH", "42", "[1-9][0-9]", True),
    ("REGEX MATCH", "142", "[1-9][0-9]", False),
    ("NOT REGEX MATCH", "142", "[1-9][0-9]", True),
    ("NOT REGEX MATCH", "42", "[1-9][0-9]", False),
    ("IS NULL", "Sales", "", False),
    ("IS NOT NULL", "Sales", "", True),
    ("IS TRUE", True, "", True),
    ("IS TRUE", False, "", False),
    ("IS TRUE", "True", "", True),
    ("IS FALSE", False, "", True),
    ("IS FALSE", True, "", False),
    ("Greater_Than", "10", "9", True),
    ("Greater_Than", "9", "9", False),
    ("Greater_Than", "-1", "-2", True),
    ("Greater_Than", "ten", "9", False),
    ("Greater_Than", "9.5", "9", False),
    ("Greater_Than_OR_EQUALS", "9", "9", True),
    ("Greater_Than_OR_EQUALS", "8", "9", False),
    ("Includes", "Senior Analyst", "Analyst", True),
    ("Includes", "Senior Analyst", "analyst", False),
    ("ENDS_WITH", "ana@contoso.example", "@contoso.example", True),
    ("ENDS_WITH", "ana@contoso.example", "@CONTOSO.example", False),
    ("&", "Oslo", "Bergen, Oslo, Tromsø", True),
    ("&", "Rome", "Bergen, Oslo, Tromsø", False),
    ("!&", "Rome", "Bergen, Oslo, Tromsø", True),
    ("!&", "Oslo", "Bergen, Oslo, Tromsø", False),
]


@pytest.mark.parametrize(("name", "value", "operand", "expected"), CASES)
def test_an_operator_compares(name: str, value: object, operand: str, expected: bool):
    assert holds(Operator(name), value, operand, SEMANTICS) is expected


@pytest.mark.parametrize("value", [None, ""])
@pytest.mark.parametrize("operator", Operator)
def test_no_value_meets_is_null_alone(operator: Operator, value: str | None):
    assert holds(operator, value, "Sales", SEMANTICS) is (operator is Operator.IS_NULL)


@pytest.mark.parametrize(
    ("operator", "value", "operand", "expected"),
    [
        (Operator.OCCURS_IN, "6", "2", True),
        (Operator.OCCURS_IN, "4", "2", False),
        (Operator.OCCURS_IN, "six", "2", False),
        (Operator.OCCURS_NOT_IN, "4", "2", True),
        (Operator.OCCURS_NOT_IN, "6", "2", False),
    ],
)
def test_a_setting_turns_the_ampersand_into_a_test_of_bits(
    operator: Operator, value: str, operand: str, expected: bool
):
    assert holds(operator, value, operand, BITS) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0", 0), ("-7", -7), ("007", 7), ("", None), ("-", None), ("1.0", None), ("٣", None)],
)
def test_an_integer_has_digits_and_maybe_a_sign(text: str, expected: int | None):
    assert integer(text) == expected


def test_there_are_fourteen_operators():
    assert len(Operator) == 14
