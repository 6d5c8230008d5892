import re

import pytest

from entrasim.directory.fake.locales import LOCALES
from entrasim.directory.fake.name_pool import in_ascii, name_pool
from entrasim.directory.fake.names import Naming

SPELLINGS = [
    ("de_DE", "Jürgen", "juergen"),
    ("de_DE", "Weiß", "weiss"),
    ("fr_FR", "Adélaïde", "adelaide"),
    ("fr_FR", "Le Goff", "legoff"),
    ("en_GB", "O'Neill", "oneill"),
    ("es_ES", "Íñigo", "inigo"),
    ("pl_PL", "Iwańczyk", "iwanczyk"),
    ("no_NO", "Ødegård", "odegard"),
    ("tr_TR", "İhsanoğlu", "ihsanoglu"),
    ("el_GR", "Ηλίας", "ilias"),
    ("el_GR", "Κυρκούδη", "kyrkoudi"),
    ("ru_RU", "Щербакова", "shcherbakova"),
    ("zh_CN", "黄", "huang"),
    ("ko_KR", "김", "kim"),
    ("he_IL", "תמיר", "tmyr"),
]


@pytest.mark.parametrize(("code", "name", "ascii_name"), SPELLINGS)
def test_a_name_in_an_address_is_spelled_as_administrators_do(
    code: str, name: str, ascii_name: str
):
    assert in_ascii(name, LOCALES[code]) == ascii_name


def test_a_japanese_name_has_the_reading_that_faker_knows():
    assert ("明美", "akemi") in name_pool("ja_JP").given


@pytest.mark.parametrize("code", LOCALES)
def test_no_two_names_of_a_pool_look_alike_in_an_address(code: str):
    pool = name_pool(code)

    for names in (pool.given, pool.women_surnames, pool.men_surnames):
        spelled = [each.ascii for each in names]
        assert len(set(spelled)) == len(spelled)
        assert all(re.fullmatch("[a-z]{1,16}", each) for each in spelled)


@pytest.mark.parametrize("code", LOCALES)
def test_a_pack_of_names_is_dealt_without_a_repetition_then_again_with_numbers(code: str):
    pool = name_pool(code)
    size = min(len(pool.given) * len(pool.men_surnames), 20_000)
    naming = Naming("person", (code,), 7)

    names = [naming(number)[1] for number in range(size)]
    assert len({each.local_part for each in names}) == size

    again = naming(len(pool.given) * len(pool.men_surnames))[1]
    assert again.local_part == names[0].local_part + "2"
    assert again.display == names[0].display


def test_surnames_have_the_form_of_the_given_name():
    naming = Naming("person", ("ru_RU",), 7)
    pool = name_pool("ru_RU")
    women = {each.text for each in pool.given[: pool.women]}

    for number in range(300):
        name = naming(number)[1]
        forms = pool.women_surnames if name.given in women else pool.men_surnames
        assert name.surname in {each.text for each in forms}
        assert naming.other_surname(number, 5) in forms
        assert naming.other_surname(number, 5).text != name.surname


@pytest.mark.parametrize(
    ("code", "display"),
    [("en_US", "{given} {surname}"), ("ja_JP", "{surname} {given}"), ("ko_KR", "{surname}{given}")],
)
def test_the_display_name_has_the_order_of_the_country(code: str, display: str):
    name = Naming("person", (code,), 7)(0)[1]

    assert name.display == display.format(given=name.given, surname=name.surname)


def test_locales_take_turns():
    codes = ("en_US", "ja_JP", "el_GR")
    naming = Naming("person", codes, 7)

    for round_ in range(50):
        places = [naming.locale(3 * round_ + turn) for turn in range(3)]
        assert sorted(places) == [0, 1, 2]
    assert len({tuple(naming.locale(3 * r + turn) for turn in range(3)) for r in range(50)}) > 1


def test_an_address_that_two_locales_share_has_the_country_behind_it_in_the_second():
    naming = Naming("person", ("en_US", "en_GB"), 7)
    shared = {each.ascii for each in name_pool("en_US").given}
    shared_surnames = {each.ascii for each in name_pool("en_US").men_surnames}

    for number in range(400):
        place, name = naming(number)
        given, surname, *country = name.local_part.split(".")
        is_shared = given in shared and surname in shared_surnames
        assert country == (["gb"] if place == 1 and is_shared else [])


def test_countries_tell_locales_apart():
    assert len({each.country for each in LOCALES.values()}) == len(LOCALES)
