"""Calls of functions that take their arguments converted, as closures.

Constants are converted when the expression is compiled, and a call of constants alone is computed
then. A mistake in them still fails on each object, where the log shows it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.errors import EvaluationError
from entrasim.mapping.expressions.functions.conversion import converter
from entrasim.mapping.expressions.functions.definition import (
    Compiled,
    Definition,
    Evaluate,
    Kind,
    Parameter,
    Style,
)
from entrasim.mapping.expressions.settings import NullSource
from entrasim.mapping.expressions.values import MAXIMUM_LENGTH, Value

_NULL_RULED: Final = (Kind.SOURCE, Kind.NUMBER, Kind.DATE)


@dataclass(frozen=True, slots=True)
class _Argument:
    """How to read one argument and what converts it; `null_ruled` where null may end the call."""

    read: Evaluate
    convert: Callable[[Any], object]
    null_ruled: bool


@dataclass(frozen=True, slots=True)
class _Converted:
    """A constant, converted already, or None for an argument that was left out."""

    value: object


def compile_call(
    definition: Definition,
    compiled: Sequence[Compiled | None],
    attributes: Mapping[str, Evaluate],
) -> Compiled:
    """A call of `definition` with these arguments."""
    arguments = [
        _argument(each, definition.parameter(index)) for index, each in enumerate(compiled)
    ]
    if definition.style is Style.CONTEXT:
        return Compiled(_of_several(definition, arguments), attributes=attributes)
    constants = [each.value for each in arguments if isinstance(each, _Converted)]
    if len(constants) == len(arguments):
        return _folded(definition, constants, arguments)
    first = arguments[0]
    if isinstance(first, _Argument) and len(constants) == len(arguments) - 1:
        return Compiled(_of_one_variable(definition, first, constants), attributes=attributes)
    return Compiled(_of_several(definition, arguments), attributes=attributes)


def constant(value: Value) -> Compiled:
    """An expression that is the same for every object."""
    return Compiled(lambda _source, _context: value, is_constant=True, constant=value)


def _argument(compiled: Compiled | None, parameter: Parameter) -> _Argument | _Converted:
    if compiled is None:
        return _Converted(None)
    convert = converter(parameter)
    if compiled.is_constant and compiled.constant is not None:
        try:
            return _Converted(convert(compiled.constant))
        except EvaluationError:
            pass  # It fails on every object then.
    return _Argument(compiled.evaluate, convert, parameter.kind in _NULL_RULED)


def _folded(
    definition: Definition,
    constants: Sequence[object],
    arguments: Sequence[_Argument | _Converted],
) -> Compiled:
    try:
        return constant(_limited(definition.implementation(*constants)))
    except EvaluationError:
        return Compiled(_of_several(definition, arguments))


def _of_one_variable(
    definition: Definition, first: _Argument, constants: Sequence[object]
) -> Evaluate:
    """The frequent call: something read from the object, then constants."""
    function, read, convert = definition.implementation, first.read, first.convert
    null_ruled, name = first.null_ruled, definition.name

    def evaluate(source: Any, context: EvaluationContext) -> Value:
        try:
            value = read(source, context)
            if value is None and null_ruled and _null_ends(context):
                return None
            return _limited(function(convert(value), *constants))
        except EvaluationError as error:
            error.inside(name)
            raise

    return evaluate


def _of_several(definition: Definition, arguments: Sequence[_Argument | _Converted]) -> Evaluate:
    """Any call; the context goes before the arguments where the function wants it."""
    function, name = definition.implementation, definition.name
    with_context = definition.style is Style.CONTEXT

    def evaluate(source: Any, context: EvaluationContext) -> Value:
        values: list[object] = [context] if with_context else []
        try:
            for each in arguments:
                if isinstance(each, _Converted):
                    values.append(each.value)
                    continue
                value = each.read(source, context)
                if value is None and each.null_ruled and _null_ends(context):
                    return None
                values.append(each.convert(value))
            return _limited(function(*values))
        except EvaluationError as error:
            error.inside(name)
            raise

    return evaluate


def _null_ends(context: EvaluationContext) -> bool:
    return context.settings.null_source is NullSource.RETURNS_NULL


def _limited(value: Any) -> Value:
    """The value, unless it is a text beyond all bounds."""
    if isinstance(value, str) and len(value) > MAXIMUM_LENGTH:
        raise EvaluationError(f"the text is over {MAXIMUM_LENGTH} characters")
    result: Value = value
    return result
