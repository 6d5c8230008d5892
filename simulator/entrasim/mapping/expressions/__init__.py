"""The expression language of attribute mappings: parsed, compiled, evaluated per object.

    text -> tokens -> tree -> closure -> value        (tokens, parser, compiler, functions)
            tree -> text (printer), tree <-> Graph's JSON (graph)

Source: https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
"""

from entrasim.mapping.expressions.compiler import compile_expression
from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.errors import EvaluationError, ExpressionError, TreeError
from entrasim.mapping.expressions.evaluation import evaluate
from entrasim.mapping.expressions.functions import FUNCTIONS
from entrasim.mapping.expressions.graph import from_graph, to_graph
from entrasim.mapping.expressions.parser import parse
from entrasim.mapping.expressions.printer import print_expression
from entrasim.mapping.expressions.settings import DEFAULT_SETTINGS, ExpressionSettings
from entrasim.mapping.expressions.tree import Node, attributes_of, is_redacted
from entrasim.mapping.expressions.values import NO_FLOW, Value, to_text

__all__ = [
    "DEFAULT_SETTINGS",
    "FUNCTIONS",
    "NO_FLOW",
    "EvaluationContext",
    "EvaluationError",
    "ExpressionError",
    "ExpressionSettings",
    "Node",
    "TreeError",
    "Value",
    "attributes_of",
    "compile_expression",
    "evaluate",
    "from_graph",
    "is_redacted",
    "parse",
    "print_expression",
    "to_graph",
    "to_text",
]
