import re
import subprocess
import sys
from dataclasses import replace
from string import ascii_lowercase

import pytest

from entrasim.directory.fake import LOCALES, CompanyPlan, FakeCompany
from entrasim.directory.fake.offices import OFFICES, Office
from entrasim.directory.tenant import Tenant
from entrasim.directory.user import User

PLAN = CompanyPlan(domain="contoso.example", users=200, seed=7)

SPECIFICATIONS = {
    "one locale": PLAN,
    "all locales": replace(PLAN, locales=tuple(LOCALES)),
    "hard people": replace(PLAN, hard=0.3, locales=("de_DE", "he_IL")),
    "everybody is hard": replace(PLAN, hard=1.0),
    "disabled accounts": replace(PLAN, disabled=0.2),
}
"""Plans for 200 people; what holds for them holds for any."""


def people(plan: CompanyPlan) -> list[User]:
    company = FakeCompany(plan)
    return [company.person(number) for number in range(plan.users)]


@pytest.mark.parametrize("plan", SPECIFICATIONS.values(), ids=SPECIFICATIONS.keys())
@pytest.mark.parametrize("users", [2, 40, 201, 10_000])
def test_a_person_is_the_same_however_many_come_after(plan: CompanyPlan, users: int):
    others = people(replace(plan, users=users))

    assert others[:200] == people(plan)[:users]


@pytest.mark.parametrize("plan", SPECIFICATIONS.values(), ids=SPECIFICATIONS.keys())
def test_a_person_is_the_same_in_whatever_order_they_are_asked_for(plan: CompanyPlan):
    company = FakeCompany(plan)

    backwards = [company.person(number) for number in reversed(range(plan.users))]

    assert backwards[::-1] == people(plan)


def test_people_who_will_join_can_be_asked_for():
    joiner = FakeCompany(PLAN).person(1234)

    assert joiner == FakeCompany(replace(PLAN, users=2000)).person(1234)


def test_another_seed_gives_other_people():
    here, there = people(PLAN), people(replace(PLAN, seed=8))

    assert not {each.id for each in here} & {each.id for each in there}
    assert sum(a.display_name == b.display_name for a, b in zip(here, there, strict=True)) < 5


def test_another_domain_gives_other_object_ids():
    here, there = people(PLAN), people(replace(PLAN, domain="fabrikam.example"))

    assert not {each.id for each in here} & {each.id for each in there}


def test_names_are_unique_among_50_000_people_of_all_locales():
    plan = replace(PLAN, users=50_000, locales=tuple(LOCALES), hard=True)
    tenant = Tenant(plan.domain)

    tenant.load_users(FakeCompany(plan).users())

    assert len(tenant.users) == 50_000
    nicknames = {each.mail_nickname.casefold() for each in tenant.users.values()}
    assert len(nicknames) == 50_000


def test_a_small_pool_of_names_is_used_up_in_order():
    everybody = people(replace(PLAN, users=6000, locales=("ja_JP",)))

    suffixes = [each.mail_nickname.lstrip(ascii_lowercase + ".") for each in everybody]

    assert list(dict.fromkeys(suffixes)) == ["", "2", "3"]


@pytest.mark.parametrize("code", LOCALES)
def test_user_principal_names_are_plain_ascii_in_every_locale(code: str):
    for user in people(replace(PLAN, locales=(code,))):
        assert re.fullmatch(r"[a-z]+\.[a-z]+\d*@contoso\.example", user.user_principal_name)
        assert user.mail == user.user_principal_name
        assert user.mail_nickname == user.user_principal_name.partition("@")[0]


@pytest.mark.parametrize("code", LOCALES)
def test_where_somebody_works_belongs_together_in_every_locale(code: str):
    offices = {each.name: each for each in OFFICES[code]}
    everybody = people(replace(PLAN, locales=(code,)))

    assert {each.physical_delivery_office_name for each in everybody} == offices.keys()
    for user in everybody:
        office = offices[str(user.physical_delivery_office_name)]
        address = (user.street_address, user.city, user.state, user.postal_code)
        assert address == (office.street, office.city, office.state, office.postal_code)
        assert re.fullmatch(telephone(office), str(user.telephone_number))
        assert user.preferred_language == LOCALES[code].language
        assert user.usage_location == LOCALES[code].country
        assert user.country == LOCALES[code].country_name


def telephone(office: Office) -> str:
    return office.telephone.replace("+", r"\+").replace("#", r"\d")


def test_american_numbers_are_those_for_fiction():
    for user in people(PLAN):
        assert re.fullmatch(r"\+1 \d{3} 555 01\d\d", str(user.telephone_number))
        assert re.fullmatch(r"\+1 \d{3} 555 01\d\d", str(user.mobile))


def test_there_is_one_head_and_nobody_is_in_a_circle():
    everybody = {each.id: each for each in people(replace(PLAN, users=3000))}

    assert [each.job_title for each in everybody.values() if each.manager is None] == [
        "Chief Executive Officer"
    ]
    for user in everybody.values():
        above = [user.id]
        while (manager := everybody[above[-1]].manager) is not None:
            assert manager not in above
            above.append(manager)


def test_titles_follow_from_the_place_in_the_organization():
    everybody = {each.id: each for each in people(replace(PLAN, users=3000))}
    managers = {each.manager for each in everybody.values()}

    for user in everybody.values():
        title = str(user.job_title)
        leads = title.startswith(("Chief", "Head of", "Director,", "Manager,"))
        assert leads or user.id not in managers
        assert ("Intern" in title) == (user.employee_type == "Intern")
        if title.startswith("Head of"):
            assert title == f"Head of {user.department}"
            assert everybody[str(user.manager)].department == "Executive"


def test_employee_ids_are_unique_and_hire_dates_are_fixed_instants():
    everybody = people(PLAN)

    assert [each.employee_id for each in everybody[:2]] == ["0000001", "0000002"]
    assert len({each.employee_id for each in everybody}) == len(everybody)
    for user in everybody:
        assert re.fullmatch(r"20[012]\d-\d\d-(01|16)T00:00:00Z", str(user.employee_hire_date))
        assert "2005" <= str(user.employee_hire_date) < "2026"


def test_a_share_of_the_accounts_is_disabled_but_never_the_head_s():
    everybody = people(replace(PLAN, users=5000, disabled=0.2))
    disabled = [each for each in everybody if not each.account_enabled]

    assert 900 < len(disabled) < 1100
    assert people(replace(PLAN, disabled=1.0))[0].account_enabled
    assert all(each.account_enabled for each in people(PLAN))


def test_texts_are_shared_between_people():
    everybody = people(PLAN)
    managers = {id(each.manager) for each in everybody if each.manager is not None}

    assert len({id(each.department) for each in everybody}) == 11
    assert managers <= {id(each.id) for each in everybody}
    assert all(each.mail is each.user_principal_name for each in everybody)


def test_faker_is_not_imported_before_a_company_is_made():
    code = "import sys, entrasim.directory.fake; sys.exit('faker' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
