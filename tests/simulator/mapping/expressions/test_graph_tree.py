"""Trees in Graph's JSON: shapes that are published, and what the way there and back does."""

from typing import Any

import pytest

from entrasim.mapping.expressions import Node, TreeError, from_graph, parse, to_graph
from entrasim.mapping.expressions.tree import Attribute, Constant, Function, Number


def test_the_published_shape_of_a_tree() -> None:
    """Source: https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-parseexpression"""
    city = {"expression": "[city]", "name": "city", "type": "Attribute", "parameters": []}

    assert to_graph(parse("ToUpper([city])")) == {
        "expression": "ToUpper([city])",
        "name": "ToUpper",
        "type": "Function",
        "parameters": [{"key": "source", "value": city}],
    }


BACK: list[tuple[str, Node]] = [
    ("[city]", Attribute("city")),
    ('"x"', Constant("x")),
    ("42", Constant("42")),
    ("&HF", Constant("&HF")),
    ("Left([city], 2)", Function("Left", (Attribute("city"), Number(2)))),
]
"""Alone, a number comes back as the text that it stands for; within a call it stays a number."""


@pytest.mark.parametrize(("text", "tree"), BACK, ids=[text for text, _ in BACK])
def test_there_and_back(text: str, tree: Node) -> None:
    assert from_graph(to_graph(parse(text))) == tree


def test_without_the_text_the_parameters_count() -> None:
    city = {"name": "city", "type": "Attribute"}
    written = {
        "name": "ToUpper",
        "type": "Function",
        "parameters": [{"key": "source", "value": city}],
    }

    assert from_graph(written) == Function("ToUpper", (Attribute("city"),))


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ([], "expected an object with name and type, not []"),
        ({"type": "Attribute"}, 'expected a text as "name" of a node, not None'),
        ({"name": "a[b", "type": "Attribute"}, '"a[b" is no name of an attribute'),
        (
            {"name": "x", "type": "Wish"},
            '"type" of "x" is Attribute, Constant or Function, not \'Wish\'',
        ),
        ({"name": "Lower", "type": "Function", "parameters": []}, "there is no function Lower"),
    ],
)
def test_what_is_no_tree_is_refused(written: Any, message: str) -> None:
    with pytest.raises(TreeError) as refused:
        from_graph(written)

    assert str(refused.value) == message
