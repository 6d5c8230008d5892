import unicodedata
from collections.abc import Callable
from dataclasses import fields, replace

import pytest

from entrasim.directory.fake import HARD_PEOPLE, LOCALES, CompanyPlan, FakeCompany
from entrasim.directory.fake.hard_people import Case, HardPeople
from entrasim.directory.user import User

COMPANY = FakeCompany(CompanyPlan(domain="contoso.example", users=500, seed=7))
NUMBER = 123


def before() -> User:
    return COMPANY.person(NUMBER)


def hard(kind: str, number: int = NUMBER) -> User:
    user = COMPANY.person(number)
    return HARD_PEOPLE[kind](Case(user, number, COMPANY.person, COMPANY.people.id))


PROPERTIES: dict[str, Callable[[User], bool]] = {
    "manager_circle": lambda user: user.manager == user.id,
    "no_surname": lambda user: user.surname is None and user.display_name == user.given_name,
    "no_given_name": lambda user: user.given_name is None and user.display_name == user.surname,
    "one_letter_names": lambda user: len(user.display_name) == 3,
    "very_long_names": lambda user: (
        (
            (len(user.display_name), len(user.given_name or ""), len(user.surname or "")),
            len(user.mail_nickname),
        )
        == ((256, 64, 64), 64)
    ),
    "apostrophe": lambda user: "'" in user.display_name and "'" in user.user_principal_name,
    "twin": lambda user: user.display_name == COMPANY.person(NUMBER - 1).display_name,
    "quotes": lambda user: user.display_name.count('"') == 2,
    "backslash": lambda user: "\\" in user.display_name,
    "markup": lambda user: all(each in user.display_name for each in "<>&%#?"),
    "right_to_left": lambda user: any(
        unicodedata.bidirectional(each) == "R" for each in user.display_name
    ),
    "combining_characters": lambda user: any(map(unicodedata.combining, user.display_name)),
    "emoji": lambda user: max(user.display_name) > "\uffff" and "\u200d" in user.display_name,
    "leading_blanks": lambda user: user.display_name[0] == " " and user.display_name[-1] == " ",
    "everything_filled": lambda user: all(getattr(user, each.name) for each in fields(User)),
    "nothing_filled": lambda user: (
        not any(
            getattr(user, each.name)
            for each in fields(User)
            if each.name
            not in (
                "id",
                "user_principal_name",
                "display_name",
                "mail_nickname",
                "account_enabled",
                "user_type",
            )
        )
    ),
    "renamed_upn": lambda user: (
        user.mail == before().user_principal_name != user.user_principal_name
    ),
    "mixed_case_upn": lambda user: user.user_principal_name != user.user_principal_name.lower(),
    "mail_differs_from_upn": lambda user: user.mail != user.user_principal_name,
}


def test_every_kind_has_its_property_here():
    assert PROPERTIES.keys() == HARD_PEOPLE.keys()


@pytest.mark.parametrize("kind", HARD_PEOPLE)
def test_a_hard_person_has_the_property_that_others_have_not(kind: str):
    assert PROPERTIES[kind](hard(kind))
    assert kind == "everything_filled" or not PROPERTIES[kind](before())


@pytest.mark.parametrize("kind", HARD_PEOPLE)
def test_a_hard_person_keeps_the_object_id(kind: str):
    assert hard(kind).id == before().id


def test_the_head_of_the_company_is_in_a_circle_of_two():
    head, next_person = hard("manager_circle", 0), COMPANY.person(1)

    assert (head.manager, next_person.manager) == (next_person.id, head.id)


def test_twins_have_different_user_principal_names():
    twin, elder = hard("twin"), COMPANY.person(NUMBER - 1)

    assert twin.user_principal_name == elder.user_principal_name.replace("@", ".jr@")
    assert (twin.given_name, twin.surname) == (elder.given_name, elder.surname)
    assert twin.employee_id != elder.employee_id


def test_no_person_is_hard_unless_asked():
    assert all(HardPeople(0.0).kind(number) is None for number in range(1000))


@pytest.mark.parametrize(("share", "expected"), [(0.1, 100), (0.3, 300), (0.001, 1), (1.0, 1000)])
def test_the_share_of_hard_people_is_exact(share: float, expected: int):
    kinds = [HardPeople(share).kind(number) for number in range(1000)]

    assert sum(each is not None for each in kinds) == expected
    assert kinds[0] is HARD_PEOPLE["manager_circle"]


def test_hard_people_get_the_kinds_in_turn():
    kinds = [HardPeople(0.2).kind(number) for number in range(100)]

    assert [each.__name__ for each in kinds if each is not None][:19] == list(HARD_PEOPLE)


@pytest.mark.parametrize("share", [0.1, 0.5, 1.0])
def test_twins_stay_twins_whatever_the_person_before_is(share: float):
    company = FakeCompany(replace(COMPANY.plan, hard=share))
    twins = [n for n in range(500) if HardPeople(share).kind(n) is HARD_PEOPLE["twin"]]

    assert twins
    for number in twins:
        assert company.person(number).display_name == company.person(number - 1).display_name


LIMITS = {
    "display_name": 256,
    "given_name": 64,
    "surname": 64,
    "user_principal_name": 113,
    "mail_nickname": 64,
    "job_title": 128,
    "department": 64,
    "employee_id": 16,
    "street_address": 1024,
    "city": 128,
    "postal_code": 40,
    "physical_delivery_office_name": 128,
}
"""https://learn.microsoft.com/graph/api/resources/user, and for the userPrincipalName
https://learn.microsoft.com/microsoft-365/enterprise/prepare-for-directory-synchronization
"""


@pytest.mark.parametrize("attribute", LIMITS)
def test_all_values_stay_within_entra_s_limits(attribute: str):
    plan = CompanyPlan(
        domain="a" * 40 + ".example", users=800, guests=200, locales=tuple(LOCALES), hard=0.7
    )

    longest = max(len(getattr(user, attribute) or "") for user in FakeCompany(plan).users())

    assert 0 < longest <= LIMITS[attribute]


def test_all_user_principal_names_have_a_local_part_that_entra_takes():
    plan = CompanyPlan(domain="contoso.example", users=800, locales=tuple(LOCALES), hard=0.7)

    for user in FakeCompany(plan).users():
        local_part = user.user_principal_name.partition("@")[0]
        assert len(local_part) <= 64
        assert local_part.isascii()
        assert local_part.replace(".", "").replace("-", "").replace("'", "").isalnum()
