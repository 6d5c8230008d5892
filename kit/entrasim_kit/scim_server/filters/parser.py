"""Filters and paths: a recursive descent parser. Each function's docstring is its grammar.

The grammar is that of RFC 7644, figures 1 and 7, with one addition that Entra needs: an element
match may be followed by a sub-attribute and a comparison, see `_element_match`.
"""

from functools import lru_cache
from typing import Final, NoReturn

import orjson

from entrasim_kit.scim_server.filters.expressions import (
    Comparison,
    Conjunction,
    Disjunction,
    ElementMatch,
    Expression,
    Literal,
    Name,
    Negation,
    NotReadable,
    Operator,
    Path,
    Presence,
)
from entrasim_kit.scim_server.filters.tokens import Token, tokenize

MAX_DEPTH: Final = 50
"""How deep brackets may be nested: a filter of a million brackets must not end the process."""

_OPERATORS: Final = {operator.value: operator for operator in Operator}
_CONSTANTS: Final[dict[str, Literal]] = {"true": True, "false": False, "null": None}
_OPERATOR_NAMES: Final = f"{', '.join(_OPERATORS)} or pr"


@lru_cache(maxsize=1024)
def parse_filter(text: str) -> Expression:
    """Read a filter.

    Raises:
        NotReadable: it is not one; the message tells the character.
    """
    parser = _Parser(text)
    expression = parser.disjunction()
    parser.expect_end("and, or or the end of the filter")
    return expression


@lru_cache(maxsize=1024)
def parse_path(text: str) -> Path:
    """Read the path of a PATCH operation.

    Raises:
        NotReadable: it is not one; the message tells the character.
    """
    parser = _Parser(text)
    path = parser.path()
    parser.expect_end("the end of the path")
    return path


class _Parser:
    """A place in a list of tokens."""

    def __init__(self, text: str) -> None:
        self._tokens = tokenize(text)
        self._next = 0
        self._depth = 0

    def disjunction(self) -> Expression:
        """disjunction = conjunction *("or" conjunction)"""
        operands = [self._conjunction()]
        while self._takes_word("or"):
            operands.append(self._conjunction())
        return operands[0] if len(operands) == 1 else Disjunction(tuple(operands))

    def path(self) -> Path:
        """path = name ["[" disjunction "]" ["." sub]]"""
        name = self._name()
        if not self._takes_bracket("["):
            return Path(name)
        condition = self._enclosed("]")
        sub = self._take().text[1:] if self._peek().kind == "sub" else None
        return Path(name, condition, sub)

    def expect_end(self, expected: str) -> None:
        """Refuse what is left over."""
        if self._peek().kind != "end":
            self._fail(expected)

    def _conjunction(self) -> Expression:
        """conjunction = term *("and" term)"""
        operands = [self._term()]
        while self._takes_word("and"):
            operands.append(self._term())
        return operands[0] if len(operands) == 1 else Conjunction(tuple(operands))

    def _term(self) -> Expression:
        """term = ["not"] "(" disjunction ")" / attribute-expression"""
        if self._takes_bracket("("):
            return self._enclosed(")")
        if self._peek().text.lower() == "not" and self._peek(1).text == "(":
            self._next += 2
            return Negation(self._enclosed(")"))
        return self._attribute_expression()

    def _attribute_expression(self) -> Expression:
        """attribute-expression = name (presence-or-comparison / element-match)"""
        name = self._name()
        if self._takes_bracket("["):
            return self._element_match(name)
        return self._presence_or_comparison(name)

    def _element_match(self, name: Name) -> Expression:
        """element-match = "[" disjunction "]" ["." sub presence-or-comparison]

        Entra sends `emails[type eq "work"].value eq "x"`, which the RFC's grammar lacks; it
        means `emails[type eq "work" and value eq "x"]`.
        Source: https://github.com/pond/scimitar/issues/115
        """
        condition = self._enclosed("]")
        if self._peek().kind != "sub":
            return ElementMatch(name, condition)
        token = self._take()
        sub = self._presence_or_comparison(Name(token.text[1:], token.character + 1))
        return ElementMatch(name, Conjunction((condition, sub)))

    def _presence_or_comparison(self, name: Name) -> Expression:
        """presence-or-comparison = "pr" / operator literal"""
        if self._takes_word("pr"):
            return Presence(name)
        operator = _OPERATORS.get(self._peek().text.lower())
        if operator is None:
            self._fail(_OPERATOR_NAMES)
        self._next += 1
        return Comparison(name, operator, self._literal())

    def _literal(self) -> Literal:
        """literal = string / number / "true" / "false" / "null" """
        token = self._peek()
        if token.kind in ("string", "number"):
            return self._value_of(self._take())
        if token.text.lower() not in _CONSTANTS:
            self._fail('a value such as "text", 1, true or null')
        return _CONSTANTS[self._take().text.lower()]

    def _name(self) -> Name:
        """name = [urn ":"] attribute ["." sub]"""
        token = self._peek()
        if token.kind != "word" or token.text[-1] in ".:":
            self._fail("the name of an attribute")
        self._next += 1
        return Name(token.text, token.character)

    def _enclosed(self, closing: str) -> Expression:
        """enclosed = disjunction closing"""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise NotReadable(
                f"more than {MAX_DEPTH} brackets within each other", self._peek().character
            )
        expression = self.disjunction()
        if not self._takes_bracket(closing):
            self._fail(closing)
        self._depth -= 1
        return expression

    def _value_of(self, token: Token) -> Literal:
        """A string or number as in JSON; a lone surrogate is none."""
        try:
            value: Literal = orjson.loads(token.text)
        except orjson.JSONDecodeError:
            raise NotReadable(f"{token.text} is not a JSON value", token.character) from None
        return value

    def _takes_word(self, word: str) -> bool:
        token = self._peek()
        taken = token.kind == "word" and token.text.lower() == word
        self._next += taken
        return taken

    def _takes_bracket(self, bracket: str) -> bool:
        token = self._peek()
        taken = token.kind == "bracket" and token.text == bracket
        self._next += taken
        return taken

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _peek(self, ahead: int = 0) -> Token:
        return self._tokens[min(self._next + ahead, len(self._tokens) - 1)]

    def _fail(self, expected: str) -> NoReturn:
        token = self._peek()
        raise NotReadable(f"expected {expected}, found {token}", token.character)
