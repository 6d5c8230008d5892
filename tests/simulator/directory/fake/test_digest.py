"""The same company on every machine, every day and with every version of Python.

Names come from Faker's lists, so a release of Faker may change them; each release has its row.
"""

import hashlib
import json
from dataclasses import fields

import faker
import pytest

from entrasim.directory.fake import CompanyPlan, FakeCompany
from entrasim.directory.group import Group
from entrasim.directory.user import User

DOMAIN = "contoso.example"

PLANS = {
    "en_US, seed 7": CompanyPlan(domain=DOMAIN, users=1000, groups=80, seed=7),
    "ja_JP, seed 1": CompanyPlan(domain=DOMAIN, users=1000, groups=80, seed=1, locales=("ja_JP",)),
    "Europe, hard, seed 3": CompanyPlan(
        domain=DOMAIN,
        users=1000,
        groups=120,
        nesting=3,
        guests=50,
        service_accounts=10,
        disabled=0.1,
        hard=0.2,
        microsoft_365_groups=True,
        locales=("en_GB", "de_DE", "fr_FR", "es_ES", "it_IT", "pl_PL", "no_NO", "el_GR", "ru_RU"),
        seed=3,
    ),
    "elsewhere, seed 4": CompanyPlan(
        domain=DOMAIN,
        users=1000,
        groups=80,
        locales=("zh_CN", "ko_KR", "he_IL", "tr_TR", "pt_BR"),
        seed=4,
    ),
}

SINCE_30 = {
    "en_US, seed 7": "e5b9d340bba2dde350b08435d5df8de18892313a57606161cb8b2c7c7af3d27a",
    "ja_JP, seed 1": "bba570500b937853c1eb460b6e3d83c9b5ec55433db32d2a13561d0618fb272f",
    "Europe, hard, seed 3": "f345ef5a3050aa8a4ad7260e4fb7b579295e81c228e834b6e9b71609e92af878",
    "elsewhere, seed 4": "d73af68041a906be8539d471aad58b111e2e531f9534cc341cc6d94953f833ba",
}
"""The digest of each plan's company, as long as Faker leaves these lists alone."""

DIGESTS = {"30.0.0": SINCE_30, "36.0.0": SINCE_30, "40.54.0": SINCE_30}
"""The digests for each release of Faker that was looked at."""


def digest(plan: CompanyPlan) -> str:
    company = FakeCompany(plan)
    hashed = hashlib.sha256()
    for user in company.users():
        hashed.update(values(user))
    for group, members in company.groups():
        hashed.update(values(group))
        hashed.update(json.dumps(list(members)).encode())
    return hashed.hexdigest()


def values(thing: User | Group) -> bytes:
    """What the thing holds; a new attribute that nobody has a value for changes nothing."""
    held = {each.name: getattr(thing, each.name) for each in fields(thing)}
    filled = {name: value for name, value in held.items() if value}
    return json.dumps(filled, default=dict, sort_keys=True).encode()


@pytest.mark.parametrize("name", PLANS)
def test_a_company_is_the_same_everywhere(name: str):
    known = DIGESTS.get(faker.VERSION)
    if known is None:
        row = {each: digest(plan) for each, plan in PLANS.items()}
        pytest.fail(
            f"Faker {faker.VERSION} was not looked at yet, its lists of names may have changed. "
            "If its digests are those of a release in DIGESTS, add the release with them; else "
            "look at some people of each plan first. Its digests: "
            f"{json.dumps(row, indent=4)}"
        )

    assert digest(PLANS[name]) == known[name]
