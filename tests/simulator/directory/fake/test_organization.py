from collections import Counter

import pytest

from entrasim.directory.fake import organization
from entrasim.directory.fake.departments import DEPARTMENTS
from entrasim.directory.fake.organization import Seat

PEOPLE = 20_000


@pytest.fixture(scope="module")
def seats():
    return [organization.seat(number) for number in range(PEOPLE)]


def test_only_person_0_has_no_manager(seats: list[Seat]):
    assert [number for number, seat in enumerate(seats) if seat.manager is None] == [0]


def test_everybody_s_manager_comes_before_them(seats: list[Seat]):
    assert all(seat.manager < number for number, seat in enumerate(seats) if number)


def test_a_manager_is_of_the_same_department_or_the_head_of_the_company(seats: list[Seat]):
    assert all(
        seat.manager == 0 or seats[seat.manager].department is seat.department for seat in seats[1:]
    )


def test_only_managers_are_reported_to(seats: list[Seat]):
    assert all(seats[seat.manager].depth is not None for seat in seats[1:] if seat.manager)


def test_one_level_is_between_a_manager_and_the_next(seats: list[Seat]):
    assert all(
        seat.depth == (0 if seat.manager == 0 else seats[seat.manager].depth + 1)
        for seat in seats[1:]
        if seat.depth is not None
    )


def test_spans_are_realistic(seats: list[Seat]):
    # The last waves are not complete: their managers have fewer reports yet.
    complete = [seat.manager for seat in seats[1 : PEOPLE * 3 // 4]]
    spans = Counter(Counter(complete).values())

    assert max(spans) <= 13
    assert sum(count for span, count in spans.items() if 4 <= span <= 13) > 0.95 * sum(
        spans.values()
    )


def test_chains_of_managers_are_short(seats: list[Seat]):
    lengths = [0]
    for seat in seats[1:]:
        lengths.append(lengths[seat.manager] + 1)

    assert max(lengths) == 7


def test_the_biggest_departments_have_the_most_people(seats: list[Seat]):
    sizes = Counter(seat.department.name for seat in seats[1:])

    assert [name for name, _ in sizes.most_common(2)] == ["Engineering", "Sales"]
    assert set(sizes) == {each.name for each in DEPARTMENTS}


@pytest.mark.parametrize("people", [1, 2, 12, 256, 257, 258, 1000])
@pytest.mark.parametrize("place", range(len(DEPARTMENTS)))
def test_members_and_interns_of_a_department_are_those_whose_seat_is_there(
    seats: list[Seat], place: int, people: int
):
    there = {
        number: seat.intern
        for number, seat in enumerate(seats[:people])
        if seat.department is DEPARTMENTS[place]
    }
    interns = {number: intern for number, intern in there.items() if intern is not None}

    assert set(organization.members(place, people)) == there.keys() - interns.keys()
    assert dict(organization.interns(place, people)) == interns


def test_interns_are_numbered_without_a_gap(seats: list[Seat]):
    numbers = [seat.intern for seat in seats if seat.department is DEPARTMENTS[0]]
    numbers = sorted(each for each in numbers if each is not None)

    assert numbers == list(range(len(numbers)))


def test_the_heads_are_the_head_of_the_company_and_those_who_report_there(seats: list[Seat]):
    assert organization.heads(PEOPLE) == [
        number for number, seat in enumerate(seats) if not seat.manager
    ]
    assert organization.heads(2) == [0, 1]
    assert all(seats[organization.head(each)].depth == 0 for each in range(len(DEPARTMENTS)))
