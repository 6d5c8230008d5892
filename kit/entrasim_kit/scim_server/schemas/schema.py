"""A schema: a URN with the attributes that stand under it."""

from dataclasses import dataclass, field
from typing import Any

from entrasim_kit.scim_server import urns
from entrasim_kit.scim_server.schemas.attribute import Attribute


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Schema:
    """One schema (RFC 7643, section 7)."""

    urn: str
    name: str
    description: str
    attributes: tuple[Attribute, ...]
    _by_name: dict[str, Attribute] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        self._by_name.update({each.name.casefold(): each for each in self.attributes})

    def attribute(self, name: str) -> Attribute | None:
        """The attribute called `name`, in any case."""
        return self._by_name.get(name.casefold())

    def as_json(self, base_url: str) -> dict[str, Any]:
        """The schema as `/Schemas` serves it; nothing in it is null."""
        return {
            "schemas": [urns.SCHEMA],
            "id": self.urn,
            "name": self.name,
            "description": self.description,
            "attributes": [each.as_json() for each in self.attributes],
            "meta": {"resourceType": "Schema", "location": f"{base_url}/Schemas/{self.urn}"},
        }
