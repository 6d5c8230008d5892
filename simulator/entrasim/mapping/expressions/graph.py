"""Graph's JSON of an expression, `attributeMappingSource`, and back.

    {"expression": "ToUpper([city])", "name": "ToUpper", "type": "Function",
     "parameters": [{"key": "source", "value": {"expression": "[city]", "name": "city", ...}}]}

An argument that was left out has no parameter, a repeating one repeats its key, and numbers become
constants whose expression is quoted. How the service shows a comparison is not published; here it
is a function with the operator's name. Sources:
https://learn.microsoft.com/graph/api/resources/synchronization-attributemappingsource
https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-parseexpression
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from entrasim.mapping.expressions.errors import TreeError
from entrasim.mapping.expressions.functions import FUNCTIONS
from entrasim.mapping.expressions.functions.definition import Definition
from entrasim.mapping.expressions.parser import MAXIMUM_DEPTH, parse
from entrasim.mapping.expressions.printer import print_expression, quoted
from entrasim.mapping.expressions.settings import DEFAULT_SETTINGS, ExpressionSettings
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
)

AMPERSAND: Final = "&"


def to_graph(node: Node) -> dict[str, Any]:
    """The tree as Graph's `parsedExpression`."""
    match node:
        case Attribute(name):
            return _json(f"[{name}]", name, "Attribute")
        case Constant(value):
            return _json(quoted(value), value, "Constant")
        case Number() | Word():
            text = print_expression(node)
            return _json(quoted(text), text, "Constant")
        case Function(name, arguments):
            given = _parameters(name, arguments)
            return _json(print_expression(node), name, "Function", given)
        case Comparison(left, operator, right):
            sides = [("left", left), ("right", right)]
            return _json(print_expression(node), operator.value, "Function", sides)
        case Concatenation(left, right):
            sides = [("left", left), ("right", right)]
            return _json(print_expression(node), AMPERSAND, "Function", sides)


def from_graph(source: Mapping[str, Any], settings: ExpressionSettings = DEFAULT_SETTINGS) -> Node:
    """The tree of Graph's JSON, as exported schemas hold it.

    Of a function, the text in `expression` counts where there is one: it alone tells numbers from
    texts. Else the parameters do.

    Raises:
        TreeError: the JSON is no such tree.
        ExpressionError: the text in `expression`, or what the parameters spell, is no expression.
    """
    node = _node(source, settings, MAXIMUM_DEPTH)
    return parse(print_expression(node), settings)


def _json(
    expression: str, name: str, kind: str, parameters: Sequence[tuple[str, Node]] = ()
) -> dict[str, Any]:
    return {
        "expression": expression,
        "name": name,
        "type": kind,
        "parameters": [{"key": key, "value": to_graph(value)} for key, value in parameters],
    }


def _parameters(name: str, arguments: Sequence[Node | None]) -> list[tuple[str, Node]]:
    definition = FUNCTIONS[name].for_count(len(arguments))
    return [
        (definition.parameter(index).graph_key, each)
        for index, each in enumerate(arguments)
        if each is not None
    ]


def _node(source: object, settings: ExpressionSettings, depth: int) -> Node:
    if not isinstance(source, Mapping):
        raise TreeError(f"expected an object with name and type, not {source!r:.50}")
    name, kind = source.get("name"), source.get("type") or "Attribute"
    if not isinstance(name, str):
        raise TreeError(f'expected a text as "name" of a node, not {name!r:.50}')
    if kind == "Constant":
        return Constant(name)
    if kind == "Attribute":
        return _attribute(name)
    if kind != "Function":
        raise TreeError(f'"type" of "{name}" is Attribute, Constant or Function, not {kind!r:.50}')
    expression = source.get("expression")
    if isinstance(expression, str) and expression.strip():
        return parse(expression, settings)
    if depth == 0:
        raise TreeError(f"functions are nested more than {MAXIMUM_DEPTH} deep")
    return _function(name, _given(name, source.get("parameters"), settings, depth - 1))


def _attribute(name: str) -> Attribute:
    if not name or set(name) & set("[]"):
        raise TreeError(f'"{name}" is no name of an attribute')
    return Attribute(name)


def _given(
    name: str, parameters: object, settings: ExpressionSettings, depth: int
) -> list[tuple[str, Node]]:
    """The parameters of a function by key, in the order of the JSON."""
    given = []
    for each in parameters if isinstance(parameters, list) else []:
        if not (isinstance(each, Mapping) and isinstance(each.get("key"), str)):
            raise TreeError(f'expected "key" and "value" in the parameters of {name}')
        given.append((each["key"], _node(each.get("value"), settings, depth)))
    return given


def _function(name: str, given: Sequence[tuple[str, Node]]) -> Node:
    definition = FUNCTIONS.get(name)
    if definition is not None:
        return Function(name, _arguments(definition, given))
    sides = [value for _, value in given]
    if name == AMPERSAND and len(sides) == 2:  # noqa: PLR2004 - left and right
        return Concatenation(*sides)
    if name in list(Operator) and len(sides) == 2:  # noqa: PLR2004 - left and right
        return Comparison(sides[0], Operator(name), sides[1])
    raise TreeError(f"there is no function {name}")


def _arguments(
    definition: Definition, given: Sequence[tuple[str, Node]]
) -> tuple[Node | None, ...]:
    """The arguments in the order of the parameters; None where one has no value."""
    fixed = [each for each in definition.parameters if not each.repeats]
    repeating = {key for each in definition.repeating for key in (each.graph_key, each.name)}
    placed: dict[str, Node] = {}
    repeated: list[Node | None] = []
    for key, value in given:
        name = next((each.name for each in fixed if key in (each.graph_key, each.name)), None)
        if name is not None and name not in placed:
            placed[name] = value
        elif key in repeating:
            repeated.append(value)
        else:
            raise TreeError(f'{definition.signature} has no parameter "{key}"')
    arguments = [*(placed.get(each.name) for each in fixed), *repeated]
    while arguments and arguments[-1] is None:
        arguments.pop()
    return tuple(arguments)
