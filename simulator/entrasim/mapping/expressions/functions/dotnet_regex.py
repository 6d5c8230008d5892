"""Regular expressions of .NET: matched and replaced as .NET would, within a time limit.

Patterns are translated for the `regex` library (`dotnet_pattern`). Here are the matches and the
substitutions of a replacement. Source:
https://learn.microsoft.com/dotnet/standard/base-types/substitutions-in-regular-expressions
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import Final

import regex

from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.functions.dotnet_pattern import translate
from entrasim.mapping.expressions.values import MAXIMUM_LENGTH

_SUBSTITUTION: Final = re.compile(
    r"""\$(?:(?P<digits>[0-9]+)
           |\{(?P<name>\w+)\}
           |(?P<sign>[$&`'+_]))""",
    re.VERBOSE,
)

Piece = str | Callable[["regex.Match[str]"], str]


@dataclass(frozen=True, slots=True)
class DotnetRegex:
    """A pattern of .NET, compiled.

    `groups` leads from .NET's number or name of each group to the one in `compiled`; group 0 is
    the whole match.
    """

    compiled: "regex.Pattern[str]"
    groups: Mapping[str, str | int]

    def is_match(self, text: str, limit: float, *, whole: bool = False) -> bool:
        """Whether the pattern matches somewhere in the text, or all of it.

        Raises:
            EvaluationError: the pattern takes longer than `limit` seconds.
        """
        find = self.compiled.fullmatch if whole else self.compiled.search
        try:
            return find(text, timeout=limit) is not None
        except TimeoutError:
            raise _too_slow(limit) from None

    def replace(self, text: str, replacement: str, limit: float) -> str:
        """Every match replaced; `$1`, `${name}` and the like stand for parts of the match.

        Raises:
            EvaluationError: the pattern takes longer than `limit` seconds, or the text grows out
                of all bounds.
        """
        pieces = self._pieces(replacement)
        return _spliced(
            text,
            (
                (match.start(), match.end(), _expanded(pieces, match))
                for match in self._matches(text, limit)
            ),
        )

    def replace_group(self, text: str, group: str, replacement: str, limit: float) -> str:
        """Within every match, the text of one group replaced. Another group's name changes nothing.

        Raises:
            EvaluationError: as `replace`.
        """
        name = self.groups.get(group)
        if name is None:
            return text
        spans = (match.span(name) for match in self._matches(text, limit))
        return _spliced(text, ((start, end, replacement) for start, end in spans if start >= 0))

    def find_group(self, text: str, group: str, limit: float) -> str | None:
        """The text of one group in the first match, or None.

        Raises:
            EvaluationError: the pattern takes longer than `limit` seconds.
        """
        name = self.groups.get(group)
        match = next(self._matches(text, limit), None)
        return None if match is None or name is None else match.group(name)

    def _matches(self, text: str, limit: float) -> "Iterator[regex.Match[str]]":
        """The matches from left to right; after an empty one .NET goes on one character later."""
        deadline = monotonic() + limit
        position = 0
        while position <= len(text):
            try:
                left = max(0.0, deadline - monotonic())  # Below zero would mean no limit.
                match = self.compiled.search(text, position, timeout=left)
            except TimeoutError:
                raise _too_slow(limit) from None
            if match is None:
                return
            yield match
            position = match.end() + (match.end() == match.start())

    def _pieces(self, replacement: str) -> list[Piece]:
        """The replacement as texts and look-ups; what names no group stands for itself."""
        pieces: list[Piece] = []
        end = 0
        for found in _SUBSTITUTION.finditer(replacement):
            pieces += [replacement[end : found.start()], self._piece(found)]
            end = found.end()
        return [*pieces, replacement[end:]]

    def _piece(self, found: re.Match[str]) -> Piece:
        sign = found["sign"]
        if sign is not None:
            return self._last_group() if sign == "+" else _SIGNS[sign]
        return self._group_piece(found["digits"] or found["name"]) or found[0]

    def _group_piece(self, name: str) -> Piece | None:
        if name.isdecimal():
            name = name.lstrip("0") or "0"
        group = self.groups.get(name)
        return None if group is None else lambda match: match.group(group) or ""

    def _last_group(self) -> Piece:
        numbers = [int(each) for each in self.groups if each.isdecimal()]
        return self._group_piece(str(max(numbers))) or ""


def _too_slow(limit: float) -> EvaluationError:
    return EvaluationError(f"regexPattern takes longer than {limit:g} s; it backtracks too much")


@lru_cache(maxsize=512)
def compile_pattern(pattern: str) -> DotnetRegex:
    """A pattern of .NET, without options.

    Raises:
        EvaluationError: .NET would refuse the pattern, or it uses one of the rare constructs that
            are not supported; the message tells which.
    """
    translation = translate(pattern)
    try:
        compiled = regex.compile(translation.pattern, regex.VERSION1)
    except (regex.error, OverflowError) as error:
        raise EvaluationError(f"regexPattern cannot be used: {error}") from None
    return DotnetRegex(compiled, {"0": 0, **translation.groups})


def _expanded(pieces: list[Piece], match: "regex.Match[str]") -> str:
    return "".join(each if isinstance(each, str) else each(match) for each in pieces)


def _spliced(text: str, replacements: Iterator[tuple[int, int, str]]) -> str:
    """The text with each (start, end, replacement) put in; those that overlap are left out."""
    parts: list[str] = []
    done = size = 0
    for start, end, replacement in replacements:
        if start < done:
            continue
        parts += [text[done:start], replacement]
        done = end
        size += len(replacement)
        if size > MAXIMUM_LENGTH:
            raise EvaluationError(f"the text is over {MAXIMUM_LENGTH} characters")
    return "".join([*parts, text[done:]])


_SIGNS: Final[Mapping[str, Piece]] = {
    "$": "$",
    "&": lambda match: match.group(),
    "`": lambda match: match.string[: match.start()],
    "'": lambda match: match.string[match.end() :],
    "_": lambda match: match.string,
}
