"""A seeded fake company: people, guests, service accounts and groups.

    company = FakeCompany(CompanyPlan(domain="contoso.example", users=200, groups=12, seed=7))
    tenant.load_users(company.users())
    tenant.load_groups(company.groups())

Person i of a seed depends on nothing that comes after, and on no day, platform or version of
Python; on the number of people neither. Names change with Faker's release, whose lists they are.
Who is in a project does depend on how many there are.

The groups are always the same, whatever the seed, in this order, and a company has as many of them
as its plan says:

1. `Engineering`, then what is nested in it: `Engineering Interns` in the first, `Engineering
   Interns Cohort 2` in the second and so on, as deep as `nesting` says. Then the same for `Sales`.
   A person is a direct member of one of these only: with nesting, interns are not in `Sales`.
2. The group of the first locale's first office: `New York Office` for `en_US`.
3. `All Engineering`, dynamic: `user.department -eq "Engineering"`.
4. `Project Aurora` and `Project Basalt`.
5. `Marketing`, `Finance`, `Customer Support`, `Human Resources`, `IT`, `Operations`, `Product` and
   `Legal`, each followed by what is nested in it.
6. Every other office: `Chicago Office`, `Austin Office`.
7. `All Sales` and `All Guests`, dynamic.
8. `Project Cedar`, `Project Delta` and so on to `Project Zephyr`, then `Project Aurora 2`, without
   end. With `microsoft_365_groups`, every fifth project's group (`Project Basalt`, `Project
   Glacier`, ...) is one of Microsoft 365, which is not security-enabled.
"""

from entrasim.directory.fake.churn import Decision, Join, Leave, Move, Rates, Return, churn
from entrasim.directory.fake.company import FakeCompany
from entrasim.directory.fake.hard_people import HARD_PEOPLE
from entrasim.directory.fake.locales import LOCALES
from entrasim.directory.fake.plan import CompanyPlan, PlanError

__all__ = [
    "HARD_PEOPLE",
    "LOCALES",
    "CompanyPlan",
    "Decision",
    "FakeCompany",
    "Join",
    "Leave",
    "Move",
    "PlanError",
    "Rates",
    "Return",
    "churn",
]
