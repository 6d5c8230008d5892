"""The names of a company's people, and the addresses that an administrator makes of them.

Names are not drawn but dealt: the pairs of a given name and a surname are the cards of a pack
that the seed shuffles, and number k of a locale gets card k. When the pack is used up it is dealt
again, and the second `anna.meyer` becomes `anna.meyer2`. So an address is unique without a look
at anybody else, whoever comes before or after.

The shuffle is a Feistel network on (given name, surname): each step adds to one half a number
that is looked up under the other half. A step can be undone, hence no two cards become one.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Final, NamedTuple

from entrasim.directory.fake.draws import Draws
from entrasim.directory.fake.locales import LOCALES, Locale
from entrasim.directory.fake.name_pool import NamePool, Spelled, name_pool

_SPREAD: Final = 0x9E3779B1
"""2 to the 32, divided by the golden ratio: multiples of it spread evenly."""


class Name(NamedTuple):
    """One person's name. `local_part` is what stands before the `@`."""

    given: str
    surname: str
    display: str
    local_part: str


class Naming:
    """The locale and the name of number 0, 1, 2 and so on, for one purpose under one seed.

    The locales take turns, in an order that changes from round to round.
    """

    def __init__(self, purpose: str, codes: Sequence[str], seed: int) -> None:
        self._packs = [
            _Pack(LOCALES[code], codes[:place], Draws(f"{purpose}/{code}", seed))
            for place, code in enumerate(codes)
        ]
        self._offset = Draws(f"{purpose}/locales", seed)(0)[0]

    def __call__(self, number: int) -> tuple[int, Name]:
        """The place of the locale among the `codes`, and the name."""
        place = self.locale(number)
        return place, self._packs[place].name(number // len(self._packs))

    def other_surname(self, number: int, draw: int) -> Spelled:
        """A surname that the person could take in marriage: of the same locale, in the same form.

        It is another one than the person was born with.
        """
        return self._packs[self.locale(number)].other_surname(number // len(self._packs), draw)

    def locale(self, number: int) -> int:
        """The place of the locale alone."""
        count = len(self._packs)
        if count == 1:
            return 0
        round_, turn = divmod(number, count)
        return (turn + ((round_ * _SPREAD + self._offset) >> 16)) % count


class _Pack:
    """The shuffled names of one locale.

    An address that one of the `earlier` locales can give to somebody else gets the country added:
    `anna.meyer.gb`.
    """

    def __init__(self, locale: Locale, earlier: Sequence[str], draws: Draws) -> None:
        pool = name_pool(locale.code)
        others = [name_pool(code) for code in earlier]
        self._given = pool.given
        self._women = pool.women
        self._surnames = (pool.men_surnames, pool.women_surnames)
        self._owners_of_given = _owners(pool.given, [_given_names(each) for each in others])
        surnames = [_surnames(each) for each in others]
        self._owners_of_surnames = tuple(_owners(each, surnames) for each in self._surnames)
        self._surname_first = locale.surname_first
        self._between = locale.between_names
        self._country = f".{locale.country.lower()}"
        self._size = len(pool.given) * len(pool.men_surnames)
        numbers = draws.stream()
        self._steps = tuple(
            tuple(islice(numbers, size)) for size in (len(pool.given), len(pool.men_surnames)) * 2
        )

    def name(self, ordinal: int) -> Name:
        """The name of number `ordinal` of this locale."""
        time, card = divmod(ordinal, self._size)
        given_place, surname_place = self._shuffled(card)
        is_woman = given_place < self._women
        given = self._given[given_place]
        surname = self._surnames[is_woman][surname_place]
        local_part = f"{given.ascii}.{surname.ascii}"
        if time:
            local_part += str(time + 1)
        owners = self._owners_of_surnames[is_woman][surname_place]
        if owners & self._owners_of_given[given_place]:
            local_part += self._country
        first, last = (surname, given) if self._surname_first else (given, surname)
        display = f"{first.text}{self._between}{last.text}"
        return Name(given.text, surname.text, display, local_part)

    def other_surname(self, ordinal: int, draw: int) -> Spelled:
        """A surname for number `ordinal`, other than the one in the name."""
        given_place, surname_place = self._shuffled(ordinal % self._size)
        surnames = self._surnames[given_place < self._women]
        return surnames[(surname_place + 1 + draw % (len(surnames) - 1)) % len(surnames)]

    def _shuffled(self, card: int) -> tuple[int, int]:
        by_given, by_surname, by_given_again, by_surname_again = self._steps
        many_given, many_surnames = len(by_given), len(by_surname)
        given, surname = divmod(card, many_surnames)
        surname = (surname + by_given[given]) % many_surnames
        given = (given + by_surname[surname]) % many_given
        surname = (surname + by_given_again[given]) % many_surnames
        given = (given + by_surname_again[surname]) % many_given
        return given, surname


def _given_names(pool: NamePool) -> frozenset[str]:
    return frozenset(each.ascii for each in pool.given)


def _surnames(pool: NamePool) -> frozenset[str]:
    return frozenset(each.ascii for each in (*pool.women_surnames, *pool.men_surnames))


def _owners(names: Sequence[Spelled], others: Sequence[frozenset[str]]) -> tuple[int, ...]:
    """For each name the other locales that have it, one bit for each of them."""
    return tuple(
        sum(1 << place for place, other in enumerate(others) if name.ascii in other)
        for name in names
    )
