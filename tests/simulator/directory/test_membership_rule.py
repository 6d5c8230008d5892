"""Membership rules: whom they admit, and what is said about a rule that cannot be read."""

import pytest

from entrasim.directory.membership_rule import RuleError, parse_rule
from entrasim.directory.user import User

ANA = User(
    id="ana",
    user_principal_name="ana@contoso.example",
    display_name="Ana Silva",
    mail_nickname="ana",
    department="Sales",
    country="Norway",
    account_enabled=True,
    extension={"extensionAttribute1": "A1"},
)

RULES = [
    ('user.department -eq "Sales"', True),
    ('user.department -eq "SALES"', True),
    ("user.department -eq 'Sales'", True),
    ('user.department -eq "Sale"', False),
    ('user.department -ne "Sales"', False),
    ('user.city -eq "Oslo"', False),
    ('user.city -ne "Oslo"', True),
    ('user.displayName -contains "silva"', True),
    ('user.displayName -startsWith "Ana"', True),
    ('user.displayName -startsWith "Silva"', False),
    ('user.country -in ["Norway", "Chad"]', True),
    ('user.country -in ["Peru"]', False),
    ("user.accountEnabled -eq true", True),
    ('user.extensionAttribute1 -eq "A1"', True),
    ('user.department -eq "Sales" -and user.country -eq "Peru"', False),
    ('user.department -eq "Sales" -or user.country -eq "Peru"', True),
    ('-not (user.department -eq "Sales")', False),
    ('user.country -eq "Peru" -or user.department -eq "Sales" -and user.city -eq "Oslo"', False),
    ('(user.country -eq "Peru" -or user.department -eq "Sales") -and -not user.city -eq "X"', True),
]


@pytest.mark.parametrize(("rule", "admitted"), RULES, ids=[rule for rule, _ in RULES])
def test_whom_a_rule_admits(rule: str, admitted: bool) -> None:
    assert parse_rule(rule)(ANA) is admitted


OPERATORS = "-eq, -ne, -contains, -notContains, -startsWith, -notStartsWith, -in, -notIn"
VALUE = 'expected a value in quotes, such as "Sales"'
START = 'expected an attribute such as user.department, "-not" or "("'
REFUSED = [
    ("", START, 0),
    ("user.department", f"expected an operator: {OPERATORS}", 15),
    ('user.department -like "x"', f"expected an operator: {OPERATORS}", 16),
    ("user.department -eq", VALUE, 19),
    ("user.department -eq Sales", VALUE, 20),
    ('user.departmnt -eq "x"', 'users have no attribute "departmnt"', 0),
    ('(user.department -eq "x"', 'expected ")"', 24),
    ('user.department -eq "x" -and', START, 28),
    ('user.department -in "x"', 'expected "["', 20),
    ('user.department -eq "x" user', 'expected "-and", "-or" or the end of the rule', 24),
    ("#", "this character has no meaning here", 0),
]


@pytest.mark.parametrize(("rule", "problem", "column"), REFUSED)
def test_a_rule_that_cannot_be_read(rule: str, problem: str, column: int) -> None:
    with pytest.raises(RuleError) as refused:
        parse_rule(rule)

    assert str(refused.value) == f"{problem}\n    {rule}\n    {' ' * column}^"
