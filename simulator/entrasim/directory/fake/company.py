"""A made-up company: its users and groups, ready to be loaded into a tenant."""

from collections.abc import Iterable, Iterator

from entrasim.directory.fake.groups import Groups
from entrasim.directory.fake.guests import Guests
from entrasim.directory.fake.hard_people import Case, HardPeople
from entrasim.directory.fake.people import People
from entrasim.directory.fake.plan import CompanyPlan
from entrasim.directory.fake.service_accounts import ServiceAccounts
from entrasim.directory.group import Group
from entrasim.directory.user import User


class FakeCompany:
    """The company after `plan`. Everything is made when it is asked for, in any order."""

    def __init__(self, plan: CompanyPlan) -> None:
        self.plan = plan
        self.people = People(plan)
        self._hard = HardPeople(plan.hard_share)
        self._guests = Guests(plan)
        self._service_accounts = ServiceAccounts(plan)
        self._groups = Groups(plan, self.people, self._guests)

    def person(self, number: int) -> User:
        """Person `number`: 0 is the head of the company, and `plan.users` would join next."""
        user = self.people(number)
        kind = self._hard.kind(number)
        if kind is None:
            return user
        return kind(Case(user, number, self.person, self.people.id))

    def users(self) -> Iterator[User]:
        """Everybody: the people, then the guests, then the service accounts."""
        yield from map(self.person, range(self.plan.users))
        yield from map(self._guests, range(self.plan.guests))
        yield from map(self._service_accounts, range(self.plan.service_accounts))

    def groups(self) -> Iterator[tuple[Group, Iterable[str]]]:
        """The groups in the order of their catalog, each with the ids of its members."""
        return iter(self._groups)

    def group_names(self) -> tuple[str, ...]:
        """The display names of the groups, in the same order."""
        return self._groups.names()
