"""The two resource types, and where an attribute that a client names stands in a resource."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from entrasim_kit.scim_server import urns
from entrasim_kit.scim_server.schemas import attribute as attributes
from entrasim_kit.scim_server.schemas.attribute import Attribute, Mutability, Returned, Type
from entrasim_kit.scim_server.schemas.enterprise_user import ENTERPRISE_USER_SCHEMA
from entrasim_kit.scim_server.schemas.group import GROUP_SCHEMA, GROUP_SCHEMA_WITH_DUPLICATES
from entrasim_kit.scim_server.schemas.schema import Schema
from entrasim_kit.scim_server.schemas.user import USER_SCHEMA

_Lookup = Callable[[str], Attribute | None]

COMMON: Final = Schema(
    urn="",
    name="Common",
    description="What every resource has (RFC 7643, section 3.1); not a schema of its own.",
    attributes=(
        Attribute(
            name="schemas",
            multi_valued=True,
            case_exact=True,
            mutability=Mutability.READ_ONLY,
            returned=Returned.ALWAYS,
        ),
        Attribute(
            name="id",
            case_exact=True,
            mutability=Mutability.READ_ONLY,
            returned=Returned.ALWAYS,
        ),
        Attribute(name="externalId", case_exact=True),
        Attribute(
            name="meta",
            type=Type.COMPLEX,
            mutability=Mutability.READ_ONLY,
            sub_attributes=(
                Attribute(name="resourceType", case_exact=True),
                Attribute(name="created", type=Type.DATE_TIME),
                Attribute(name="lastModified", type=Type.DATE_TIME),
                Attribute(name="location", type=Type.REFERENCE, case_exact=True),
                Attribute(name="version", case_exact=True),
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an attribute stands: in the resource itself or under the URN of an extension.

    Without `attribute` it is the resource or the extension as a whole.
    """

    extension: str | None = None
    attribute: Attribute | None = None
    sub: Attribute | None = None

    @property
    def deepest(self) -> Attribute | None:
        """The attribute or sub-attribute that the place ends in."""
        return self.sub or self.attribute


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ResourceType:
    """One kind of resource: its endpoint and its schemas (RFC 7643, section 6).

    `indexed` are the attributes that clients match on, besides `id`.
    """

    name: str
    endpoint: str
    schema: Schema
    indexed: tuple[str, ...]
    extensions: tuple[Schema, ...] = ()

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of the core schema called `name`, common ones included."""
        return self.schema.attribute(name) or COMMON.attribute(name)

    def extension(self, urn: str) -> Schema | None:
        """The known extension with this URN, in any case (RFC 8141, section 2)."""
        folded = urn.casefold()
        return next((each for each in self.extensions if each.urn.casefold() == folded), None)

    @property
    def required(self) -> tuple[Attribute, ...]:
        """The attributes that a resource cannot be without."""
        return tuple(each for each in self.schema.attributes if each.required)

    def as_json(self, base_url: str) -> dict[str, Any]:
        """The resource type as `/ResourceTypes` serves it."""
        location = f"{base_url}/ResourceTypes/{self.name}"
        return {
            "schemas": [urns.RESOURCE_TYPE],
            "id": self.name,
            "name": self.name,
            "description": self.schema.description,
            "endpoint": f"/{self.endpoint}",
            "schema": self.schema.urn,
            "schemaExtensions": [
                {"schema": each.urn, "required": False} for each in self.extensions
            ],
            "meta": {"resourceType": "ResourceType", "location": location},
        }


USER: Final = ResourceType(
    name="User",
    endpoint="Users",
    schema=USER_SCHEMA,
    indexed=("userName", "externalId"),
    extensions=(ENTERPRISE_USER_SCHEMA,),
)
GROUP: Final = ResourceType(
    name="Group",
    endpoint="Groups",
    schema=GROUP_SCHEMA,
    indexed=("displayName", "externalId"),
)
GROUP_WITH_DUPLICATES: Final = replace(GROUP, schema=GROUP_SCHEMA_WITH_DUPLICATES)


@lru_cache(maxsize=4096)
def locate(resource_type: ResourceType, name: str) -> Place | None:
    """Find what a client calls `userName`, `name.givenName` or `urn:...:User:department`.

    An extension that the server does not know may hold anything; in the known schemas, None is
    the answer to a name that they do not have.
    """
    if is_urn(name):
        return _locate_by_urn(resource_type, name)
    return _within(None, resource_type.attribute, name) or _manager(resource_type, name)


def is_urn(name: str) -> bool:
    """Whether a name begins with the URN of a schema."""
    return name[:4].casefold() == "urn:"


def _locate_by_urn(resource_type: ResourceType, name: str) -> Place | None:
    folded = name.casefold()
    for schema in resource_type.extensions:
        if folded == schema.urn.casefold():
            return Place(extension=schema.urn)
        if folded.startswith(f"{schema.urn.casefold()}:"):
            return _within(schema.urn, schema.attribute, name[len(schema.urn) + 1 :])
    core = resource_type.schema.urn.casefold()
    if folded == core:
        return Place()
    if folded.startswith(f"{core}:"):
        return _within(None, resource_type.attribute, name[len(core) + 1 :])
    urn, _, rest = name.rpartition(":")
    return _within(urn, attributes.unknown, rest) if rest else None


def _within(extension: str | None, lookup: _Lookup, name: str) -> Place | None:
    """Follow `attribute` or `attribute.sub` in one schema."""
    first, dot, second = name.partition(".")
    attribute = lookup(first)
    if attribute is None:
        return None
    if not dot:
        return Place(extension=extension, attribute=attribute)
    sub = attribute.sub(second)
    return None if sub is None else Place(extension=extension, attribute=attribute, sub=sub)


def _manager(resource_type: ResourceType, name: str) -> Place | None:
    """`manager` without its URN, as Microsoft's examples have it in paths and in filters.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
    """
    if name.partition(".")[0].casefold() != "manager" or not resource_type.extensions:
        return None
    return _within(ENTERPRISE_USER_SCHEMA.urn, ENTERPRISE_USER_SCHEMA.attribute, name)
