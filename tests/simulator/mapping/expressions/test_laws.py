"""Laws that hold for every expression and for every text."""

import string
from contextlib import suppress
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from entrasim.mapping.expressions import (
    FUNCTIONS,
    EvaluationContext,
    EvaluationError,
    ExpressionError,
    Node,
    evaluate,
    from_graph,
    parse,
    print_expression,
    to_graph,
)
from entrasim.mapping.expressions.tree import Attribute, Comparison, Constant, Function, Number
from entrasim.mapping.expressions.tree import Operator as Sign

NAMES = st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=12)
TEXTS = st.text(max_size=20)
ATTRIBUTES = st.builds(Attribute, NAMES)
NUMBERS = st.builds(Number, st.integers(-(2**31), 2**31 - 1))
LEAVES: st.SearchStrategy[Node] = ATTRIBUTES | st.builds(Constant, TEXTS)


def calls(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Calls of some functions that take texts, and conditions."""
    comparison = st.builds(
        Comparison, ATTRIBUTES, st.sampled_from(Sign), st.builds(Constant, TEXTS)
    )
    one = st.tuples(inner)
    return st.one_of(
        st.builds(Function, st.sampled_from(["ToUpper", "ToLower", "StripSpaces"]), one),
        st.builds(Function, st.just("Append"), st.tuples(inner, inner)),
        st.builds(Function, st.just("Left"), st.tuples(inner, NUMBERS)),
        st.builds(Function, st.just("Join"), st.tuples(inner, inner, inner)),
        st.builds(Function, st.just("Switch"), st.tuples(inner, st.none() | inner, inner, inner)),
        st.builds(Function, st.just("IIF"), st.tuples(comparison, inner, inner)),
    )


TREES = st.recursive(LEAVES, calls, max_leaves=12)
CONTEXT = EvaluationContext(now=datetime(2026, 1, 5, 9, tzinfo=UTC))


@given(TREES)
def test_what_is_printed_is_parsed_back(tree: Node) -> None:
    assert parse(print_expression(tree)) == tree


@given(TREES)
def test_graphs_json_is_read_back(tree: Node) -> None:
    assert from_graph(to_graph(tree)) == tree


FRAGMENTS = [
    *FUNCTIONS,
    "(",
    ")",
    ",",
    "[",
    "]",
    '"',
    "\\",
    "=",
    "<>",
    "&",
    " ",
    "0x",
    "1",
    "a",
    "é",
]


@given(st.text() | st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))
def test_no_text_makes_the_parser_raise_anything_but_its_error(text: str) -> None:
    try:
        tree = parse(text)
    except ExpressionError:
        return
    assert parse(print_expression(tree)) == tree


@given(TREES, st.dictionaries(NAMES, st.none() | TEXTS | st.lists(TEXTS, max_size=3).map(tuple)))
def test_no_object_makes_evaluation_raise_anything_but_its_error(
    tree: Node, attributes: dict[str, str | tuple[str, ...] | None]
) -> None:
    with suppress(EvaluationError):
        evaluate(tree, attributes, CONTEXT)
