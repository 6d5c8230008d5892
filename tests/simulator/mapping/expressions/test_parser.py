"""Whatever is no expression is told with its place; whatever is one is read as it stands."""

import pytest

from entrasim.mapping.expressions import ExpressionError, parse
from entrasim.mapping.expressions.tree import (
    Attribute,
    Comparison,
    Constant,
    Function,
    Node,
    Number,
    Operator,
)

A = Attribute("a")
X, Y = Constant("x"), Constant("y")

READ: list[tuple[str, Node]] = [
    ("[a]", A),
    (' "x" ', X),
    (r'"\"x\" \\ y"', Constant(r'"x" \ y')),
    ("42", Number(42)),
    ("-3", Number(-3)),
    ("&H1F", Number(31, hexadecimal=True)),
    ("Left([a], 2)", Function("Left", (A, Number(2)))),
    ('Switch([a], , "x", "y")', Function("Switch", (A, None, X, Y))),
    ('Switch([a],\n  ,\n  "x", "y")', Function("Switch", (A, None, X, Y))),
    (
        'IIF([a]="x", "x", "y")',
        Function("IIF", (Comparison(A, Operator("="), X), X, Y)),
    ),
    (
        'Append(ToUpper([a]), "x")',
        Function("Append", (Function("ToUpper", (A,)), X)),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), READ, ids=[text for text, _ in READ])
def test_an_expression_is_read(text: str, tree: Node) -> None:
    assert parse(text) == tree


REFUSED = [
    ("", 'expected a function, an [attribute] or a "text"\n    \n    ^'),
    ("[", "the attribute does not end; expected a name and a closing ]\n    [\n    ^"),
    (
        "Join(",
        'expected an argument: a function, an [attribute], a "text" or a number\n'
        "    Join(\n"
        "         ^",
    ),
    ('Join(" "', 'expected "," or ")" in the call of Join\n    Join(" "\n            ^'),
    ('"abc', 'the text does not end; expected a closing "\n    "abc\n    ^^^^'),
    (
        'Left("a")',
        'Left needs NumChars\n    Left("a")\n    ^^^^^^^^^\nwrite Left(String, NumChars)',
    ),
    (
        'Left("a", 1, 2)',
        'Left takes 2 arguments, not 3\n    Left("a", 1, 2)\n    ^^^^^^^^^^^^^^^\n'
        "write Left(String, NumChars)",
    ),
    (
        "Left([a],)",
        "Left needs NumChars\n    Left([a],)\n    ^^^^^^^^^^\nwrite Left(String, NumChars)",
    ),
    (
        'Joim(" ", "a")',
        'there is no function Joim\n    Joim(" ", "a")\n    ^^^^\n'
        "did you mean Join(separator, source, ...)?",
    ),
    ('Left("a" 2)', 'expected "," or ")" in the call of Left\n    Left("a" 2)\n             ^'),
    ('Left("a", 2) x', 'expected the end of the expression\n    Left("a", 2) x\n                 ^'),
    (
        'IIF([a] = , "1", "2")',
        'expected something to compare with after =\n    IIF([a] = , "1", "2")\n              ^',
    ),
    (
        "[a] = [b]",
        "a comparison stands inside a function only, such as IIF\n    [a] = [b]\n        ^",
    ),
    (
        '"x" & "y"',
        '& joins texts in Cloud Sync only\n    "x" & "y"\n        ^\n'
        "write Append or Join, or switch the setting ampersandJoins on",
    ),
    (
        "Left('a',1)",
        "the character ' has no meaning here\n    Left('a',1)\n         ^\n"
        "write texts in double quotes",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[text for text, _ in REFUSED])
def test_what_is_no_expression_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)

    assert str(refused.value) == message


def test_ten_thousand_characters_are_the_most() -> None:
    longest = f'"{"x" * 9998}"'

    assert parse(longest) == Constant("x" * 9998)
    with pytest.raises(ExpressionError, match="has 10001 characters; Entra takes at most 10000"):
        parse(f"{longest} ")


def test_deep_nesting_is_refused_without_harm() -> None:
    with pytest.raises(ExpressionError):
        parse("Not(" * 2000 + '"x"' + ")" * 2000)
