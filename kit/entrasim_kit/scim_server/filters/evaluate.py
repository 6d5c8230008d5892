"""Turning an expression into a predicate over resources, or over the elements of a list.

String comparison follows the schema: `userName` in any case, `id` and `externalId` exactly.
Elements of a list are asked one by one; one that fits is enough. `ne` is also fulfilled by what
is absent.
"""

import operator as python
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from entrasim_kit.scim_server.filters.expressions import (
    Comparison,
    Conjunction,
    Disjunction,
    ElementMatch,
    Expression,
    Literal,
    Name,
    Negation,
    NotReadable,
    Operator,
    Presence,
)
from entrasim_kit.scim_server.schemas.attribute import Attribute, Type
from entrasim_kit.scim_server.schemas.resource_type import Place, ResourceType, locate

Predicate = Callable[[Mapping[str, Any]], bool]
_Reader = Callable[[Mapping[str, Any]], Sequence[Any]]
_Resolver = Callable[[Name], tuple[Attribute, _Reader]]

_TESTS: Final[Mapping[Operator, Callable[[Any, Any], bool]]] = {
    Operator.EQ: python.eq,
    Operator.NE: python.ne,
    Operator.CO: lambda value, part: part in value,
    Operator.SW: lambda value, part: value.startswith(part),
    Operator.EW: lambda value, part: value.endswith(part),
    Operator.GT: python.gt,
    Operator.GE: python.ge,
    Operator.LT: python.lt,
    Operator.LE: python.le,
}
_NUMBERS: Final = (int, float)
_EQUALITIES: Final = frozenset({Operator.EQ, Operator.NE})
_SUBSTRINGS: Final = frozenset({Operator.CO, Operator.SW, Operator.EW})


def resource_predicate(expression: Expression, resource_type: ResourceType) -> Predicate:
    """A predicate over resources of this type.

    Raises:
        NotReadable: an attribute does not exist, or cannot be compared like this.
    """

    def resolve(name: Name) -> tuple[Attribute, _Reader]:
        place = locate(resource_type, name.text)
        if place is None or place.deepest is None:
            raise NotReadable(
                f"a {resource_type.name} has no attribute {name.text}", name.character
            )
        return place.deepest, reader(place)

    return _predicate(expression, resolve)


def element_predicate(condition: Expression, attribute: Attribute) -> Predicate:
    """A predicate over the elements of a multi-valued attribute, or over a complex value.

    Raises:
        NotReadable: a sub-attribute does not exist, or cannot be compared like this.
    """

    def resolve(name: Name) -> tuple[Attribute, _Reader]:
        sub = attribute.sub(name.text)
        if sub is None:
            raise NotReadable(f"{attribute.name} has no part {name.text}", name.character)
        return sub, lambda element: _listed(lookup(element, sub))

    return _predicate(condition, resolve)


def lookup(holder: object, attribute: Attribute) -> Any:
    """The value of `attribute` in a JSON object, or None.

    Known attributes are stored under their own names, unknown ones as the client wrote them.
    """
    if not isinstance(holder, Mapping):
        return None
    if attribute.type is not Type.UNKNOWN or attribute.name in holder:
        return holder.get(attribute.name)
    folded = attribute.name.casefold()
    return next((value for key, value in holder.items() if key.casefold() == folded), None)


def _predicate(expression: Expression, resolve: _Resolver) -> Predicate:
    match expression:
        case Comparison():
            return _comparison(expression, resolve)
        case Presence(name):
            _, read = resolve(name)
            return lambda resource: any(_is_present(value) for value in read(resource))
        case Negation(operand):
            inner = _predicate(operand, resolve)
            return lambda resource: not inner(resource)
        case Conjunction(operands):
            parts = [_predicate(each, resolve) for each in operands]
            return lambda resource: all(part(resource) for part in parts)
        case Disjunction(operands):
            parts = [_predicate(each, resolve) for each in operands]
            return lambda resource: any(part(resource) for part in parts)
        case ElementMatch(name, condition):
            attribute, read = resolve(name)
            if attribute.type not in (Type.COMPLEX, Type.UNKNOWN):
                raise NotReadable(f"{name.text} has no parts to select by", name.character)
            fits = element_predicate(condition, attribute)
            return lambda resource: any(fits(element) for element in read(resource))


def _comparison(comparison: Comparison, resolve: _Resolver) -> Predicate:
    attribute, read = resolve(comparison.name)
    operator = comparison.operator
    if attribute.type is Type.COMPLEX:
        attribute, read = _default_part(attribute, read, comparison.name)
    if comparison.literal is None:
        return _null_comparison(comparison, read)
    literal, prepared = _prepared(attribute, comparison)
    test = _TESTS[operator]
    kind = _NUMBERS if type(literal) in _NUMBERS else type(literal)

    def holds(value: Any) -> bool:
        ready = prepared(value)
        return isinstance(ready, kind) and test(ready, literal)

    if operator is Operator.NE:
        return lambda resource: (
            not (values := read(resource)) or any(prepared(value) != literal for value in values)
        )
    return lambda resource: any(holds(value) for value in read(resource))


def _null_comparison(comparison: Comparison, read: _Reader) -> Predicate:
    """`eq null` asks for absence, `ne null` for presence."""
    if comparison.operator not in _EQUALITIES:
        raise NotReadable("null can only be compared by eq and ne", comparison.name.character)
    wants_presence = comparison.operator is Operator.NE
    return lambda resource: any(map(_is_present, read(resource))) is wants_presence


def _default_part(attribute: Attribute, read: _Reader, name: Name) -> tuple[Attribute, _Reader]:
    """Compare `emails` or `manager` by its `value` (RFC 7643, section 2.4)."""
    value = attribute.sub("value")
    if value is None:
        raise NotReadable(f"compare a part of {name.text}", name.character)
    return value, lambda resource: [
        part for element in read(resource) if (part := lookup(element, value)) is not None
    ]


def _prepared(
    attribute: Attribute, comparison: Comparison
) -> tuple[Literal | datetime, Callable[[Any], Any]]:
    """The literal in the form of the attribute's type, and how to bring a value to that form."""
    literal, operator, name = comparison.literal, comparison.operator, comparison.name
    match attribute.type:
        case Type.BOOLEAN:
            _require(operator in _EQUALITIES, name, "true and false are compared by eq and ne")
            return _boolean(literal, name), _as_it_is
        case Type.DATE_TIME:
            _require(operator not in _SUBSTRINGS, name, "an instant has no parts to search for")
            return _instant(literal, name), datetime.fromisoformat
        case Type.BINARY:
            _require(operator in _EQUALITIES, name, "binary values are compared by eq and ne")
        case Type.UNKNOWN if not isinstance(literal, str):
            _require(operator not in _SUBSTRINGS, name, "only text has parts to search for")
            return literal, _as_it_is
    _require(isinstance(literal, str), name, f'{name.text} is text: write "..."')
    assert isinstance(literal, str)
    return (literal, _as_it_is) if attribute.case_exact else (literal.casefold(), _folded)


def _require(condition: object, name: Name, message: str) -> None:
    if not condition:
        raise NotReadable(message, name.character)


def _boolean(literal: Literal, name: Name) -> bool:
    """A Boolean, also as text: Entra's mappings select by `roles[primary eq "True"].value`."""
    if isinstance(literal, bool):
        return literal
    text = str(literal).casefold()
    _require(text in ("true", "false"), name, f"{name.text} is true or false")
    return text == "true"


def _instant(literal: Literal, name: Name) -> datetime:
    try:
        instant = datetime.fromisoformat(str(literal))
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise NotReadable(
            f'{name.text} is an instant: write "2026-01-05T09:00:00Z"', name.character
        )
    return instant


def reader(place: Place) -> _Reader:
    """How to get the values at a place of a resource, absent ones left out."""
    attribute, sub, extension = place.attribute, place.sub, place.extension
    assert attribute is not None

    def outer(resource: Mapping[str, Any]) -> Any:
        holder = resource if extension is None else _under(resource, extension)
        return lookup(holder, attribute)

    if sub is None:
        return lambda resource: _listed(outer(resource))
    return lambda resource: [
        value for element in _listed(outer(resource)) for value in _listed(lookup(element, sub))
    ]


def _under(resource: Mapping[str, Any], extension: str) -> Any:
    """What stands under the URN of an extension, in any case."""
    if extension in resource:
        return resource[extension]
    folded = extension.casefold()
    return next((value for key, value in resource.items() if key.casefold() == folded), None)


def _listed(value: Any) -> Sequence[Any]:
    if isinstance(value, list):
        return value
    return () if value is None else (value,)


def _is_present(value: Any) -> bool:
    """Whether it is a non-empty value (RFC 7644, table 3)."""
    return value is not None and value not in ("", [], {})


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def _as_it_is(value: Any) -> Any:
    return value
