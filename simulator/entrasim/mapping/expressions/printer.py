r"""The printer: a tree as canonical text. `parse(print_expression(tree)) == tree`.

Arguments are separated by a comma and a blank, an argument that was left out is nothing, as in
the `expression` that Graph returns: `Replace([preferredLanguage], "-", , , "_", , )`. Source:
https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-parseexpression
"""

from entrasim.mapping.expressions.tree import (
    Attribute,
    Comparison,
    Concatenation,
    Constant,
    Function,
    Node,
    Number,
    Word,
)


def print_expression(node: Node) -> str:
    """The canonical text of an expression."""
    match node:
        case Attribute(name):
            return f"[{name}]"
        case Constant(value):
            return quoted(value)
        case Number(value, hexadecimal):
            return f"&H{value:X}" if hexadecimal else str(value)
        case Word(name):
            return name
        case Function(name, arguments):
            texts = ["" if each is None else print_expression(each) for each in arguments]
            return f"{name}({', '.join(texts)})"
        case Comparison(left, operator, right):
            return f"{print_expression(left)} {operator} {print_expression(right)}"
        case Concatenation(left, right):
            return f"{print_expression(left)} & {print_expression(right)}"


def quoted(text: str) -> str:
    r"""A text as a constant: in double quotes, with `\` and `"` escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
