"""Coverage-guided fuzzing of the expression language: `make fuzz`.

Laws: no text makes the parser raise anything but its own error; what is parsed survives printing
and Graph's JSON; no object makes evaluation raise anything but its own error. See docs/fuzzing.md.
"""

import sys
from contextlib import suppress
from datetime import UTC, datetime
from random import Random

import atheris

with atheris.instrument_imports(include=["entrasim.mapping.expressions"]):
    from entrasim.mapping.expressions import (
        EvaluationContext,
        EvaluationError,
        ExpressionError,
        ExpressionSettings,
        evaluate,
        from_graph,
        parse,
        print_expression,
        to_graph,
    )
    from entrasim.mapping.expressions.tree import Function

CONTEXT = EvaluationContext(
    now=datetime(2026, 1, 5, 9, tzinfo=UTC),
    random=Random(7).random,
    default_domain="contoso.example",
    settings=ExpressionSettings(regex_time_limit=0.05),
)
OBJECTS = (
    {},
    {"a": "Ana Silva", "b": "", "c": ("x", "y"), "d": "2026-03-01", "e": "42"},
)


def try_one(data: bytes) -> None:
    """Hold the laws against one text."""
    text = atheris.FuzzedDataProvider(data).ConsumeUnicodeNoSurrogates(4000)
    try:
        tree = parse(text)
    except ExpressionError:
        return
    assert parse(print_expression(tree)) == tree
    if isinstance(tree, Function):  # a number alone becomes a constant, see the tables
        assert from_graph(to_graph(tree)) == tree
    for attributes in OBJECTS:
        with suppress(EvaluationError):
            evaluate(tree, attributes, CONTEXT)


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()
