"""The tree of an expression: frozen nodes, equal when they mean the same.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-attributemappingsource
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Operator(StrEnum):
    """What may stand between the two sides of a condition.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#iif
    """

    EQUAL = "="
    NOT_EQUAL = "<>"
    GREATER = ">"
    GREATER_OR_EQUAL = ">="
    LESS = "<"
    LESS_OR_EQUAL = "<="


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of the source object: `[mail]`."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A text: `"Contoso"`."""

    value: str


@dataclass(frozen=True, slots=True)
class Number:
    """An integer, decimal or hexadecimal: `-10`, `&HF7`."""

    value: int
    hexadecimal: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word that a function knows: `vbTextCompare`."""

    name: str


@dataclass(frozen=True, slots=True)
class Function:
    """A function call. An argument that was left out is None."""

    name: str
    arguments: "tuple[Node | None, ...]"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A condition: `[country] = "NO"`."""

    left: "Node"
    operator: Operator
    right: "Node"


@dataclass(frozen=True, slots=True)
class Concatenation:
    """Cloud Sync's `"t-" & [alias]`; here only where a setting allows it."""

    left: "Node"
    right: "Node"


Node = Attribute | Constant | Number | Word | Function | Comparison | Concatenation


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, from left to right."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(_children(node)))


def attributes_of(node: Node) -> frozenset[str]:
    """The names of the attributes that the expression reads."""
    return frozenset(each.name for each in walk(node) if isinstance(each, Attribute))


def functions_of(node: Node) -> frozenset[str]:
    """The names of the functions that the expression calls."""
    return frozenset(each.name for each in walk(node) if isinstance(each, Function))


def is_redacted(node: Node) -> bool:
    """Whether the provisioning log must show `[Redact]` instead of the value.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data#redact
    """
    return "Redact" in functions_of(node)


def _children(node: Node) -> list[Node]:
    match node:
        case Function(arguments=arguments):
            return [each for each in arguments if each is not None]
        case Comparison(left=left, right=right) | Concatenation(left=left, right=right):
            return [left, right]
    return []
