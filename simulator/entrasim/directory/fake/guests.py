"""Guests of a company: people of made-up partner companies, invited into the tenant."""

from typing import Final

from entrasim.directory import identifiers
from entrasim.directory.fake.draws import Draws
from entrasim.directory.fake.names import Naming
from entrasim.directory.fake.object_ids import ObjectIds
from entrasim.directory.fake.plan import CompanyPlan
from entrasim.directory.guest import guest_upn
from entrasim.directory.user import User, UserType

PARTNERS: Final = (
    ("Fabrikam", "fabrikam.example"),
    ("Adatum", "adatum.example"),
    ("Litware", "litware.example"),
    ("Tailspin Toys", "tailspin.example"),
    ("Wingtip Toys", "wingtip.example"),
    ("Northwind Traders", "northwind.example"),
    ("Proseware", "proseware.example"),
)
"""Each partner's name and domain, short enough for the name of a guest in Entra."""


class Guests:
    """Guest 0, 1, 2 and so on of the company after `plan`."""

    def __init__(self, plan: CompanyPlan) -> None:
        self._domain = plan.domain
        self._naming = Naming("guest", plan.locales, plan.seed)
        self._draws = Draws("guest", plan.seed)
        self._id = ObjectIds(identifiers.tenant_id(plan.domain), "user", f"fake/{plan.seed}/guest")

    def id(self, number: int) -> str:
        """The object id of guest `number`."""
        return self._id(number)

    def __call__(self, number: int) -> User:
        """Guest `number`, with the attributes that an invitation fills."""
        name = self._naming(number)[1]
        company, domain = PARTNERS[self._draws(number)[0] % len(PARTNERS)]
        address = f"{name.local_part}@{domain}"
        upn = guest_upn(address, self._domain)
        return User(
            id=self.id(number),
            user_principal_name=upn,
            display_name=name.display,
            mail_nickname=upn.partition("@")[0],
            user_type=UserType.GUEST,
            given_name=name.given,
            surname=name.surname,
            mail=address,
            company_name=company,
            other_mails=(address,),
        )
