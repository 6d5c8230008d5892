"""Resources as a client sees them."""

from typing import Final, NamedTuple
from zlib import crc32

import orjson

from entrasim_kit.scim_server.projection import WHOLE, Projection
from entrasim_kit.scim_server.records import Record
from entrasim_kit.scim_server.schemas.resource_type import USER, ResourceType
from entrasim_kit.scim_server.store import Store
from entrasim_kit.scim_server.values import Json

_NOTHING: Final = b""


class View(NamedTuple):
    """A resource as JSON, with its version and its address."""

    json: bytes
    etag: str
    location: str


class Views:
    """Shows the resources of a store to a client that addresses the server by `base_url`."""

    def __init__(self, store: Store, base_url: str) -> None:
        self._store = store
        self._base_url = base_url

    def view(
        self, resource_type: ResourceType, record: Record, projection: Projection = WHOLE
    ) -> View:
        """One resource, as far as the projection shows it."""
        tag, related = str(record.version), _NOTHING
        if resource_type.name == USER.name:
            if groups := self._group_names(record):
                tag += f"-{crc32(orjson.dumps(groups)):x}"
                related = self._groups(groups)
        elif projection.shows_members:
            related = self._members(record)
        location = f"{self._base_url}/{resource_type.endpoint}/{record.id}"
        meta = (
            f',"meta":{{"resourceType":"{resource_type.name}","created":"{record.created}",'
            f'"lastModified":"{record.modified}","location":"{location}",'
            f'"version":"W/\\"{tag}\\""}}}}'
        )
        json = b"".join((record.head, related, meta.encode()))
        if projection is not WHOLE and not projection.is_done_without_members:
            json = orjson.dumps(projection.apply(orjson.loads(json)))
        return View(json, f'W/"{tag}"', location)

    def document(
        self, resource_type: ResourceType, record: Record, projection: Projection = WHOLE
    ) -> Json:
        """One resource as JSON objects."""
        document: Json = orjson.loads(self.view(resource_type, record, projection).json)
        return document

    def exists(self, resource_id: str) -> bool:
        """Whether a user or group has this id."""
        return self._store.type_of(resource_id) is not None

    def member(self, member_id: str) -> Json:
        """One member of a group, as it stands in the list."""
        member: Json = orjson.loads(self._member(member_id))
        return member

    def _group_names(self, record: Record) -> dict[str, str]:
        """The names of the groups that a user is in, by id."""
        groups = self._store.groups_of(record.id)
        return {group.id: group.attributes()["displayName"] for group in groups}

    def _groups(self, names: dict[str, str]) -> bytes:
        """The groups of a user; most have few, so this is written anew each time."""
        listed = [
            {
                "value": group_id,
                "$ref": f"{self._base_url}/Groups/{group_id}",
                "display": name,
                "type": "direct",
            }
            for group_id, name in names.items()
        ]
        return b',"groups":' + orjson.dumps(listed)

    def _members(self, record: Record) -> bytes:
        """The members of a group; there may be thousands, so this is kept until they change."""
        if not record.members:
            return _NOTHING
        if record.members_json is None or record.members_json[0] != self._base_url:
            listed = ",".join(map(self._member, record.members))
            record.members_json = (self._base_url, f',"members":[{listed}]'.encode())
        return record.members_json[1]

    def _member(self, member_id: str) -> str:
        """The JSON of a member. Ids hold nothing that JSON or a URL would have to escape."""
        kind = self._store.type_of(member_id)
        assert kind is not None  # only what exists becomes a member, and it leaves when deleted
        location = f"{self._base_url}/{kind.endpoint}/{member_id}"
        return f'{{"value":"{member_id}","$ref":"{location}","type":"{kind.name}"}}'
