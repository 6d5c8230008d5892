"""Membership rules of dynamic groups: `user.department -eq "Sales" -and user.country -ne "NO"`.

Each parsing function's docstring is its grammar; read downwards, they are the language. Text is
compared without regard to case. Source:
https://learn.microsoft.com/entra/identity/users/groups-dynamic-membership
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from entrasim.directory.user import USER_FIELDS, User, is_extension_name

Rule = Callable[[User], bool]
Literal = str | bool | None | tuple[str, ...]


class RuleError(ValueError):
    """The rule cannot be read; the message ends with the rule and a caret under the place."""

    def __init__(self, problem: str, rule: str, position: int) -> None:
        super().__init__(f"{problem}\n    {rule}\n    {' ' * position}^")


class _Token(NamedTuple):
    kind: str
    text: str
    position: int


_TOKEN: Final = re.compile(
    r"""(?P<blank>\s+)
      | (?P<string>"(?:[^"`]|`.)*"|'(?:[^'`]|`.)*')
      | (?P<operator>-[A-Za-z]+)
      | (?P<property>user\.[A-Za-z_]\w*)
      | (?P<word>\w+)
      | (?P<symbol>[()\[\],])""",
    re.VERBOSE,
)


def parse_rule(text: str) -> Rule:
    """Turn a membership rule into a predicate over users.

    Raises:
        RuleError: with the place of the mistake.
    """
    return _Parser(text).rule()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = self._tokens()
        self.index = 0

    def _tokens(self) -> list[_Token]:
        tokens, position = [], 0
        while position < len(self.text):
            match = _TOKEN.match(self.text, position)
            if match is None:
                raise RuleError("this character has no meaning here", self.text, position)
            if match.lastgroup != "blank":
                tokens.append(_Token(str(match.lastgroup), match[0], position))
            position = match.end()
        return tokens

    def rule(self) -> Rule:
        """rule = disjunction END"""
        result = self.disjunction()
        if self.index < len(self.tokens):
            raise self.error('expected "-and", "-or" or the end of the rule')
        return result

    def disjunction(self) -> Rule:
        """disjunction = conjunction { "-or" conjunction }"""
        parts = [self.conjunction()]
        while self.take_operator("or"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else lambda user: any(part(user) for part in parts)

    def conjunction(self) -> Rule:
        """conjunction = negation { "-and" negation }"""
        parts = [self.negation()]
        while self.take_operator("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else lambda user: all(part(user) for part in parts)

    def negation(self) -> Rule:
        """negation = "-not" negation | "(" disjunction ")" | comparison"""
        if self.take_operator("not"):
            inner = self.negation()
            return lambda user: not inner(user)
        if self.take("symbol", "("):
            inner = self.disjunction()
            self.expect(")")
            return inner
        return self.comparison()

    def comparison(self) -> Rule:
        """comparison = "user." ATTRIBUTE OPERATOR literal"""
        value_of = self.attribute()
        token = self.peek()
        name = token.text[1:].casefold() if token else ""
        if token is None or token.kind != "operator" or name not in _OPERATORS:
            known = ", ".join(f"-{operator}" for operator in _SPELLINGS)
            raise self.error(f"expected an operator: {known}")
        self.index += 1
        literal = self.literal(wants_list=name in ("in", "notin"))
        test = _OPERATORS[name]
        return lambda user: test(value_of(user), literal)

    def attribute(self) -> Callable[[User], Literal]:
        """ATTRIBUTE = a user's attribute by Entra's name, or an extension attribute"""
        token = self.take("property")
        if token is None:
            raise self.error('expected an attribute such as user.department, "-not" or "("')
        name = token.text.removeprefix("user.")
        if name == "objectId":
            return lambda user: user.id
        if is_extension_name(name):
            return lambda user: user.extension.get(name)
        field = _FIELDS.get(name.casefold())
        if field is None:
            raise RuleError(f'users have no attribute "{name}"', self.text, token.position)
        return lambda user: getattr(user, field)

    def literal(self, *, wants_list: bool) -> Literal:
        """literal = STRING | "true" | "false" | "null" | "[" STRING { "," STRING } "]" """
        if wants_list:
            return self.list_literal()
        word = self.take("word")
        if word is not None:
            values: dict[str, Literal] = {"true": True, "false": False, "null": None}
            if word.text.casefold() in values:
                return values[word.text.casefold()]
            self.index -= 1
        return self.string()

    def list_literal(self) -> tuple[str, ...]:
        """list = "[" STRING { "," STRING } "]" """
        self.expect("[")
        values = [self.string()]
        while self.take("symbol", ","):
            values.append(self.string())
        self.expect("]")
        return tuple(values)

    def string(self) -> str:
        """STRING = text in double or single quotes; a backtick escapes the next character"""
        token = self.take("string")
        if token is None:
            raise self.error('expected a value in quotes, such as "Sales"')
        return re.sub(r"`(.)", r"\1", token.text[1:-1])

    def peek(self) -> _Token | None:
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    def take(self, kind: str, text: str | None = None) -> _Token | None:
        token = self.peek()
        if token is None or token.kind != kind or text not in (None, token.text):
            return None
        self.index += 1
        return token

    def take_operator(self, name: str) -> bool:
        token = self.peek()
        found = token is not None and token.text.casefold() == f"-{name}"
        self.index += found
        return found

    def expect(self, symbol: str) -> None:
        if not self.take("symbol", symbol):
            raise self.error(f'expected "{symbol}"')

    def error(self, problem: str) -> RuleError:
        token = self.peek()
        return RuleError(problem, self.text, token.position if token else len(self.text))


def _folded(value: Literal) -> Literal:
    return value.casefold() if isinstance(value, str) else value


def _contains(value: Literal, part: Literal) -> bool:
    return isinstance(value, str) and isinstance(part, str) and part.casefold() in value.casefold()


def _starts_with(value: Literal, start: Literal) -> bool:
    if not (isinstance(value, str) and isinstance(start, str)):
        return False
    return value.casefold().startswith(start.casefold())


def _is_in(value: Literal, values: Literal) -> bool:
    assert isinstance(values, tuple)
    return _folded(value) in {each.casefold() for each in values}


_FIELDS: Final = {
    name.casefold(): field for name, field in USER_FIELDS.items() if name != "manager"
}

_SPELLINGS: Final[Mapping[str, Callable[[Literal, Literal], bool]]] = MappingProxyType(
    {
        "eq": lambda value, other: _folded(value) == _folded(other),
        "ne": lambda value, other: _folded(value) != _folded(other),
        "contains": _contains,
        "notContains": lambda value, part: not _contains(value, part),
        "startsWith": _starts_with,
        "notStartsWith": lambda value, start: not _starts_with(value, start),
        "in": _is_in,
        "notIn": lambda value, values: not _is_in(value, values),
    }
)
_OPERATORS: Final = {name.casefold(): test for name, test in _SPELLINGS.items()}
