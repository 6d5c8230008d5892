"""Translation of a .NET pattern for the `regex` library.

The two engines backtrack alike; they differ in spelling and in what some classes hold. Each
parsing function's docstring is its grammar; read downwards, they are the language. Source:
https://learn.microsoft.com/dotnet/standard/base-types/regular-expression-language-quick-reference

Not supported: balancing groups (`(?<open-close>...)`), and `\\G` behind an empty match, where .NET
finds nothing more.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from entrasim.mapping.expressions.functions.dotnet_classes import (
    CLASS_ESCAPES,
    WORD,
    failure,
    literal,
    read_category,
    read_character_escape,
    read_class,
    without_case,
)
from entrasim.mapping.expressions.functions.dotnet_groups import Groups, Reference

MAXIMUM_LENGTH: Final = 10_000
MAXIMUM_DEPTH: Final = 50

_BLANK: Final = re.compile(r"[ \t\n\r\f\v]+|#[^\n]*")
_COMMENT: Final = re.compile(r"\(\?#[^)]*\)")
_QUANTIFIER: Final = re.compile(r"[*+?]|\{[0-9]{1,9}(?:,[0-9]{0,9})?\}")
_BOUNDS: Final = re.compile(r"\{([0-9]+),([0-9]+)\}")
_OPTIONS: Final = re.compile(r"\(\?([imnsx]*)(?:-([imnsx]*))?([:)])", re.IGNORECASE)
_NAMED: Final = re.compile(r"\(\?(?:<(\w+)>|'(\w+)')")
_BALANCING: Final = re.compile(r"\(\?[<']\w*-\w+[>']")
_CONDITION: Final = re.compile(r"\(\?\((\w+)\)")
_REFERENCE: Final = re.compile(r"\\(?:k(?:<(\w+)>|'(\w+)')|([1-9][0-9]*))")
_PLAIN_GROUPS: Final = ("(?:", "(?>", "(?=", "(?!", "(?<=", "(?<!")

_IN: Final = rf"[{WORD}\u200c\u200d]"
_ANCHORS: Final[Mapping[str, str]] = {
    "A": r"(?:\A)",
    "Z": r"(?=\n?\Z)",
    "z": r"(?:\Z)",
    "G": r"(?:\G)",
    "b": f"(?:(?<={_IN})(?!{_IN})|(?<!{_IN})(?={_IN}))",
    "B": f"(?:(?<={_IN})(?={_IN})|(?<!{_IN})(?!{_IN}))",
}


@dataclass(frozen=True, slots=True)
class Translation:
    """A pattern for `regex`, and the name in it of each group that .NET numbers or names."""

    pattern: str
    groups: Mapping[str, str]


def translate(pattern: str) -> Translation:
    """The same pattern for `regex` (VERSION1, no flags).

    Raises:
        EvaluationError: .NET would refuse the pattern, or it is too long, too deep, or uses a
            balancing group.
    """
    if len(pattern) > MAXIMUM_LENGTH:
        raise failure(f"it is over {MAXIMUM_LENGTH} characters")
    return _Translator(pattern).pattern_()


@dataclass(frozen=True, slots=True)
class _Options:
    """The inline options that are on; they end with their group."""

    i: bool = False
    m: bool = False
    n: bool = False
    s: bool = False
    x: bool = False


class _Translator:
    def __init__(self, pattern: str) -> None:
        self.text = pattern
        self.position = 0
        self.depth = 0
        self.options = _Options()
        self.may_switch = True
        self.groups = Groups()
        self.pieces: list[str | Reference] = []

    def pattern_(self) -> Translation:
        """`pattern = alternatives END`"""
        self.alternatives()
        if self.position < len(self.text):
            raise failure("there are too many )")
        groups = self.groups.known()
        spelled = [each if isinstance(each, str) else each.spelled(groups) for each in self.pieces]
        return Translation("".join(spelled), groups)

    def alternatives(self) -> None:
        """`alternatives = sequence { "|" sequence }`"""
        self.sequence()
        while self.take("|"):
            self.pieces.append("|")
            self.sequence()

    def sequence(self) -> None:
        """`sequence = { COMMENT | "(?" OPTIONS ")" | atom [ quantifier ] }`"""
        while True:
            self.blanks()
            if self.position >= len(self.text) or self.text[self.position] in "|)":
                return
            options = _OPTIONS.match(self.text, self.position)
            if options and not self.may_switch and (options[1] or options[2] is not None):
                raise failure("options cannot be switched inside of (?(...)...)")
            if options and options[3] == ")":
                self.position = options.end()
                self.options = _switched(self.options, options)
            else:
                self.atom()
                self.blanks()
                self.quantifier()

    def blanks(self) -> None:
        """`COMMENT = "(?#" ... ")" | with option x: blanks, and "#" to the end of the line`"""
        while True:
            match = _COMMENT.match(self.text, self.position)
            if match is None and self.options.x:
                match = _BLANK.match(self.text, self.position)
            if match is None:
                return
            self.position = match.end()

    def atom(self) -> None:
        """`atom = group | class | "\\" ESCAPE | "." | "^" | "$" | CHARACTER`"""
        character = self.text[self.position]
        if character == "(":
            self.group()
        elif character == "\\":
            self.escape()
        elif character == "[":
            found, self.position = read_class(self.text, self.position + 1)
            self.pieces.append(without_case(found, ignore=self.options.i))
        elif _QUANTIFIER.match(self.text, self.position):
            raise failure(f"there is nothing before the quantifier {character}")
        else:
            self.position += 1
            self.pieces.append(self.character(character))

    def character(self, character: str) -> str:
        """`CHARACTER = any one; ".", "^" and "$" have their meanings`"""
        if character == ".":
            return r"[\s\S]" if self.options.s else r"[^\n]"
        if character == "^":
            return "(?m:^)" if self.options.m else r"(?:\A)"
        if character == "$":
            return "(?m:$)" if self.options.m else r"(?=\n?\Z)"
        return without_case(literal(character), ignore=self.options.i)

    def quantifier(self) -> None:
        """`quantifier = ( "*" | "+" | "?" | "{" N [ "," [ M ] ] "}" ) [ "?" ]`"""
        match = _QUANTIFIER.match(self.text, self.position)
        if match is None:
            return
        self.position = match.end()
        bounds = _BOUNDS.fullmatch(match[0])
        if bounds and int(bounds[1]) > int(bounds[2]):
            raise failure(f"the bounds of {match[0]} are reversed")
        self.blanks()
        self.pieces.append(match[0] + "?" * self.take("?"))
        self.blanks()
        again = _QUANTIFIER.match(self.text, self.position)
        if again is not None:
            raise failure(f"the quantifier {again[0]} follows another one")

    def group(self) -> None:
        """`group = opening alternatives ")"`"""
        self.depth += 1
        if self.depth > MAXIMUM_DEPTH:
            raise failure("its groups are nested too deeply")
        outside, may_switch = self.options, self.may_switch
        self.may_switch = True
        self.opening()
        self.alternatives()
        if not self.take(")"):
            raise failure("a ( is not closed")
        self.pieces.append(")")
        self.options, self.may_switch = outside, may_switch
        self.depth -= 1

    def opening(self) -> None:
        """`opening = "(" | PLAIN_GROUP | "(?" OPTIONS ":" | NAMED | TEST`"""
        for plain in _PLAIN_GROUPS:
            if self.take(plain):
                self.pieces.append(plain)
                return
        options = _OPTIONS.match(self.text, self.position)
        if options is not None:
            self.position = options.end()
            self.options = _switched(self.options, options)
            self.pieces.append("(?:")
        elif self.text.startswith("(?(", self.position):
            self.condition()
        elif self.text.startswith("(?", self.position):
            self.named()
        else:
            self.position += 1
            self.pieces.append("(?:" if self.options.n else self.groups.opened(None))

    def named(self) -> None:
        """`NAMED = "(?<" NAME ">" | "(?'" NAME "'"`"""
        match = _NAMED.match(self.text, self.position)
        if match is None:
            balancing = _BALANCING.match(self.text, self.position)
            raise failure(
                f"balancing groups such as {balancing[0]} are not supported"
                if balancing
                else f"{self.text[self.position : self.position + 4]} begins no group"
            )
        self.position = match.end()
        self.pieces.append(self.groups.opened(match[1] or match[2]))

    def condition(self) -> None:
        """`TEST = "(?(" NAME ")" | "(?(" alternatives ")"`"""
        match = _CONDITION.match(self.text, self.position)
        if match is not None:
            self.position = match.end()
            self.pieces.append(Reference(match[1], self.options.i, condition=True))
        else:
            self.position += len("(?(")
            self.pieces.append("(?(?=")
            outside = self.options
            self.alternatives()
            self.options = outside
            if not self.take(")"):
                raise failure("a ( is not closed")
            self.pieces.append(")")
            self.may_switch = False  # .NET takes no options right inside of the branches.

    def escape(self) -> None:
        """`ESCAPE = REFERENCE | ANCHOR | CLASS | CATEGORY | CHARACTER`"""
        following = self.text[self.position + 1 : self.position + 2]
        ignore = self.options.i
        if following == "k" or _REFERENCE.match(self.text, self.position):
            self.reference()
        elif following and following in _ANCHORS:
            self.position += 2
            self.pieces.append(_ANCHORS[following])
        elif following and following in CLASS_ESCAPES:
            self.position += 2
            self.pieces.append(CLASS_ESCAPES[following])
        elif following and following in "pP":
            category, self.position = read_category(self.text, self.position)
            self.pieces.append(without_case(category, ignore=ignore))
        else:
            character, self.position = read_character_escape(self.text, self.position)
            self.pieces.append(without_case(literal(character), ignore=ignore))

    def reference(self) -> None:
        """`REFERENCE = "k<" NAME ">" | "k'" NAME "'" | NUMBER`"""
        match = _REFERENCE.match(self.text, self.position)
        if match is None:
            raise failure(r"\k takes the name of a group, as in \k<name>")
        self.position = match.end()
        name = match[1] or match[2] or match[3]
        self.pieces.append(Reference(name, self.options.i, octal=match[3] is not None))

    def take(self, expected: str) -> bool:
        found = self.text.startswith(expected, self.position)
        self.position += found * len(expected)
        return found


def _switched(options: _Options, match: re.Match[str]) -> _Options:
    on = dict.fromkeys(match[1].lower(), True)
    off = dict.fromkeys((match[2] or "").lower(), False)
    return replace(options, **on, **off)
