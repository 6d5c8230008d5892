"""Examples in the docstrings of functions: found, computed, compared.

The last paragraph of a docstring holds them. An attribute is set by its name in brackets, with
one text, several with commas between them, or null; it holds for the expressions that follow.
Below an expression stands its result, on one line or more:

    >>> [givenName] = "Ana"
    >>> Left([givenName], 2)
    An

A text is written as it is, unless it could be taken for something else; null is `null`, an empty
text `""`, several values a JSON list, a dropped attribute `(no flow)`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from inspect import getdoc
from itertools import takewhile
from types import MappingProxyType
from typing import Final

from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.expressions.evaluation import evaluate
from entrasim.mapping.expressions.functions.definition import Definition
from entrasim.mapping.expressions.values import NO_FLOW, Value, to_text

EXAMPLE_CONTEXT: Final = EvaluationContext(
    now=datetime(2026, 1, 5, 9, tzinfo=UTC), default_domain="contoso.example"
)
"""The context of all examples."""

_PROMPT: Final = ">>> "
_SETTING: Final = re.compile(r"\[(?P<name>[^\]]+)\] = (?P<values>.+)")


@dataclass(frozen=True, slots=True)
class Example:
    """One example: the attributes, the expression, and the result as it is written."""

    expression: str
    attributes: Mapping[str, Value]
    expected: str

    @property
    def actual(self) -> str:
        """The result of the expression, written the same way."""
        return shown(evaluate(self.expression, self.attributes, EXAMPLE_CONTEXT))


def examples_of(definition: Definition) -> tuple[Example, ...]:
    """The examples of one function, in order."""
    return tuple(_examples((getdoc(definition.implementation) or "").splitlines()))


def description_of(definition: Definition) -> str:
    """The documentation of one function without its source and examples."""
    text = getdoc(definition.implementation) or ""
    return text.partition("\n\nSource: ")[0]


def source_of(definition: Definition) -> str:
    """The address of the page that documents the function."""
    _, _, rest = (getdoc(definition.implementation) or "").partition("\n\nSource: ")
    return rest.partition("\n")[0]


def shown(value: Value) -> str:
    """A result as the examples write it."""
    if value is NO_FLOW:
        return "(no flow)"
    if value is None:
        return "null"
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    text = to_text(value)
    is_plain = text.strip() == text and text not in ("", "null") and text[0] not in '["('
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _examples(lines: list[str]) -> Iterator[Example]:
    attributes: dict[str, Value] = {}
    for number, line in enumerate(lines):
        if not line.startswith(_PROMPT):
            continue
        code = line.removeprefix(_PROMPT)
        setting = _SETTING.fullmatch(code)
        if setting is not None:
            attributes = {**attributes, setting["name"]: _values(setting["values"])}
        else:
            result = takewhile(_is_result, lines[number + 1 :])
            yield Example(code, MappingProxyType(attributes), " ".join(result))


def _is_result(line: str) -> bool:
    return bool(line) and not line.startswith(_PROMPT)


def _values(text: str) -> Value:
    """One text, several, or null; written as JSON without the brackets."""
    values = json.loads(f"[{text}]")
    return values[0] if len(values) == 1 else tuple(values)
