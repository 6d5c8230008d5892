from typing import Any

import pytest

from entrasim.directory.fake import CompanyPlan, PlanError

DOMAIN = "contoso.example"

MISTAKES = {
    "a domain that somebody may own": (
        {"domain": "contoso.com", "users": 5},
        (
            'domain: must end in ".example", not "contoso.com": a target may send mail to the '
            "people it is given, and a made-up address elsewhere may be somebody's own"
        ),
    ),
    "a domain that is too long": (
        {"domain": "a" * 41 + ".example", "users": 5},
        "domain: must have at most 48 characters",
    ),
    "nobody": ({"domain": DOMAIN, "users": 0}, "users: must be at least 1"),
    "one person in a circle": (
        {"domain": DOMAIN, "users": 1, "hard": True},
        "users: must be at least 2 when some are hard: a circle of managers needs two",
    ),
    "fewer than no groups": (
        {"domain": DOMAIN, "users": 5, "groups": -1},
        "groups: must not be negative",
    ),
    "more than everybody": (
        {"domain": DOMAIN, "users": 5, "disabled": 1.5},
        "disabled: must be a share from 0 to 1",
    ),
    "no locale": ({"domain": DOMAIN, "users": 5, "locales": ()}, "locales: must name at least one"),
    "a locale twice": (
        {"domain": DOMAIN, "users": 5, "locales": ("ja_JP", "ja_JP")},
        "locales: must not name one twice",
    ),
    "a locale that is nearly right": (
        {"domain": DOMAIN, "users": 5, "locales": ("nb_NO",)},
        'locales: "nb_NO" is unknown; did you mean "no_NO"?',
    ),
    "a locale unlike any other": (
        {"domain": DOMAIN, "users": 5, "locales": ("tlh",)},
        (
            'locales: "tlh" is unknown; there are en_US, en_GB, de_DE, fr_FR, es_ES, it_IT, pl_PL, '
            "no_NO, pt_BR, tr_TR, el_GR, ru_RU, ja_JP, zh_CN, ko_KR, he_IL"
        ),
    ),
    "several mistakes at once": (
        {"domain": DOMAIN, "users": 0, "guests": -1, "hard": -0.5},
        (
            "users: must be at least 1\nguests: must not be negative\n"
            "hard: must be a share from 0 to 1"
        ),
    ),
}


@pytest.mark.parametrize(("fields", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_plan_with_mistakes_is_refused_with_all_of_them(fields: dict[str, Any], message: str):
    with pytest.raises(PlanError) as refused:
        CompanyPlan(**fields)

    assert str(refused.value) == message


def test_a_mistake_names_the_field():
    with pytest.raises(PlanError) as refused:
        CompanyPlan(domain=DOMAIN, users=0)

    assert refused.value.mistakes == (("users", "must be at least 1"),)


@pytest.mark.parametrize(("hard", "share"), [(False, 0.0), (True, 0.1), (0.5, 0.5), (1, 1.0)])
def test_hard_is_a_switch_or_a_share(hard: float, share: float):
    assert CompanyPlan(domain=DOMAIN, users=5, hard=hard).hard_share == share


def test_the_company_is_called_after_its_domain_unless_it_has_a_name():
    assert CompanyPlan(domain=DOMAIN, users=5).company == "Contoso"
    assert CompanyPlan(domain=DOMAIN, users=5, company_name="Ärger & Söhne").company == (
        "Ärger & Söhne"
    )
