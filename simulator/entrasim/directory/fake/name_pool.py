"""The names that Faker knows in one locale, each with its spelling in an address.

Faker is imported here only, and only when a company is made. Its lists of elements are read, none
of its methods is called: their results may change with the day, and each costs microseconds.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final, NamedTuple
from unicodedata import normalize

from entrasim.directory.fake.locales import LOCALES, Locale

LONGEST: Final = 16
"""Letters of a name in an address. With all that is added, the address stays below Entra's 64."""

_NAME: Final = re.compile(r"[^\W\d_][\w'\u2019 -]*")


class Spelled(NamedTuple):
    """A name as it is written, and as it stands in an address."""

    text: str
    ascii: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePool:
    """One locale's names. In each list, no two entries look alike in an address.

    The first `women` of the given names are women's. The two lists of surnames are of one length.
    """

    given: tuple[Spelled, ...]
    women: int
    women_surnames: tuple[Spelled, ...]
    men_surnames: tuple[Spelled, ...]


@cache
def name_pool(code: str) -> NamePool:
    """The pool of one locale, built once in a process (some milliseconds)."""
    locale = LOCALES[code]
    faker = import_module(f"faker.providers.person.{code}").Provider
    women, men = (getattr(faker, each) for each in locale.given)
    women_surnames, men_surnames = (
        _spelled(getattr(faker, each), locale) for each in locale.surnames
    )
    size = min(len(women_surnames), len(men_surnames))
    return NamePool(
        given=_spelled([*women, *men], locale),
        women=len(_spelled(women, locale)),
        women_surnames=women_surnames[:size],
        men_surnames=men_surnames[:size],
    )


def in_ascii(text: str, locale: Locale) -> str:
    """The name in small Latin letters, as an administrator would type it into an address."""
    for letter, replacement in locale.spelling:
        text = text.replace(letter, replacement)
    unidecode = import_module("faker.decode").unidecode
    return re.sub(r"[^a-z]", "", str(unidecode(text)).lower())


def _spelled(elements: Any, locale: Locale) -> tuple[Spelled, ...]:
    """Faker's elements without those that no address can be made of or that look like another."""
    found: dict[str, Spelled] = {}
    for element in elements:
        name = _entry(element, locale)
        if _NAME.fullmatch(name.text) and 0 < len(name.ascii) <= LONGEST:
            found.setdefault(name.ascii, name)
    return tuple(found.values())


def _entry(element: str | tuple[str, str, str], locale: Locale) -> Spelled:
    """A name, or Faker's triple of kanji, kana and romanized name."""
    if isinstance(element, str):
        text = normalize("NFC", element)
        return Spelled(text, in_ascii(text, locale))
    text, _kana, romanized = element
    return Spelled(text, in_ascii(romanized, locale))
