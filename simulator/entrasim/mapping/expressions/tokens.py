"""Tokens: the words of the language, as a table of named regular expressions.

Blanks and line breaks between tokens are free. Source:
https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#syntax-overview
"""

import re
from collections.abc import Mapping
from typing import Final

from entrasim.mapping.expressions.errors import ExpressionError

TOKENS: Final[Mapping[str, str]] = {
    "COMMA": r",",
    "TEXT": r'"[^"\\]*(?:\\.[^"\\]*)*"',
    "ATTRIBUTE": r"\[[^\[\]]+\]",
    "NAME": r"[A-Za-z_][A-Za-z0-9_]*",
    "OPEN": r"\(",
    "CLOSE": r"\)",
    "NUMBER": r"-?[0-9]+",
    "HEXADECIMAL": r"&H[0-9A-Fa-f]+",
    "OPERATOR": r"<>|<=|>=|=|<|>",
    "AMPERSAND": r"&",
    "END": r"\Z",
    "STRAY": r".",
}
"""In the order in which they are tried: the frequent ones first."""

_TOKEN: Final = re.compile(
    r"\s*(?:" + "|".join(f"(?P<{name}>{rule})" for name, rule in TOKENS.items()) + ")", re.DOTALL
)

_UNCLOSED: Final = {
    '"': 'the text does not end; expected a closing "',
    "[": "the attribute does not end; expected a name and a closing ]",
}
_QUOTES: Final = frozenset("'`\u2018\u2019\u201c\u201d\u201e")
_BREAK: Final = re.compile(r"[\[\],()]")

Token = re.Match[str]
"""One token: `lastgroup` is its name in the table, `[lastgroup]` its text."""


def tokens(expression: str) -> list[Token]:
    """All tokens of an expression; the last one is END. A STRAY begins none of the others."""
    return list(_TOKEN.finditer(expression))


def stray(expression: str, start: int) -> ExpressionError:
    """The error of a character that begins no token."""
    character = expression[start]
    hint = "write texts in double quotes" if character in _QUOTES else None
    end = start + 1
    if character == "[":
        following = _BREAK.search(expression, end)
        end = following.start() if following else len(expression)
    elif character == '"':
        end = len(expression)
    message = _UNCLOSED.get(character, f"the character {character} has no meaning here")
    return ExpressionError(message, expression=expression, start=start, end=end, hint=hint)
