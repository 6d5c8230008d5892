"""A filter over one resource type, read once and then used on many resources."""

from functools import lru_cache

from entrasim_kit.scim_server.errors import InvalidFilter
from entrasim_kit.scim_server.filters.evaluate import resource_predicate
from entrasim_kit.scim_server.filters.expressions import (
    Comparison,
    Conjunction,
    Expression,
    NotReadable,
    Operator,
)
from entrasim_kit.scim_server.filters.parser import parse_filter
from entrasim_kit.scim_server.schemas.resource_type import ResourceType, locate


class Filter:
    """`key` is a name and value that an index can find; `predicate` is None when that is all."""

    def __init__(self, text: str, resource_type: ResourceType) -> None:
        expression = parse_filter(text)
        self.resource_type = resource_type
        self.key = _key(expression, resource_type)
        self.needs_view = any(name in text.casefold() for name in ("meta", "groups", "members"))
        """Whether it asks for what is not in the stored resource itself."""
        is_answered_by_key = self.key is not None and isinstance(expression, Comparison)
        self.predicate = (
            None if is_answered_by_key else resource_predicate(expression, resource_type)
        )


@lru_cache(maxsize=1024)
def read_filter(text: str, resource_type: ResourceType) -> Filter:
    """Read a filter.

    Raises:
        InvalidFilter: it cannot be read, or asks for what a resource does not have.
    """
    try:
        return Filter(text, resource_type)
    except NotReadable as error:
        raise InvalidFilter(f"the filter cannot be used: {error}") from None


def _key(expression: Expression, resource_type: ResourceType) -> tuple[str, str] | None:
    """What an index can be asked for: `userName eq "..."`, alone or as one of several demands."""
    match expression:
        case Comparison(name, Operator.EQ, str(literal)):
            place = locate(resource_type, name.text)
            if place is None or place.extension or place.sub or not place.attribute:
                return None
            if place.attribute.name in ("id", *resource_type.indexed):
                return place.attribute.name, literal
        case Conjunction(operands):
            return next(filter(None, (_key(each, resource_type) for each in operands)), None)
    return None
