"""Answering a query: find, sort, cut out a page, and write it as a ListResponse."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import orjson

from entrasim_kit.scim_server import urns
from entrasim_kit.scim_server.errors import InvalidFilter, InvalidPath
from entrasim_kit.scim_server.filters.evaluate import lookup, reader
from entrasim_kit.scim_server.filters.filter import Filter, read_filter
from entrasim_kit.scim_server.query import Query
from entrasim_kit.scim_server.records import Record
from entrasim_kit.scim_server.schemas.resource_type import Place, ResourceType, locate
from entrasim_kit.scim_server.store import Store
from entrasim_kit.scim_server.views import Views

_Hit = tuple[ResourceType, Record]


def search(
    store: Store, views: Views, query: Query, resource_types: Sequence[ResourceType]
) -> bytes:
    """The ListResponse to a query over one or more resource types.

    Raises:
        InvalidFilter: the filter cannot be read, or fits none of the types.
        InvalidPath: none of the types has the attribute to sort by.
    """
    hits = _hits(store, views, query.filter, resource_types)
    if query.sort_by is not None:
        key = _sort_key(query.sort_by, resource_types, views)
        hits.sort(key=key, reverse=query.descending)
    page = hits[query.start_index - 1 : query.start_index - 1 + query.count]
    shown = [views.view(kind, record, query.projection(kind)).json for kind, record in page]
    return list_response(shown, total=len(hits), start_index=query.start_index)


def list_response(resources: Sequence[bytes], *, total: int, start_index: int = 1) -> bytes:
    """A ListResponse; without hits it is an empty one, never an error."""
    head = (
        f'{{"schemas":["{urns.LIST_RESPONSE}"],"totalResults":{total},'
        f'"startIndex":{start_index},"itemsPerPage":{len(resources)},"Resources":['
    )
    return b"".join((head.encode(), b",".join(resources), b"]}"))


def _hits(
    store: Store, views: Views, text: str | None, resource_types: Sequence[ResourceType]
) -> list[_Hit]:
    if text is None:
        return [(kind, each) for kind in resource_types for each in store.collection(kind)]
    return [
        (filter_.resource_type, each)
        for filter_ in _filters(text, resource_types)
        for each in _fulfilling(store, views, filter_)
    ]


def _filters(text: str, resource_types: Iterable[ResourceType]) -> list[Filter]:
    """The filter for each type that has its attributes (RFC 7644, section 3.4.2.1)."""
    filters, refusals = [], []
    for kind in resource_types:
        try:
            filters.append(read_filter(text, kind))
        except InvalidFilter as error:
            refusals.append(error)
    if not filters:
        raise refusals[0]
    return filters


def _fulfilling(store: Store, views: Views, filter_: Filter) -> Iterable[Record]:
    kind, fulfils = filter_.resource_type, filter_.predicate
    collection = store.collection(kind)
    found = collection if filter_.key is None else collection.find(*filter_.key)
    if fulfils is None:
        return found
    if filter_.needs_view:
        return [each for each in found if fulfils(views.document(kind, each))]
    return [each for each in found if fulfils(orjson.loads(each.head + b"}"))]


def _sort_key(
    name: str, resource_types: Iterable[ResourceType], views: Views
) -> Callable[[_Hit], tuple[Any, ...]]:
    """What to order by; without a value comes last, or first when descending."""
    places = {
        kind: place
        for kind in resource_types
        if (place := locate(kind, name)) is not None and place.attribute is not None
    }
    if not places:
        raise InvalidPath(f"sortBy: there is no attribute {name}")

    def key(hit: _Hit) -> tuple[Any, ...]:
        kind, record = hit
        place = places.get(kind)
        value = place and _sort_value(views.document(kind, record), place)
        return (True,) if value is None else (False, type(value).__name__, value)

    return key


def _sort_value(document: Any, place: Place) -> Any:
    """The value at a place; of several the primary one, else the first (RFC 7644, 3.4.2.3)."""
    values = reader(place)(document)
    if not values:
        return None
    chosen = next(
        (each for each in values if isinstance(each, dict) and each.get("primary") is True),
        values[0],
    )
    attribute = place.deepest
    assert attribute is not None
    if isinstance(chosen, dict):
        attribute = attribute.sub("value") or attribute
        chosen = lookup(chosen, attribute)
    if isinstance(chosen, str):
        return chosen if attribute.case_exact else chosen.casefold()
    return chosen if isinstance(chosen, int | float) else chosen and str(chosen)
