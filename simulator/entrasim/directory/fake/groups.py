"""The groups of a company with their members, one after the other.

A group's members cost what their number is: departments and projects are counted off by
arithmetic, offices are sorted in one pass over the people.
"""

from array import array
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from math import gcd
from typing import Final

from entrasim.directory import identifiers
from entrasim.directory.fake import organization
from entrasim.directory.fake.draws import Draws
from entrasim.directory.fake.group_catalog import (
    DepartmentGroup,
    DynamicGroup,
    Entry,
    OfficeGroup,
    ProjectGroup,
    catalog,
)
from entrasim.directory.fake.guests import Guests
from entrasim.directory.fake.offices import OFFICES, Office
from entrasim.directory.fake.people import People
from entrasim.directory.fake.plan import CompanyPlan
from entrasim.directory.group import Group, GroupKind

_SIZES: Final = (
    (6_000, 3, 10),
    (8_500, 10, 25),
    (9_700, 25, 100),
    (9_990, 100, 500),
    (10_000, 500, 20_000),
)
"""Of 10,000 projects, the first 6,000 have 3 to 9 members, those up to 8,500 have 10 to 24, ..."""

_MICROSOFT_365: Final = 5
"""Every fifth project's group is one of Microsoft 365, in a company that has such groups."""


class Groups:
    """The groups of the company after `plan`."""

    def __init__(self, plan: CompanyPlan, people: People, guests: Guests) -> None:
        self._plan = plan
        self._people = people
        self._guests = guests
        self._tenant = identifiers.tenant_id(plan.domain)
        self._draws = Draws("project", plan.seed)
        self._entries = tuple(islice(catalog(plan), plan.groups))
        self._projects = sum(isinstance(each, ProjectGroup) for each in self._entries)
        self._depths: dict[int, int] = {}
        for each in self._entries:
            if isinstance(each, DepartmentGroup):
                self._depths[each.department] = each.level

    def names(self) -> tuple[str, ...]:
        """The display names, in the order of the catalog."""
        return tuple(each.display_name for each in self._entries)

    def __iter__(self) -> Iterator[tuple[Group, Iterable[str]]]:
        """Each group with the ids of its members; a dynamic group's follow from its rule."""
        for entry in self._entries:
            yield self._group(entry), self._members(entry)

    def _group(self, entry: Entry) -> Group:
        is_365 = (
            self._plan.microsoft_365_groups
            and isinstance(entry, ProjectGroup)
            and entry.number % _MICROSOFT_365 == 1
        )
        nickname = entry.display_name.lower().replace(" ", "-")
        return Group(
            id=self._id(entry),
            display_name=entry.display_name,
            kind=GroupKind.MICROSOFT_365 if is_365 else GroupKind.SECURITY,
            security_enabled=not is_365,
            mail_nickname=nickname,
            mail=f"{nickname}@{self._plan.domain}" if is_365 else None,
            membership_rule=entry.rule if isinstance(entry, DynamicGroup) else None,
        )

    def _id(self, entry: Entry) -> str:
        name = f"fake/{self._plan.seed}/{entry.display_name}"
        return identifiers.object_id(self._tenant, "group", name)

    def _members(self, entry: Entry) -> list[str]:
        match entry:
            case DepartmentGroup():
                return self._members_of_department(entry)
            case OfficeGroup(locale, office):
                people = self._by_office[OFFICES[locale][office]]
                return [self._people.id(each) for each in people]
            case ProjectGroup(number):
                return self._members_of_project(number)
            case DynamicGroup():
                return []

    def _members_of_department(self, entry: DepartmentGroup) -> list[str]:
        """The people, and the group that is nested in this one."""
        people = map(self._people.id, self._people_of_department(entry))
        nested = DepartmentGroup(entry.department, entry.level + 1)
        return [*people, self._id(nested)] if entry.level < self._depth(entry) else [*people]

    def _people_of_department(self, entry: DepartmentGroup) -> Iterator[int]:
        """At the top all but the interns, who take turns in the groups below, if there are any."""
        depth = self._depth(entry)
        if entry.level == 0:
            yield from organization.members(entry.department, self._plan.users)
        for person, number in organization.interns(entry.department, self._plan.users):
            level = 1 + number % depth if depth else 0
            if level == entry.level:
                yield person

    def _depth(self, entry: DepartmentGroup) -> int:
        """How many groups are nested in the department's."""
        return self._depths[entry.department]

    @cached_property
    def _by_office(self) -> "dict[Office, array[int]]":
        """The people of every office, sorted in one pass."""
        found = {office: array("L") for code in self._plan.locales for office in OFFICES[code]}
        for number in range(self._plan.users):
            found[self._people.workplace(number).office].append(number)
        return found

    def _members_of_project(self, number: int) -> list[str]:
        """People at even distances, from somewhere on; the guests take turns in the projects.

        The distance has no divisor in common with the number of people, so nobody comes twice.
        """
        people = self._plan.users
        kind, size, start, distance = self._draws(number)[:4]
        step = 1 + distance % people
        while gcd(step, people) > 1:
            step += 1
        count = min(_size(kind, size), (people + 1) // 2)
        guests = range(number, self._plan.guests, self._projects)
        return [
            *(self._people.id((start + place * step) % people) for place in range(count)),
            *map(self._guests.id, guests),
        ]


def _size(kind: int, size: int) -> int:
    """Many projects are small and a few are huge."""
    least, limit = next(each[1:] for each in _SIZES if kind % _SIZES[-1][0] < each[0])
    return least + size % (limit - least)
