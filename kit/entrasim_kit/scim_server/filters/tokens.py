"""Cutting a filter or a path into words, literals and brackets."""

import re
from typing import Final, NamedTuple

from entrasim_kit.scim_server.filters.expressions import NotReadable

_TOKEN: Final = re.compile(
    r"""[ \t\r\n]*
    (?:(?P<word>[A-Za-z$][\w$:.-]*)
      |(?P<string>"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*")
      |(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w$:.-]))
      |(?P<bracket>[()\[\]])
      |(?P<sub>\.[A-Za-z$][\w$-]*)
      |(?P<end>\Z)
    )""",
    re.VERBOSE | re.ASCII,
)


class Token(NamedTuple):
    """One token; `kind` is `word`, `string`, `number`, `bracket`, `sub` or `end`."""

    kind: str
    text: str
    character: int

    def __str__(self) -> str:
        return "the end" if self.kind == "end" else self.text


def tokenize(text: str) -> list[Token]:
    """All tokens of `text`, with an `end` as the last.

    Raises:
        NotReadable: something is no token, such as a string without its closing quote.
    """
    tokens: list[Token] = []
    position = 0
    while not tokens or tokens[-1].kind != "end":
        match = _TOKEN.match(text, position)
        if match is None:
            rest = text[position:].lstrip()
            raise NotReadable(f"cannot read {rest[:20]}", len(text) - len(rest) + 1)
        kind = match.lastgroup or "end"
        tokens.append(Token(kind, match[kind], match.start(kind) + 1))
        position = match.end()
    return tokens
