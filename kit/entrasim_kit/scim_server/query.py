"""What a client may ask of a list: filter, order, page, attributes (RFC 7644, 3.4.2 and 3.4.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from entrasim_kit.scim_server import urns
from entrasim_kit.scim_server.errors import InvalidSyntax, InvalidValue
from entrasim_kit.scim_server.projection import Projection, projection
from entrasim_kit.scim_server.schemas.resource_type import ResourceType

MAX_RESULTS: Final = 1000
"""The longest page, and the one that a client gets that asks for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The parameters of a search, whether from a URL or from a SearchRequest."""

    filter: str | None = None
    sort_by: str | None = None
    descending: bool = False
    start_index: int = 1
    count: int = MAX_RESULTS
    attributes: tuple[str, ...] = ()
    excluded_attributes: tuple[str, ...] = ()

    def projection(self, resource_type: ResourceType) -> Projection:
        """What the answer shows of each resource."""
        return projection(self.attributes, self.excluded_attributes, resource_type)


def from_parameters(parameters: Mapping[str, str]) -> Query:
    """The query in a URL; lists of attributes are separated by commas.

    Raises:
        InvalidValue: `startIndex` or `count` is no number.
    """
    if not parameters:
        return NO_QUERY
    return _query(
        {
            name: value.split(",") if name in _LISTS and value else value
            for name, value in parameters.items()
        }
    )


def from_search_request(body: Mapping[str, Any]) -> Query:
    """The query in the body of a POST to `/.search`.

    Raises:
        InvalidSyntax: it is no SearchRequest.
        InvalidValue: `startIndex` or `count` is no number.
    """
    schemas = body.get("schemas")
    if schemas is not None and (
        not isinstance(schemas, list) or urns.SEARCH_REQUEST not in schemas
    ):
        raise InvalidSyntax(f"schemas lacks {urns.SEARCH_REQUEST}")
    return _query(body)


NO_QUERY: Final = Query()

_LISTS: Final = ("attributes", "excludedAttributes")


def _query(sent: Mapping[str, Any]) -> Query:
    return Query(
        filter=_text(sent, "filter"),
        sort_by=_text(sent, "sortBy"),
        descending=(_text(sent, "sortOrder") or "").lower() == "descending",
        start_index=max(1, _number(sent, "startIndex", 1)),
        count=min(MAX_RESULTS, max(0, _number(sent, "count", MAX_RESULTS))),
        attributes=_names(sent, "attributes"),
        excluded_attributes=_names(sent, "excludedAttributes"),
    )


def _text(sent: Mapping[str, Any], name: str) -> str | None:
    value = sent.get(name)
    if value is None or isinstance(value, str):
        return value
    raise InvalidValue(f"{name} is text")


def _number(sent: Mapping[str, Any], name: str, default: int) -> int:
    value = sent.get(name)
    if value is None:
        return default
    try:
        return int(str(value))
    except ValueError:
        raise InvalidValue(f"{name} is a whole number") from None


def _names(sent: Mapping[str, Any], name: str) -> tuple[str, ...]:
    names = sent.get(name) or []
    if isinstance(names, list) and all(isinstance(each, str) for each in names):
        return tuple(names)
    raise InvalidSyntax(f"{name} is a list of attribute names")
