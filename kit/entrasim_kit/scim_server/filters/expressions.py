"""What a filter says, as values. The parser makes them, `evaluate` and PATCH read them."""

from dataclasses import dataclass, field
from enum import StrEnum

Literal = str | int | float | bool | None


class Operator(StrEnum):
    """The comparisons of RFC 7644, section 3.4.2.2."""

    EQ = "eq"
    NE = "ne"
    CO = "co"
    SW = "sw"
    EW = "ew"
    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"


@dataclass(frozen=True, slots=True)
class Name:
    """An attribute as the client wrote it, and at which character (counted from 1)."""

    text: str
    character: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`userName eq "ana@contoso.example"`."""

    name: Name
    operator: Operator
    literal: Literal


@dataclass(frozen=True, slots=True)
class Presence:
    """`title pr`."""

    name: Name


@dataclass(frozen=True, slots=True)
class Negation:
    """`not (...)`."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Conjunction:
    """`... and ...`."""

    operands: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Disjunction:
    """`... or ...`."""

    operands: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class ElementMatch:
    """`emails[type eq "work"]`: one element fulfils the whole condition."""

    name: Name
    condition: "Expression"


Expression = Comparison | Presence | Negation | Conjunction | Disjunction | ElementMatch


@dataclass(frozen=True, slots=True)
class Path:
    """The path of a PATCH operation: `emails[type eq "work"].value`."""

    name: Name
    condition: Expression | None = None
    sub: str | None = None


class NotReadable(ValueError):
    """The text follows no rule of the grammar, or names what does not exist."""

    def __init__(self, message: str, character: int) -> None:
        super().__init__(f"character {character}: {message}")
