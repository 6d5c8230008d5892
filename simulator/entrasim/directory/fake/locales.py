"""The locales a fake company can have: whose names, in which country, written how."""

# ruff: noqa: RUF001 - Greek letters that look like Latin ones are meant

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """One locale of Faker's, and what Entra's attributes need beside its names.

    `given` and `surnames` are the lists of Faker's person provider for women and for men.
    `spelling` is what an administrator writes for a letter or a name, where that is not what
    Faker's transliteration makes of it. A `#` in the mobile number stands for a digit.
    """

    code: str
    language: str
    country: str
    country_name: str
    mobile: str
    given: tuple[str, str] = ("first_names_female", "first_names_male")
    surnames: tuple[str, str] = ("last_names", "last_names")
    surname_first: bool = False
    between_names: str = " "
    spelling: tuple[tuple[str, str], ...] = ()


_GENDERED: Final = ("last_names_female", "last_names_male")
_GERMAN: Final = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"))
_GREEK: Final = (
    ("ου", "ou"),
    ("ού", "ou"),
    ("αυ", "av"),
    ("αύ", "av"),
    ("ευ", "ev"),
    ("εύ", "ev"),
    ("Ευ", "Ev"),
    ("η", "i"),
    ("ή", "i"),
    ("Η", "I"),
    ("Ή", "I"),
    ("υ", "y"),
    ("ύ", "y"),
    ("φ", "f"),
    ("Φ", "F"),
    ("χ", "ch"),
    ("Χ", "Ch"),
)
_KOREAN: Final = (
    ("김", "kim"),
    ("이", "lee"),
    ("박", "park"),
    ("최", "choi"),
    ("조", "cho"),
    ("강", "kang"),
    ("오", "oh"),
    ("우", "woo"),
    ("백", "baek"),
    ("구", "koo"),
)

_ALL: Final = (
    Locale(
        code="en_US",
        language="en-US",
        country="US",
        country_name="United States",
        mobile="+1 917 555 01##",
    ),
    Locale(
        code="en_GB",
        language="en-GB",
        country="GB",
        country_name="United Kingdom",
        mobile="+44 7700 900###",
    ),
    Locale(
        code="de_DE",
        language="de-DE",
        country="DE",
        country_name="Germany",
        mobile="+49 171 39200##",
        spelling=_GERMAN,
    ),
    Locale(
        code="fr_FR",
        language="fr-FR",
        country="FR",
        country_name="France",
        mobile="+33 6 39 98 1# ##",
    ),
    Locale(
        code="es_ES",
        language="es-ES",
        country="ES",
        country_name="Spain",
        mobile="+34 000 600 ###",
    ),
    Locale(
        code="it_IT",
        language="it-IT",
        country="IT",
        country_name="Italy",
        mobile="+39 300 000 0###",
    ),
    Locale(
        code="pl_PL",
        language="pl-PL",
        country="PL",
        country_name="Poland",
        mobile="+48 000 500 ###",
        surnames=("unisex_last_names", "unisex_last_names"),
    ),
    Locale(
        code="no_NO",
        language="nb-NO",
        country="NO",
        country_name="Norway",
        mobile="+47 000 40 ###",
    ),
    Locale(
        code="pt_BR",
        language="pt-BR",
        country="BR",
        country_name="Brazil",
        mobile="+55 11 90000 0###",
    ),
    Locale(
        code="tr_TR",
        language="tr-TR",
        country="TR",
        country_name="Türkiye",
        mobile="+90 500 000 0###",
    ),
    Locale(
        code="el_GR",
        language="el-GR",
        country="GR",
        country_name="Greece",
        mobile="+30 690 000 0###",
        surnames=_GENDERED,
        spelling=_GREEK,
    ),
    Locale(
        code="ru_RU",
        language="ru-RU",
        country="RU",
        country_name="Russia",
        mobile="+7 900 000 0###",
        surnames=_GENDERED,
    ),
    Locale(
        code="ja_JP",
        language="ja-JP",
        country="JP",
        country_name="Japan",
        mobile="+81 90 0000 0###",
        given=("first_name_female_pairs", "first_name_male_pairs"),
        surnames=("last_name_pairs", "last_name_pairs"),
        surname_first=True,
    ),
    Locale(
        code="zh_CN",
        language="zh-CN",
        country="CN",
        country_name="China",
        mobile="+86 100 0000 0###",
        surname_first=True,
        between_names="",
    ),
    Locale(
        code="ko_KR",
        language="ko-KR",
        country="KR",
        country_name="South Korea",
        mobile="+82 10 0000 0###",
        surname_first=True,
        between_names="",
        spelling=_KOREAN,
    ),
    Locale(
        code="he_IL",
        language="he-IL",
        country="IL",
        country_name="Israel",
        mobile="+972 50 000 0###",
    ),
)

LOCALES: Final[Mapping[str, Locale]] = MappingProxyType({each.code: each for each in _ALL})
"""Each locale under Faker's code."""
