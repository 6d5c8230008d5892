import re
from dataclasses import replace

import pytest

from entrasim.directory.fake import LOCALES, CompanyPlan, FakeCompany
from entrasim.directory.fake.guests import PARTNERS
from entrasim.directory.guest import original_address
from entrasim.directory.user import User, UserType

PLAN = CompanyPlan(
    domain="contoso.example", users=10, guests=300, service_accounts=9, seed=7, hard=True
)


def users(plan: CompanyPlan, kind: str) -> list[User]:
    everybody = list(FakeCompany(plan).users())
    guests = plan.users + plan.guests
    return everybody[plan.users : guests] if kind == "guest" else everybody[guests:]


def test_a_company_has_people_guests_and_service_accounts_in_this_order():
    everybody = list(FakeCompany(PLAN).users())

    assert len(everybody) == 319
    assert len({each.id for each in everybody}) == 319
    assert len({each.user_principal_name.casefold() for each in everybody}) == 319


@pytest.mark.parametrize("code", LOCALES)
def test_a_guest_s_name_is_made_of_an_address_at_a_partner(code: str):
    domains = {domain for _, domain in PARTNERS}

    for guest in users(replace(PLAN, locales=(code,)), "guest"):
        assert guest.user_type is UserType.GUEST
        assert re.fullmatch(
            r"[a-z.]+\d*_[a-z]+\.example#EXT#@contoso\.example", guest.user_principal_name
        )
        assert original_address(guest.user_principal_name) == guest.mail
        assert guest.other_mails == (guest.mail,)
        assert str(guest.mail).partition("@")[2] in domains
        assert len(guest.mail_nickname) <= 64
        assert guest.manager is None


def test_a_partner_s_guests_bear_its_name():
    assert {
        (guest.company_name, str(guest.mail).partition("@")[2]) for guest in users(PLAN, "guest")
    } == set(PARTNERS)


def test_a_guest_is_the_same_however_many_there_are():
    assert users(replace(PLAN, users=50, guests=20), "guest") == users(PLAN, "guest")[:20]


def test_service_accounts_are_called_after_their_purpose():
    accounts = users(PLAN, "service")

    assert [each.user_principal_name for each in accounts] == [
        "svc-backup@contoso.example",
        "svc-scanner@contoso.example",
        "svc-monitoring@contoso.example",
        "svc-reporting@contoso.example",
        "svc-payroll@contoso.example",
        "svc-build@contoso.example",
        "svc-printing@contoso.example",
        "svc-backup-2@contoso.example",
        "svc-scanner-2@contoso.example",
    ]
    assert all(each.given_name is each.mail is each.manager is None for each in accounts)
