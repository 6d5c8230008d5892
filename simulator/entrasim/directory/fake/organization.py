"""Who works where under whom: the seat of person i, by arithmetic alone.

Person 0 is the head of the company. All others come in waves of 256 people in 32 teams; every
wave has the same teams of five to nine, and a team opens with its manager. The teams of a
department form a tree in which each has up to four below it, and the manager of its first team
heads the department and reports to the head of the company. So everybody's manager comes before
them, and nobody's seat depends on who comes after. The organization is the same for every seed.
"""

from collections.abc import Iterator
from itertools import cycle
from operator import itemgetter
from typing import Final, NamedTuple

from entrasim.directory.fake.departments import DEPARTMENTS, Department

BRANCHES: Final = 4
"""How many teams are at most directly below a team."""

_SIZES: Final = (9, 7, 8, 10, 6, 8, 9, 7)
"""People in a team, its manager included; these recur."""

_TEAMS: Final = 32
_WAVE: Final = _TEAMS * sum(_SIZES) // len(_SIZES)
_INTERN: Final = 3
"""The member of a team who is an intern, in every other team of a department."""


class Seat(NamedTuple):
    """A place in the organization.

    `depth` is 0 for the head of a department, 1 for the managers below, and so on; None for those
    who manage nobody. `intern` numbers the interns of a department; None for everybody else.
    `department` is None, and so is `manager`, for the head of the company.
    """

    department: Department | None
    manager: int | None
    depth: int | None = None
    intern: int | None = None


class _Place(NamedTuple):
    """A place in a wave: the department's place, the team in it, the member of it (0 manages).

    `opening` counts the teams of the wave in the order in which they open.
    """

    department: int
    team: int
    opening: int
    member: int
    is_intern: bool


def seat(person: int) -> Seat:
    """The seat of person i."""
    if person == 0:
        return Seat(None, None)
    wave, position = divmod(person - 1, _WAVE)
    place = _PLACES[position]
    department = DEPARTMENTS[place.department]
    if place.member:
        manager = 1 + wave * _WAVE + _MANAGERS[place.opening]
        intern = _number_of_intern(wave, place) if place.is_intern else None
        return Seat(department, manager, None, intern)
    team = wave * department.teams + place.team
    return Seat(department, _superior_of_team(place.department, team), _depth(team))


def members(department: int, people: int) -> Iterator[int]:
    """Who works in a department and is no intern, among the first `people` of the company."""
    positions = [
        position
        for position, place in enumerate(_PLACES)
        if place.department == department and not place.is_intern
    ]
    for start in range(1, people, _WAVE):
        yield from (start + each for each in positions if start + each < people)


def interns(department: int, people: int) -> Iterator[tuple[int, int]]:
    """The interns of a department, among the first `people`; each with the number in `Seat`."""
    positions = [
        (position, place)
        for position, place in enumerate(_PLACES)
        if place.department == department and place.is_intern
    ]
    for wave, start in enumerate(range(1, people, _WAVE)):
        for position, place in positions:
            if start + position < people:
                yield start + position, _number_of_intern(wave, place)


def head(department: int) -> int:
    """The head of a department."""
    return _manager(0, department, 0)


def heads(people: int) -> list[int]:
    """The head of the company and of each department that its first `people` have."""
    return [0, *(each for each in map(head, range(len(DEPARTMENTS))) if each < people)]


def _number_of_intern(wave: int, place: _Place) -> int:
    return wave * ((DEPARTMENTS[place.department].teams + 1) // 2) + place.team // 2


def _superior_of_team(department: int, team: int) -> int:
    """The person to whom the manager of a department's team reports."""
    if team == 0:
        return 0
    wave, above = divmod((team - 1) // BRANCHES, DEPARTMENTS[department].teams)
    return _manager(wave, department, above)


def _manager(wave: int, department: int, team: int) -> int:
    """The person who manages a department's team in a wave."""
    return 1 + wave * _WAVE + _MANAGERS[_OPENINGS.index((department, team))]


def _depth(team: int) -> int:
    depth = 0
    while team:
        team = (team - 1) // BRANCHES
        depth += 1
    return depth


def _openings() -> tuple[tuple[int, int], ...]:
    """The teams of a wave in the order in which they open: (department, team in it).

    The departments take turns, each as often as it has teams.
    """
    return tuple(
        (place, turn)
        for turn in range(max(each.teams for each in DEPARTMENTS))
        for place, each in enumerate(DEPARTMENTS)
        if turn < each.teams
    )


def _places() -> tuple[_Place, ...]:
    """The places of a wave in the order in which they are taken.

    A team opens every six steps and takes somebody in every four, so that a small company has few
    departments with people in them, not many with nobody but a manager.
    """
    sizes = cycle(_SIZES)
    steps = [
        (
            6 * opening + 4 * member,
            _Place(department, team, opening, member, member == _INTERN and team % 2 == 0),
        )
        for opening, (department, team) in enumerate(_OPENINGS)
        for member in range(next(sizes))
    ]
    return tuple(place for _, place in sorted(steps, key=itemgetter(0)))


_OPENINGS: Final = _openings()
_PLACES: Final = _places()
_MANAGERS: Final = tuple(position for position, place in enumerate(_PLACES) if place.member == 0)
"""The position of the manager of each team, in the order in which the teams open."""
