"""`attributes` and `excludedAttributes`: which parts of a resource go into a response.

What is returned always (`id`, `schemas`) stays whatever is asked; names that do not exist are
passed over (RFC 7644, section 3.9).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from entrasim_kit.scim_server.errors import InvalidValue
from entrasim_kit.scim_server.schemas.attribute import Returned
from entrasim_kit.scim_server.schemas.resource_type import Place, ResourceType, locate
from entrasim_kit.scim_server.values import Json

_Tree = dict[str, Any]
"""Names in lower case, each with a tree of the parts below it; an empty tree means all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """What a response shows: only what is included, or all but what is excluded."""

    included: _Tree | None = None
    excluded: _Tree = field(default_factory=dict)

    @property
    def shows_members(self) -> bool:
        """Whether members have to be written out before this is applied."""
        if self.included is None:
            return self.excluded.get("members") != {}
        return "members" in self.included

    @property
    def is_done_without_members(self) -> bool:
        """Whether nothing is left to do once members are left out.

        Entra adds `excludedAttributes=members` whenever it looks at a group.
        """
        return self.included is None and self.excluded == {"members": {}}

    def apply(self, document: Json) -> Json:
        """The parts of a resource that are shown."""
        if self.included is None:
            shown: Json = _without(document, self.excluded)
        else:
            shown = _only(document, self.included)
        return shown


WHOLE: Final = Projection()


def projection(
    attributes: Iterable[str], excluded: Iterable[str], resource_type: ResourceType
) -> Projection:
    """Read the two parameters.

    Raises:
        InvalidValue: both are given; they exclude each other.
    """
    included_names, excluded_names = tuple(attributes), tuple(excluded)
    if included_names and excluded_names:
        raise InvalidValue("give either attributes or excludedAttributes, not both")
    if included_names or excluded_names:
        return _projection(included_names, excluded_names, resource_type)
    return WHOLE


@lru_cache(maxsize=256)
def _projection(
    included: tuple[str, ...], excluded: tuple[str, ...], resource_type: ResourceType
) -> Projection:
    if included:
        tree: _Tree = {"schemas": {}, "id": {}}
        for place in _places(included, resource_type):
            _plant(tree, place)
        return Projection(included=tree)
    tree = {}
    for place in _places(excluded, resource_type):
        if place.attribute is None or place.attribute.returned is not Returned.ALWAYS:
            _plant(tree, place)
    return Projection(excluded=tree)


def _places(names: Iterable[str], resource_type: ResourceType) -> list[Place]:
    located = (locate(resource_type, name.strip()) for name in names)
    return [place for place in located if place and (place.extension or place.attribute)]


def _plant(tree: _Tree, place: Place) -> None:
    """Add a place to a tree; all of an attribute outdoes parts of it."""
    *above, last = [
        name.casefold()
        for name in (
            place.extension,
            place.attribute and place.attribute.name,
            place.sub and place.sub.name,
        )
        if name
    ]
    for name in above:
        if tree.get(name) == {}:
            return
        tree = tree.setdefault(name, {})
    tree[last] = {}


def _only(value: Any, tree: _Tree) -> Any:
    """The named parts of a value; what is left empty is left out."""
    if not tree:
        return value
    if isinstance(value, list):
        return [part for each in value if (part := _only(each, tree))]
    if not isinstance(value, dict):
        return value
    return {
        name: shown
        for name, part in value.items()
        if (below := tree.get(name.casefold())) is not None
        and (shown := _only(part, below)) not in ([], {})
    }


def _without(value: Any, tree: _Tree) -> Any:
    """A value without the named parts."""
    if isinstance(value, list):
        return [_without(each, tree) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _without(part, below) if below else part
        for name, part in value.items()
        if (below := tree.get(name.casefold())) != {}
    }
