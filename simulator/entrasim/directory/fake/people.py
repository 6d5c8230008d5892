"""The people of a company, before anybody is made hard on purpose.

Person i follows from the seed and from i alone: the name is dealt, the seat computed, everything
else is drawn. What a draw decides has a fixed place, so that a new attribute moves no old one.
"""

from datetime import UTC, datetime
from typing import Final

from entrasim.directory import identifiers
from entrasim.directory.fake.departments import EXECUTIVE, HEAD_TITLE
from entrasim.directory.fake.draws import Draws, threshold
from entrasim.directory.fake.name_pool import Spelled
from entrasim.directory.fake.names import Naming
from entrasim.directory.fake.object_ids import ObjectIds
from entrasim.directory.fake.organization import Seat, seat
from entrasim.directory.fake.plan import CompanyPlan
from entrasim.directory.fake.workplaces import Workplace, Workplaces, workplaces
from entrasim.directory.user import User

_OFFICE, _TITLE, _TELEPHONE, _MOBILE, _HIRE_DATE, _DISABLED, _CONTRACTOR = range(7)

_HIRE_DATES: Final = tuple(
    datetime(year, month, day, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    for year in range(2005, 2026)
    for month in range(1, 13)
    for day in (1, 16)
)
_CONTRACTORS: Final = threshold(1 / 16)


class People:
    """Person 0, 1, 2 and so on of the company after `plan`; also those beyond its `users`.

    The ids of the company's own people are kept, so that users, managers and members of groups
    share one text.
    """

    def __init__(self, plan: CompanyPlan) -> None:
        self._plan = plan
        self._company = plan.company
        self._naming = Naming("person", plan.locales, plan.seed)
        self._draws = Draws("person", plan.seed)
        self._workplaces = tuple(workplaces(code) for code in plan.locales)
        self._disabled = threshold(plan.disabled)
        tenant = identifiers.tenant_id(plan.domain)
        self._make_id = ObjectIds(tenant, "user", f"fake/{plan.seed}/person")
        self._ids: list[str | None] = [None] * plan.users

    def id(self, number: int) -> str:
        """The object id of person `number`."""
        if number >= len(self._ids):
            return self._make_id(number)
        known = self._ids[number]
        if known is None:
            known = self._ids[number] = self._make_id(number)
        return known

    def other_surname(self, number: int, draw: int) -> Spelled:
        """A surname that person `number` could take in marriage."""
        return self._naming.other_surname(number, draw)

    def workplace(self, number: int) -> Workplace:
        """Where person `number` works."""
        shares = self.workplaces(number).shares
        return shares[self._draws(number)[_OFFICE] % len(shares)]

    def workplaces(self, number: int) -> Workplaces:
        """Where people of the same locale work."""
        return self._workplaces[self._naming.locale(number)]

    def __call__(self, number: int) -> User:
        """Person `number`."""
        draws = self._draws(number)
        place, name = self._naming(number)
        locale, mobiles, shares = self._workplaces[place]
        office, telephones = shares[draws[_OFFICE] % len(shares)]
        own = seat(number)
        address = f"{name.local_part}@{self._plan.domain}"
        return User(
            id=self.id(number),
            user_principal_name=address,
            display_name=name.display,
            mail_nickname=name.local_part,
            account_enabled=number == 0 or draws[_DISABLED] >= self._disabled,
            given_name=name.given,
            surname=name.surname,
            mail=address,
            job_title=_job_title(own, draws[_TITLE]),
            department=EXECUTIVE if own.department is None else own.department.name,
            company_name=self._company,
            employee_id=f"{number + 1:07}",
            employee_type=_employee_type(own, draws[_CONTRACTOR]),
            employee_hire_date=_HIRE_DATES[draws[_HIRE_DATE] % len(_HIRE_DATES)],
            preferred_language=locale.language,
            usage_location=locale.country,
            physical_delivery_office_name=office.name,
            street_address=office.street,
            city=office.city,
            state=office.state,
            postal_code=office.postal_code,
            country=locale.country_name,
            telephone_number=telephones[draws[_TELEPHONE] % len(telephones)],
            mobile=mobiles[draws[_MOBILE] % len(mobiles)],
            manager=None if own.manager is None else self.id(own.manager),
        )


def _job_title(own: Seat, draw: int) -> str:
    if own.department is None:
        return HEAD_TITLE
    if own.depth is not None:
        titles = own.department.manager_titles
        return titles[min(own.depth, len(titles) - 1)]
    if own.intern is not None:
        return own.department.intern_title
    titles = own.department.member_titles
    return titles[draw % len(titles)]


def _employee_type(own: Seat, draw: int) -> str:
    if own.intern is not None:
        return "Intern"
    if own.depth is None and own.department is not None and draw < _CONTRACTORS:
        return "Contractor"
    return "Employee"
