"""What a function of the language is: a name, its parameters, and the Python that computes it.

`FUNCTIONS` in this package is the table of all of them. Parameter names are those of
https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
and types those of https://learn.microsoft.com/graph/api/resources/synchronization-attributemappingparameterschema
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.tree import Node
from entrasim.mapping.expressions.values import Value

Evaluate = Callable[[Any, EvaluationContext], Value]
"""A compiled expression: from the source object to the value."""

Arguments = Sequence[Node | None]
Rule = Callable[[Arguments], str | None]
"""A rule about the arguments of a call: what is wrong with them, or None."""


class Kind(StrEnum):
    """What a parameter takes, and what happens to null.

    TEXT and INTEGER are converted; a null text counts as "", a null integer is a mistake.
    SOURCE is a text, NUMBER an integer and DATE a date whose null the setting `nullSource` rules.
    ANY arrives as it is; VALUES as a tuple, or None for null.
    """

    TEXT = "text"
    SOURCE = "source"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    ANY = "any"
    VALUES = "values"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.

    `name` is the reference page's, `key` is Graph's in expression trees, where it differs.
    The repeating parameters of a function stand at its end and repeat together.
    """

    name: str
    kind: Kind = Kind.ANY
    key: str = ""
    optional: bool = False
    repeats: bool = False

    @property
    def graph_key(self) -> str:
        """What Graph calls the parameter in an expression tree."""
        return self.key or self.name


class Style(StrEnum):
    """How the Python of a function is called.

    PURE takes the converted arguments. CONTEXT takes the context before them. BUILDER takes the
    compiled arguments, once, and returns what evaluates the call, so that it can leave some of
    them uncomputed.
    """

    PURE = "pure"
    CONTEXT = "context"
    BUILDER = "builder"


@dataclass(frozen=True, slots=True)
class Compiled:
    """One compiled argument, as builders get it.

    `constant` is its value when `is_constant`. `attributes` are those that it reads.
    """

    evaluate: Evaluate
    is_constant: bool = False
    constant: Value = None
    attributes: Mapping[str, Evaluate] = field(default_factory=dict)


def _no_rule(_arguments: Arguments) -> None:
    return None


@dataclass(frozen=True)
class Definition:
    """One function.

    Args:
        name: Entra's name.
        implementation: The Python; its docstring is the documentation of the function.
        parameters: In order.
        style: How `implementation` is called.
        rule: What the arguments must fulfil beyond the parameters.
        top_level_only: Whether it may not stand inside another function.
        older: The same function with its older parameters, where a setting allows them.
    """

    name: str
    implementation: Callable[..., Any]
    parameters: tuple[Parameter, ...] = ()
    style: Style = Style.PURE
    rule: Rule = _no_rule
    top_level_only: bool = False
    older: "Definition | None" = None

    @property
    def signature(self) -> str:
        """The call as one writes it: `Switch(source, defaultValue?, key, value, ...)`."""
        names = [f"{each.name}?" if each.optional else each.name for each in self.parameters]
        if self.repeating:
            names.append("...")
        return f"{self.name}({', '.join(names)})"

    @property
    def summary(self) -> str:
        """The first sentence of the documentation."""
        return (self.implementation.__doc__ or "").partition("\n")[0]

    @cached_property
    def repeating(self) -> tuple[Parameter, ...]:
        """The parameters that repeat, or none."""
        return tuple(each for each in self.parameters if each.repeats)

    @cached_property
    def least(self) -> int:
        """The smallest number of arguments."""
        required = (n for n, each in enumerate(self.parameters, 1) if not each.optional)
        return max(required, default=0)

    def for_count(self, count: int) -> "Definition":
        """This definition, or the older one when it has just so many parameters."""
        older = self.older
        return older if older is not None and count == len(older.parameters) else self

    def parameter(self, index: int) -> Parameter:
        """The parameter of the argument at `index`, counted from 0."""
        beyond = index - len(self.parameters)
        return (
            self.parameters[index] if beyond < 0 else self.repeating[beyond % len(self.repeating)]
        )

    def problem(self, arguments: Arguments) -> str | None:
        """What is wrong with the arguments of a call, or None."""
        count, most = len(arguments), len(self.parameters)
        if count > most and not self.repeating:
            return f"{self.name} takes {self._counted()}, not {count}"
        for index, argument in enumerate(arguments):
            if argument is None and not self.parameter(index).optional:
                return f"{self.name} needs {self.parameter(index).name}"
        if count < self.least:
            missing = next(each for each in self.parameters[count:] if not each.optional)
            return f"{self.name} needs {missing.name}"
        return self.rule(arguments)

    def _counted(self) -> str:
        most = len(self.parameters)
        least = sum(not each.optional for each in self.parameters)
        counted = f"{least} to {most}" if least < most else f"{most or 'no'}"
        return f"{counted} argument{'s' * (most != 1)}"
