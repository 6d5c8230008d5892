"""The compiler: a tree becomes a Python closure, once, to be called for every object.

Attributes are resolved and constants converted here, and a call whose arguments are all constants
is computed here, so that little is left to do per object.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from entrasim.mapping.expressions.calls import compile_call, constant
from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.functions import FUNCTIONS
from entrasim.mapping.expressions.functions.comparison import compare
from entrasim.mapping.expressions.functions.conversion import as_text
from entrasim.mapping.expressions.functions.definition import (
    Compiled,
    Definition,
    Evaluate,
    Style,
)
from entrasim.mapping.expressions.functions.flow import AttributeDropped
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
    functions_of,
)
from entrasim.mapping.expressions.values import MAXIMUM_LENGTH, NO_FLOW, Value

__all__ = ["EvaluationContext", "compile_expression"]

S = TypeVar("S")
Resolve = Callable[[str], Callable[[S], Value]]


def compile_expression(node: Node, resolve: Resolve[S]) -> Callable[[S, EvaluationContext], Value]:
    """Turn a tree into what evaluates it for one source object.

    Args:
        node: The tree, as `parse` makes it.
        resolve: From the name of an attribute to what reads it from a source object; called once
            for each attribute of the expression. A reader returns None for an absent attribute.

    The result returns NO_FLOW when IgnoreFlowIfNullOrEmpty drops the attribute, and raises
    EvaluationError, nothing else, when the expression fails on the object.
    """
    evaluate = _Compiler(resolve).compile(node).evaluate
    if "IgnoreFlowIfNullOrEmpty" in functions_of(node):
        return _droppable(evaluate)
    return evaluate


class _Compiler:
    def __init__(self, resolve: Resolve[Any]) -> None:
        self.resolve = resolve
        self.attributes: dict[str, Evaluate] = {}

    def compile(self, node: Node) -> Compiled:
        match node:
            case Attribute(name):
                return self.attribute(name)
            case Constant(value):
                return constant(value)
            case Number(number):
                return constant(number)
            case Word(name):
                return constant(name)
            case Function(name, arguments):
                return self.function(FUNCTIONS[name].for_count(len(arguments)), arguments)
            case Comparison(left, operator, right):
                return _comparison(self.compile(left), operator, self.compile(right))
            case Concatenation(left, right):
                return _concatenation(self.compile(left), self.compile(right))

    def attribute(self, name: str) -> Compiled:
        evaluate = self.attributes.get(name)
        if evaluate is None:
            evaluate = self.attributes[name] = _reader(self.resolve(name))
        return Compiled(evaluate, attributes={name: evaluate})

    def function(self, definition: Definition, arguments: Sequence[Node | None]) -> Compiled:
        compiled = [None if each is None else self.compile(each) for each in arguments]
        attributes = _attributes(*(each for each in compiled if each is not None))
        if definition.style is Style.BUILDER:
            return Compiled(definition.implementation(*compiled), attributes=attributes)
        return compile_call(definition, compiled, attributes)


def _reader(read: Callable[[Any], Value]) -> Evaluate:
    return lambda source, _context: read(source)


def _attributes(*compiled: Compiled) -> dict[str, Evaluate]:
    return {name: read for each in compiled for name, read in each.attributes.items()}


def _comparison(left: Compiled, operator: Operator, right: Compiled) -> Compiled:
    read, read_other = left.evaluate, right.evaluate

    def evaluate(source: Any, context: EvaluationContext) -> Value:
        return compare(read(source, context), operator, read_other(source, context))

    return Compiled(evaluate, attributes=_attributes(left, right))


def _concatenation(left: Compiled, right: Compiled) -> Compiled:
    read, read_other = left.evaluate, right.evaluate

    def evaluate(source: Any, context: EvaluationContext) -> Value:
        before = as_text("the left side of &", read(source, context))
        after = as_text("the right side of &", read_other(source, context))
        if len(before) + len(after) > MAXIMUM_LENGTH:
            raise EvaluationError(f"the text is over {MAXIMUM_LENGTH} characters")
        return before + after

    return Compiled(evaluate, attributes=_attributes(left, right))


def _droppable(evaluate: Evaluate) -> Evaluate:
    def evaluate_or_drop(source: Any, context: EvaluationContext) -> Value:
        try:
            return evaluate(source, context)
        except AttributeDropped:
            return NO_FLOW

    return evaluate_or_drop
