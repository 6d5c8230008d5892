"""Evaluation of one expression on one set of attributes, for tools and tests.

Provisioning compiles its mappings once instead (`compiler`).
"""

from collections.abc import Callable, Mapping

from entrasim.mapping.expressions.compiler import compile_expression
from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.parser import parse
from entrasim.mapping.expressions.tree import Node
from entrasim.mapping.expressions.values import Value


def evaluate(
    expression: str | Node, attributes: Mapping[str, Value], context: EvaluationContext
) -> Value:
    """The value of an expression, given as text or as tree, for an object with these attributes.

    An attribute that is not there, or is None, is null.

    Raises:
        ExpressionError: the text is no expression.
        EvaluationError: it fails on this object.
    """
    node = parse(expression, context.settings) if isinstance(expression, str) else expression
    return compile_expression(node, _reader)(attributes, context)


def _reader(name: str) -> Callable[[Mapping[str, Value]], Value]:
    return lambda attributes: attributes.get(name)
