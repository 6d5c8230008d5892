"""People come, move, leave and come back: one round of changes in a made-up company.

A round is decided by the seed, its number and who is there; it changes nothing itself. Rates are
kept exactly: of 200 people, a rate of 0.05 takes ten. The head of the company and the heads of its
departments stay where they are, so nobody is ever left without a superior.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import nsmallest
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from entrasim.directory.fake import organization
from entrasim.directory.fake.company import FakeCompany
from entrasim.directory.fake.departments import DEPARTMENTS
from entrasim.directory.fake.draws import Draws
from entrasim.directory.user import User

_RANK, _KIND, _CHOICE, _TITLE = range(4)
_LONGEST_LOCAL_PART: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Shares of the people who are there; the returners' is one of those who have left."""

    joiners: float = 0.0
    movers: float = 0.0
    leavers: float = 0.0
    returners: float = 0.0


@dataclass(frozen=True, slots=True)
class Join:
    """Somebody new. If their manager has left, they report to the next one above."""

    number: int
    user: User


@dataclass(frozen=True, slots=True)
class Move:
    """New values for fields of a user."""

    user_id: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Leave:
    """Somebody goes."""

    user_id: str


@dataclass(frozen=True, slots=True)
class Return:
    """Somebody who had left comes back."""

    user_id: str


Decision = Join | Move | Leave | Return


class Mover(NamedTuple):
    """Person `number`, who moves: as they are, and the draws that decide where to."""

    company: FakeCompany
    number: int
    user: User
    heads: list[int]
    draws: tuple[int, ...]


def churn(
    company: FakeCompany,
    *,
    month: int,
    rates: Rates,
    users: Mapping[str, User],
    recycle_bin: Container[str],
    ever: int,
) -> Iterator[Decision]:
    """What happens in one month: first who returns, then who leaves, moves and joins.

    `users` and `recycle_bin` are the tenant's, by object id; whoever is not of the company's
    people is left alone. `ever` is how many people the company has had: the next to join has that
    number. A decision may be carried out before the next is asked for.
    """
    draws = Draws(f"churn/{month}", company.plan.seed)
    ids = [company.people.id(number) for number in range(ever)]
    present = [number for number in range(ever) if ids[number] in users]
    gone = [number for number in range(ever) if ids[number] in recycle_bin]
    heads = [number for number in organization.heads(ever) if ids[number] in users]
    for number in _chosen(gone, round(rates.returners * len(gone)), draws):
        yield Return(ids[number])

    free = sorted(set(present).difference(heads))
    leavers = round(rates.leavers * len(present))
    chosen = _chosen(free, leavers + round(rates.movers * len(present)), draws)
    for number in chosen[:leavers]:
        yield Leave(ids[number])
    for number in chosen[leavers:]:
        mover = Mover(company, number, users[ids[number]], heads, draws(number))
        yield Move(ids[number], _move(mover))

    missing = set(range(ever)).difference(present).union(chosen[:leavers])
    for number in range(ever, ever + round(rates.joiners * len(present))):
        yield _joiner(company, number, missing)


def to_another_department(mover: Mover) -> dict[str, Any]:
    """A new department, with a title of it and its head as the manager."""
    departments = [each for each in DEPARTMENTS if each.name != mover.user.department]
    department = departments[mover.draws[_CHOICE] % len(departments)]
    superiors = (organization.head(DEPARTMENTS.index(department)), 0)
    manager = next((each for each in superiors if each in mover.heads), None)
    titles = department.member_titles
    return {
        "department": department.name,
        "job_title": titles[mover.draws[_TITLE] % len(titles)],
        "manager": None if manager is None else mover.company.people.id(manager),
    }


def to_another_manager(mover: Mover) -> dict[str, Any]:
    """Reports to the head of a department, or of the company; they never move, so no circle."""
    ids = [mover.company.people.id(number) for number in mover.heads]
    managers = [each for each in ids if each != mover.user.manager]
    return {"manager": managers[mover.draws[_CHOICE] % len(managers)]} if managers else {}


def to_another_name(mover: Mover) -> dict[str, Any]:
    """Takes another surname. The user principal name follows, the mail address stays."""
    surname = mover.company.people.other_surname(mover.number, mover.draws[_CHOICE])
    user = mover.user
    nickname = user.mail_nickname[: _LONGEST_LOCAL_PART - len(surname.ascii) - 1]
    domain = user.user_principal_name.rpartition("@")[2]
    display = user.display_name.replace(user.surname or user.display_name, surname.text)
    return {
        "surname": surname.text,
        "display_name": display,
        "user_principal_name": f"{nickname}-{surname.ascii}@{domain}",
    }


def to_another_office(mover: Mover) -> dict[str, Any]:
    """Works in another office of the same country."""
    places = [
        each
        for each in mover.company.people.workplaces(mover.number).shares
        if each.office.name != mover.user.physical_delivery_office_name
    ]
    office, telephones = places[mover.draws[_CHOICE] % len(places)]
    return {
        "physical_delivery_office_name": office.name,
        "street_address": office.street,
        "city": office.city,
        "state": office.state,
        "postal_code": office.postal_code,
        "telephone_number": telephones[mover.draws[_TITLE] % len(telephones)],
    }


MOVES: Final[tuple[Callable[[Mover], dict[str, Any]], ...]] = (
    to_another_department,
    to_another_manager,
    to_another_name,
    to_another_office,
)
"""The ways to move; each is as likely as another."""


def _chosen(numbers: list[int], count: int, draws: Draws) -> list[int]:
    """So many of the numbers, in the order of their draws."""
    return nsmallest(count, numbers, key=lambda number: (draws(number)[_RANK], number))


def _move(mover: Mover) -> Mapping[str, Any]:
    return MappingProxyType(MOVES[mover.draws[_KIND] % len(MOVES)](mover))


def _joiner(company: FakeCompany, number: int, missing: set[int]) -> Join:
    """Person `number`, under the nearest superior who is there."""
    user = company.person(number)
    planned = superior = organization.seat(number).manager
    while superior is not None and superior in missing:
        superior = organization.seat(superior).manager
    if superior != planned and user.manager is not None:
        user = replace(user, manager=None if superior is None else company.people.id(superior))
    return Join(number, user)
