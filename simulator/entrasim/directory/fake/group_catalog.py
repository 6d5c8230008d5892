"""Which groups a company has: always the same, in the same order, whatever the seed.

The catalog has no end; a company has the groups at its beginning. So a scenario knows the names
of the groups that it assigns. See the package's docstring for the names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

from entrasim.directory.fake.departments import DEPARTMENTS
from entrasim.directory.fake.offices import OFFICES
from entrasim.directory.fake.plan import CompanyPlan

PROJECTS: Final = [
    "Aurora",
    "Basalt",
    "Cedar",
    "Delta",
    "Ember",
    "Falcon",
    "Glacier",
    "Harbor",
    "Indigo",
    "Juniper",
    "Kestrel",
    "Lantern",
    "Meridian",
    "Nimbus",
    "Orchard",
    "Pioneer",
    "Quartz",
    "Raven",
    "Summit",
    "Tundra",
    "Umbra",
    "Vertex",
    "Willow",
    "Xenon",
    "Yarrow",
    "Zephyr",
]
"""What projects are called; the next after the last is the first again, with a 2 behind it."""

_EARLY_DEPARTMENTS: Final = 2
_EARLY_PROJECTS: Final = 2


@dataclass(frozen=True, slots=True)
class DepartmentGroup:
    """All who work in a department; `level` 1 and more are groups nested in it, for interns."""

    department: int
    level: int = 0

    @property
    def display_name(self) -> str:
        """`Sales`, `Sales Interns`, `Sales Interns Cohort 2`."""
        name = DEPARTMENTS[self.department].name
        if self.level == 0:
            return name
        return f"{name} Interns" + (f" Cohort {self.level}" if self.level > 1 else "")


@dataclass(frozen=True, slots=True)
class OfficeGroup:
    """All who work in an office: its place among those of the locale."""

    locale: str
    office: int

    @property
    def display_name(self) -> str:
        """`Berlin Office`."""
        return f"{OFFICES[self.locale][self.office].name} Office"


@dataclass(frozen=True, slots=True)
class DynamicGroup:
    """Whoever a membership rule admits."""

    display_name: str
    rule: str


@dataclass(frozen=True, slots=True)
class ProjectGroup:
    """People from all over the company, and guests."""

    number: int

    @property
    def display_name(self) -> str:
        """`Project Aurora`, and after all words are used up `Project Aurora 2`."""
        round_, place = divmod(self.number, len(PROJECTS))
        return f"Project {PROJECTS[place]}" + (f" {round_ + 1}" if round_ else "")


Entry = DepartmentGroup | OfficeGroup | DynamicGroup | ProjectGroup


def catalog(plan: CompanyPlan) -> Iterator[Entry]:
    """The groups in their order: a few of every kind, then the rest of each, then projects."""
    offices = [
        OfficeGroup(code, office) for code in plan.locales for office in range(len(OFFICES[code]))
    ]
    yield from _departments(range(_EARLY_DEPARTMENTS), plan.nesting)
    yield offices[0]
    yield _department_rule(0)
    yield from map(ProjectGroup, range(_EARLY_PROJECTS))
    yield from _departments(range(_EARLY_DEPARTMENTS, len(DEPARTMENTS)), plan.nesting)
    yield from offices[1:]
    yield _department_rule(1)
    yield DynamicGroup("All Guests", 'user.userType -eq "Guest"')
    yield from map(ProjectGroup, count(_EARLY_PROJECTS))


def _departments(departments: range, nesting: int) -> Iterator[DepartmentGroup]:
    for department in departments:
        yield from (DepartmentGroup(department, level) for level in range(nesting + 1))


def _department_rule(department: int) -> DynamicGroup:
    name = DEPARTMENTS[department].name
    return DynamicGroup(f"All {name}", f'user.department -eq "{name}"')
