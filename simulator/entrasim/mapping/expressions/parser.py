"""The parser: recursive descent, one function per rule of the grammar.

Each parsing function's docstring is its grammar; read downwards, they are the language. Function
names, the number of arguments and what else can be known without an object are checked on the
way. Sources:
https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#syntax-overview
and, for the 10,000 characters,
https://learn.microsoft.com/entra/identity/app-provisioning/known-issues
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from entrasim.mapping.expressions.errors import ExpressionError
from entrasim.mapping.expressions.functions import ELSEWHERE, FUNCTIONS, WORDS
from entrasim.mapping.expressions.functions.definition import Definition
from entrasim.mapping.expressions.settings import (
    DEFAULT_SETTINGS,
    ExpressionSettings,
    UnknownEscape,
)
from entrasim.mapping.expressions.tokens import Token, stray, tokens
from entrasim.mapping.expressions.tree import (
    Attribute,
    Comparison,
    Concatenation,
    Constant,
    Function,
    Node,
    Number,
    Operator,
    Word,
)

MAXIMUM_LENGTH: Final = 10_000
MAXIMUM_DEPTH: Final = 100
"""How deep functions may be nested. The limit is ours."""

_TOO_LARGE: Final = 2**63
_KNOWN_ESCAPE: Final = re.compile(r"\\([\\\"])")
_OTHER_ESCAPE: Final = re.compile(r"\\(?:[\\\"]|(?P<other>.))", re.DOTALL)
_OPERAND: Final = 'a function, an [attribute] or a "text"'
_ARGUMENT: Final = 'an argument: a function, an [attribute], a "text" or a number'


def parse(text: str, settings: ExpressionSettings = DEFAULT_SETTINGS) -> Node:
    """Read an expression.

    Raises:
        ExpressionError: with the place of the mistake, and what was hoped for.
    """
    if len(text) > MAXIMUM_LENGTH:
        raise ExpressionError(
            f"the expression has {len(text)} characters; Entra takes at most {MAXIMUM_LENGTH}",
            expression=text,
            start=MAXIMUM_LENGTH,
            end=MAXIMUM_LENGTH + 1,
        )
    return _Parser(text, settings).expression()


class _Parser:
    def __init__(self, text: str, settings: ExpressionSettings) -> None:
        self.text = text
        self.settings = settings
        self.tokens = tokens(text)
        self.index = 0
        self.depth = 0

    def expression(self) -> Node:
        """expression = concatenation END"""
        node = self.concatenation(_OPERAND)
        token = self.tokens[self.index]
        if token.lastgroup == "OPERATOR":
            raise self.error("a comparison stands inside a function only, such as IIF", token)
        if token.lastgroup != "END":
            raise self.error("expected the end of the expression", token)
        return node

    def concatenation(self, expected: str) -> Node:
        """concatenation = operand { "&" operand }, where a setting allows "&" """
        node = self.operand(expected)
        while self.tokens[self.index].lastgroup == "AMPERSAND":
            if not self.settings.ampersand_joins:
                hint = "write Append or Join, or switch the setting ampersandJoins on"
                place = self.tokens[self.index]
                raise self.error("& joins texts in Cloud Sync only", place, hint=hint)
            self.index += 1
            node = Concatenation(node, self.operand("something to join after &"))
        return node

    def operand(self, expected: str) -> Node:
        """operand = ATTRIBUTE | TEXT | NUMBER | HEXADECIMAL | call | word"""
        token = self.tokens[self.index]
        kind = token.lastgroup
        self.index += 1
        if kind == "TEXT":
            text = token["TEXT"]
            return Constant(self.unescaped(token) if "\\" in text else text[1:-1])
        if kind == "ATTRIBUTE":
            return Attribute(token["ATTRIBUTE"][1:-1])
        if kind == "NAME":
            if self.tokens[self.index].lastgroup == "OPEN":
                return self.call(token)
            return self.word(token)
        if kind in ("NUMBER", "HEXADECIMAL"):
            return self.number(token)
        raise self.error(f"expected {expected}", token)

    def call(self, token: Token) -> Function:
        """call = NAME "(" [ argument { "," argument } ] ")" """
        name = token["NAME"]
        definition = self.definition(name, token)
        self.depth += 1
        self.index += 1
        arguments = [self.argument()]
        while self.tokens[self.index].lastgroup == "COMMA":
            self.index += 1
            arguments.append(self.argument())
        close = self.tokens[self.index]
        if close.lastgroup != "CLOSE":
            raise self.error(f'expected "," or ")" in the call of {name}', close)
        self.index += 1
        self.depth -= 1
        if arguments == [None]:
            arguments = []
        fitting = definition
        if self.settings.three_argument_format_date_time:
            fitting = definition.for_count(len(arguments))
        problem = fitting.problem(arguments)
        if problem is not None:
            hint = f"write {definition.signature}"
            raise self.error(problem, token, end=close.end(), hint=hint)
        return Function(name, tuple(arguments))

    def argument(self) -> Node | None:
        """argument = [ concatenation [ OPERATOR concatenation ] ]"""
        if self.tokens[self.index].lastgroup in ("COMMA", "CLOSE"):
            return None
        node = self.concatenation(_ARGUMENT)
        token = self.tokens[self.index]
        if token.lastgroup != "OPERATOR":
            return node
        self.index += 1
        operator = Operator(token["OPERATOR"])
        right = self.concatenation(f"something to compare with after {operator}")
        return Comparison(node, operator, right)

    def word(self, token: Token) -> Word:
        """word = "vbTextCompare" | "vbBinaryCompare" """
        name = token["NAME"]
        if name in WORDS:
            return Word(name)
        near = _nearest(name, WORDS)
        hint = f'write [{name}] for the attribute, "{name}" for the text'
        if name in FUNCTIONS:
            hint += f", {FUNCTIONS[name].signature} for the function"
        elif near:
            hint = f"did you mean {near}?"
        raise self.error(f"{name} alone means nothing", token, hint=hint)

    def number(self, token: Token) -> Number:
        """NUMBER and HEXADECIMAL have 64 bits at most"""
        hexadecimal = token.lastgroup == "HEXADECIMAL"
        digits = token["HEXADECIMAL"][2:] if hexadecimal else token["NUMBER"]
        longest = 16 if hexadecimal else 20
        value = int(digits, 16 if hexadecimal else 10) if len(digits) <= longest else _TOO_LARGE
        if not -_TOO_LARGE <= value < _TOO_LARGE:
            raise self.error("the number has more than 64 bits", token)
        return Number(value, hexadecimal)

    def unescaped(self, token: Token) -> str:
        r"""TEXT without its quotes; in it, \\ and \" stand for a backslash and a double quote"""
        start, end = token.span("TEXT")
        for match in _OTHER_ESCAPE.finditer(self.text, start, end):
            if self.settings.unknown_escape is UnknownEscape.REFUSED and match["other"]:
                message = f'the text escapes {match["other"]}; only \\ and " can be escaped'
                hint = f"write \\\\{match['other']} for a backslash before it"
                raise self.error(message, match, hint=hint)
        return _KNOWN_ESCAPE.sub(r"\1", token["TEXT"][1:-1])

    def definition(self, name: str, token: Token) -> Definition:
        """The function that is called; it must exist and may stand here"""
        definition = FUNCTIONS.get(name)
        if definition is None:
            raise self.unknown_function(name, token)
        if definition.top_level_only and self.depth:
            raise self.error(f"{name} must not stand inside another function", token)
        if self.depth >= MAXIMUM_DEPTH:
            raise self.error(f"functions are nested more than {MAXIMUM_DEPTH} deep", token)
        return definition

    def unknown_function(self, name: str, token: Token) -> ExpressionError:
        if name in ELSEWHERE:
            message = f"{name} is a function of Cloud Sync, not of application provisioning"
            return self.error(message, token)
        near = _nearest(name, FUNCTIONS)
        hint = f"did you mean {FUNCTIONS[near].signature}?" if near else None
        return self.error(f"there is no function {name}", token, hint=hint)

    def error(
        self, message: str, token: Token, *, end: int | None = None, hint: str | None = None
    ) -> ExpressionError:
        kind = token.lastgroup or 0
        start = token.start(kind)
        if kind == "STRAY":
            return stray(self.text, start)
        return ExpressionError(
            message,
            expression=self.text,
            start=start,
            end=token.end(kind) if end is None else end,
            hint=hint,
        )


def _nearest(name: str, known: Iterable[str]) -> str | None:
    by_lower = {each.lower(): each for each in known}
    near = get_close_matches(name.lower(), by_lower, n=1)
    return by_lower[near[0]] if near else None
