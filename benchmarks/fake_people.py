"""Fake people per second, over those that plain calls of Faker make with the same attributes.

Client CPU time in one process; the two take turns, and the median of the pairs counts.
"""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from statistics import median

from faker import Faker

from entrasim.directory.fake import CompanyPlan, FakeCompany
from entrasim.directory.user import User

WANTED = 20.0
PAIRS = 7
OURS = 20_000
PLAIN = 1_000


def main() -> int:
    fake = Faker("en_US")
    fake.seed_instance(7)
    plan = CompanyPlan(domain="contoso.example", users=OURS, seed=7)
    pairs = [
        (_rate(FakeCompany(plan).users), _rate(lambda: (_plain(fake) for _ in range(PLAIN))))
        for _ in range(PAIRS)
    ]
    ratios = sorted(ours / plain for ours, plain in pairs)
    ours, plain = (median(each) for each in zip(*pairs, strict=True))
    print(
        f"fake people: {ours:,.0f}/s, plain Faker {plain:,.0f}/s, "
        f"ratio {median(ratios):.1f} ({ratios[0]:.1f} to {ratios[-1]:.1f}), "
        f"at least {WANTED:.0f} wanted"
    )
    return 0 if median(ratios) >= WANTED else 1


def _rate(make: Callable[[], Iterator[User]]) -> float:
    """People per second of CPU time."""
    start = time.process_time()
    people = sum(1 for _ in make())
    return people / (time.process_time() - start)


def _plain(fake: Faker) -> User:
    """The attributes of one of our people, each from a call of Faker."""
    given, surname = fake.first_name(), fake.last_name()
    local_part = f"{given}.{surname}".lower()
    address = f"{local_part}@contoso.example"
    city = fake.city()
    hired = fake.date_between(date(2005, 1, 1), date(2025, 12, 31))
    return User(
        id=fake.uuid4(),
        user_principal_name=address,
        display_name=f"{given} {surname}",
        mail_nickname=local_part,
        account_enabled=fake.boolean(95),
        given_name=given,
        surname=surname,
        mail=address,
        job_title=fake.job(),
        department=fake.random_element(("Engineering", "Sales", "Marketing", "Finance")),
        company_name="Contoso",
        employee_id=fake.numerify("#######"),
        employee_type=fake.random_element(("Employee", "Contractor", "Intern")),
        employee_hire_date=f"{hired.isoformat()}T00:00:00Z",
        preferred_language="en-US",
        usage_location="US",
        physical_delivery_office_name=city,
        street_address=fake.street_address(),
        city=city,
        state=fake.state_abbr(),
        postal_code=fake.postcode(),
        country="United States",
        telephone_number=fake.phone_number(),
        mobile=fake.phone_number(),
        manager=fake.uuid4(),
    )


if __name__ == "__main__":
    sys.exit(main())
