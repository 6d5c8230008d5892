"""Reading YAML: scalars are text, everything has a place, and nothing can hurt."""

import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from entrasim.scenario.mistakes import Place
from entrasim.scenario.yaml_source import (
    MAX_ALIASED,
    MAX_DEPTH,
    Mapping,
    YamlMistake,
    compose,
    read_yaml,
    typed,
)

SCALARS = {
    "On": "On",
    "NO": "NO",
    "yes": "yes",
    "01234": "01234",
    "1:30": "1:30",
    "1e3": "1e3",
    "0x1F": "0x1F",
    ".inf": ".inf",
    "2026-01-05": "2026-01-05",
    "true": "true",
    '"null"': "null",
    "'01234'": "01234",
    "!!str null": "null",
    "null": None,
    "~": None,
    "": None,
    "${NAME}": "${NAME}",
    "a  b": "a  b",
    "|-\n  two\n  lines": "two\nlines",
    ">-\n  one\n  line": "one line",
    "Zoë 😀": "Zoë 😀",
}


@pytest.mark.parametrize(("written", "value"), SCALARS.items(), ids=SCALARS.keys())
def test_scalars_mean_what_they_say(written: str, value: str | None) -> None:
    assert compose(f"key: {written}\n") == {"key": value}


TYPED = {
    "true": True,
    "False": False,
    "12": 12,
    "-3": -3,
    "1.5": 1.5,
    "01234": "01234",
    "1_000": "1_000",
    "+1": "+1",
    "1e3": "1e3",
    "nan": "nan",
    "TRUE": "TRUE",
    "yes": "yes",
    "'true'": "true",
    '"12"': "12",
    "[1, [true, 'no']]": [1, [True, "no"]],
    "{a: 1, b: {c: x}}": {"a": 1, "b": {"c": "x"}},
    "null": None,
}


@pytest.mark.parametrize(("written", "value"), TYPED.items(), ids=TYPED.keys())
def test_free_form_values_have_the_types_of_json(written: str, value: Any) -> None:
    found = typed(compose(f"key: {written}\n"))["key"]
    assert (found, type(found)) == (value, type(value))


# -- places ------------------------------------------------------------------------------------------


def test_every_key_and_value_has_its_place() -> None:
    top = compose("# a comment\na: {b: [x,\n  y]}\n")
    assert (top.place("a", key=True), top.place("a")) == (Place(2, 1), Place(2, 4))
    inner = top["a"]
    assert (inner.place("b", key=True), inner.place("b")) == (Place(2, 5), Place(2, 8))
    assert [inner["b"].place(position) for position in range(2)] == [Place(2, 9), Place(3, 3)]


def test_columns_count_characters() -> None:
    assert compose("ключ: 😀\n").place("ключ") == Place(1, 7)


def test_a_merge_key_keeps_the_places_of_what_it_brings() -> None:
    top = compose("base: &base\n  a: 1\n  b: 2\nuser:\n  <<: *base\n  b: 3\n")
    assert top["user"] == {"a": "1", "b": "3"}
    assert (top["user"].place("a"), top["user"].place("b")) == (Place(2, 6), Place(6, 6))


@pytest.mark.parametrize(
    "head", ["b: 3\n  <<: *base", "<<: *base\n  b: 3"], ids=["before", "after"]
)
def test_a_key_of_ones_own_wins_over_a_merged_one(head: str) -> None:
    assert compose(f"base: &base {{b: 2}}\nuser:\n  {head}\n")["user"] == {"b": "3"}


def test_several_mappings_can_be_merged() -> None:
    """The first one wins: https://yaml.org/type/merge.html"""
    top = compose("x: &x {a: 1}\ny: &y {a: 2, b: 2}\nz: {<<: [*x, *y], c: 3}\n")
    assert top["z"] == {"a": "1", "b": "2", "c": "3"}


def test_an_alias_stands_for_what_it_names() -> None:
    assert compose("a: &list [x, y]\nb: *list\nc: &text t\nd: *text\n") == {
        "a": ["x", "y"],
        "b": ["x", "y"],
        "c": "t",
        "d": "t",
    }


FILES = {
    "with a byte order mark": b"\xef\xbb\xbfname: x\n",
    "with the line ends of Windows": b"name: x\r\n",
    "with directives": b"%YAML 1.1\n---\nname: x\n...\n",
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_files(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file.yaml"
    file.write_bytes(content)
    assert read_yaml(file)[0] == {"name": "x"}


# -- limits ------------------------------------------------------------------------------------------


def nested(depth: int) -> str:
    """Mappings in mappings, so many of them."""
    return "{a: " * depth + "x" + "}" * depth


def test_the_deepest_nesting_that_is_read() -> None:
    assert isinstance(compose(nested(MAX_DEPTH)), Mapping)
    with pytest.raises(YamlMistake) as caught:
        compose(nested(MAX_DEPTH + 1))
    assert caught.value.place == Place(1, 4 * MAX_DEPTH + 1)


def test_the_most_values_that_aliases_may_stand_for() -> None:
    """A list of 99 has a weight of 100: itself counts too."""
    thousandth = MAX_ALIASED // 100
    text = f"a: &a [{', '.join('x' * 99)}]\nb: [{', '.join(['*a'] * thousandth)}"
    assert len(compose(f"{text}]\n")["b"]) == thousandth
    with pytest.raises(YamlMistake) as caught:
        compose(f"{text}, *a]\n")
    assert caught.value.message == "aliases stand for more than 100,000 values"


REFUSED = {
    "a key that is a list": ("{[a]: b}", Place(1, 2), "a key is a text"),
    "a key that is nothing": ("~: b", Place(1, 1), "a key is a text"),
    "a key twice in flow style": (
        "{a: 1, a: 2}",
        Place(1, 8),
        'the key "a" stands here twice; first in line 1',
    ),
    "a tag": ("a: !!set {b}", Place(1, 4), 'the tag "tag:yaml.org,2002:set" means nothing here'),
    "an alias of an open anchor": (
        "a: &a {b: {c: *a}}",
        Place(1, 15),
        'the alias "*a" stands inside of itself',
    ),
    "a tab": (
        "a:\n\tb: 1",
        Place(2, 1),
        "this is not YAML: while scanning for the next token, found character that cannot start "
        "any token",
    ),
    "a control character": (
        "a: \x07",
        Place(1, 4),
        "the character U+0007 is not allowed in YAML",
    ),
}


@pytest.mark.parametrize(("text", "place", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused(text: str, place: Place | None, message: str) -> None:
    with pytest.raises(YamlMistake) as caught:
        compose(text)
    assert (caught.value.place, caught.value.message) == (place, message)


BOMBS = {
    "opening brackets": "'name: ' + '[' * 200_000",
    "opening braces": "'{a: ' * 200_000",
    "an alias bomb": (
        "'a0: &a0 [x, x]\\n' + ''.join(f'a{n}: &a{n} [*a{n-1}, *a{n-1}]\\n' for n in range(1, 60))"
    ),
    "one alias of much, many times": (
        "'a: &a [' + 'x, ' * 90_000 + ']\\nb: [' + '*a, ' * 90_000 + ']\\n'"
    ),
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_bombs_cost_little_memory(text: str) -> None:
    """Each in a process of its own that may have 400 MiB of address space."""
    program = (
        "from entrasim.scenario.yaml_source import YamlMistake, compose\n"
        f"try: compose({text})\n"
        "except YamlMistake as mistake: print(mistake.message)"
    )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))

    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
        timeout=20,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout in (
        f"values are nested more than {MAX_DEPTH} deep\n",
        "aliases stand for more than 100,000 values\n",
    )
