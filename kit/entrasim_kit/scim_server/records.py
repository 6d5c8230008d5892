"""How a resource is kept in memory: serialized, because reading is what happens most."""

from dataclasses import dataclass, field

import orjson

from entrasim_kit.scim_server.errors import InvalidValue
from entrasim_kit.scim_server.schemas.resource_type import ResourceType, is_urn
from entrasim_kit.scim_server.values import Json


@dataclass(slots=True, kw_only=True)
class Record:
    """One resource.

    `head` is its JSON without the closing brace, without `meta`, and without groups or members.
    `keys` are its values in the indexes. `members` are the ids of a group's members in the order
    in which they came; `members_json` is what was last written of them, and for which base URL.
    """

    id: str
    head: bytes
    keys: tuple[str | None, ...]
    created: str
    modified: str
    version: int = 1
    members: dict[str, None] = field(default_factory=dict)
    members_json: tuple[str, bytes] | None = None

    def attributes(self) -> Json:
        """The attributes without what the server adds, as fresh objects that may be changed."""
        document: Json = orjson.loads(self.head + b"}")
        del document["schemas"], document["id"]
        return document


def head_of(resource_type: ResourceType, resource_id: str, attributes: Json) -> bytes:
    """The JSON of a resource, open at its end.

    Cutting off the brace also copies: what `orjson.dumps` returns holds on to a buffer that is
    several times as large.
    """
    schemas = [resource_type.schema.urn, *filter(is_urn, attributes)]
    try:
        return orjson.dumps({"schemas": schemas, "id": resource_id, **attributes})[:-1]
    except orjson.JSONEncodeError as error:
        raise InvalidValue(f"the resource cannot be stored: {error}") from None
