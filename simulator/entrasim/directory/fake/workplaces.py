"""Where people of a locale work: their offices, their telephone numbers, their country."""

from functools import cache
from typing import NamedTuple

from entrasim.directory.fake.locales import LOCALES, Locale
from entrasim.directory.fake.offices import OFFICES, Office


class Workplace(NamedTuple):
    """An office and the telephone numbers to be had in it. The numbers are few and recur."""

    office: Office
    telephones: tuple[str, ...]


class Workplaces(NamedTuple):
    """All that people of one locale have in common.

    `shares` holds each office as often as its size asks for: each is half as big as the one before.
    """

    locale: Locale
    mobiles: tuple[str, ...]
    shares: tuple[Workplace, ...]


@cache
def workplaces(code: str) -> Workplaces:
    """The workplaces of one locale, made once in a process so that all strings are shared."""
    offices = OFFICES[code]
    shares = [Workplace(office, _numbers(office.telephone)) for office in offices]
    weights = [2**place for place in reversed(range(len(offices)))]
    return Workplaces(
        locale=LOCALES[code],
        mobiles=_numbers(LOCALES[code].mobile),
        shares=tuple(
            each for each, weight in zip(shares, weights, strict=True) for _ in range(weight)
        ),
    )


def _numbers(pattern: str) -> tuple[str, ...]:
    """All telephone numbers of the pattern."""
    template = pattern.replace("#", "{}")
    digits = pattern.count("#")
    return tuple(template.format(*f"{number:0{digits}}") for number in range(10**digits))
