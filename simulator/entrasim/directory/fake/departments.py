"""The departments of a fake company, and the titles of those who work there."""

from typing import Final, NamedTuple

EXECUTIVE: Final = "Executive"
"""The department of the head of the company, who is its only member."""

HEAD_TITLE: Final = "Chief Executive Officer"

_LEVELS: Final = ("Junior", "Junior", "", "", "", "Senior", "Senior", "Principal")


class Department(NamedTuple):
    """A department. Of 32 teams in the company, `teams` are its own.

    `manager_titles` go from the head downwards; below the last one, all are called alike.
    """

    name: str
    teams: int
    manager_titles: tuple[str, ...]
    member_titles: tuple[str, ...]
    intern_title: str


def _department(name: str, teams: int, *roles: str) -> Department:
    """A department with every role at every level, the frequent levels more often."""
    return Department(
        name=name,
        teams=teams,
        manager_titles=(f"Head of {name}", f"Director, {name}", f"Manager, {name}"),
        member_titles=tuple(f"{level} {role}".lstrip() for role in roles for level in _LEVELS),
        intern_title=f"{name} Intern",
    )


DEPARTMENTS: Final = (
    _department("Engineering", 8, "Software Engineer", "Test Engineer", "Data Engineer"),
    _department("Sales", 6, "Account Manager", "Sales Representative", "Sales Engineer"),
    _department("Marketing", 3, "Marketing Specialist", "Content Editor", "Market Analyst"),
    _department("Finance", 2, "Accountant", "Financial Analyst", "Controller"),
    _department("Customer Support", 4, "Support Specialist", "Support Engineer"),
    _department("Human Resources", 1, "Recruiter", "HR Business Partner"),
    _department("IT", 2, "Systems Administrator", "Network Engineer", "Security Analyst"),
    _department("Operations", 3, "Operations Analyst", "Logistics Coordinator", "Buyer"),
    _department("Product", 2, "Product Manager", "Product Designer"),
    _department("Legal", 1, "Counsel", "Compliance Officer"),
)
"""In the order in which a growing company opens them."""
