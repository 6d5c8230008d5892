"""All resources of one type, found by id and by what Entra matches on."""

from collections.abc import Iterator, Mapping
from typing import Any

from entrasim_kit.scim_server.errors import NotFound, NotUnique
from entrasim_kit.scim_server.records import Record
from entrasim_kit.scim_server.schemas.attribute import Attribute
from entrasim_kit.scim_server.schemas.resource_type import ResourceType


class Collection:
    """Records in the order in which they were created."""

    def __init__(self, resource_type: ResourceType) -> None:
        self.resource_type = resource_type
        self._records: dict[str, Record] = {}
        self._indexes = {
            name: _Index(attribute)
            for name in resource_type.indexed
            if (attribute := resource_type.attribute(name)) is not None
        }

    def get(self, resource_id: str) -> Record:
        """The resource with this id.

        Raises:
            NotFound: there is none.
        """
        try:
            return self._records[resource_id]
        except KeyError:
            raise NotFound(f"no {self.resource_type.name} has the id {resource_id}") from None

    def find(self, name: str, value: str) -> list[Record]:
        """The resources whose `id` or indexed attribute `name` equals `value`."""
        if name == "id":
            return [self._records[value]] if value in self._records else []
        index = self._indexes[name]
        return [self._records[each] for each in index.find(index.key(value))]

    def keys(self, attributes: Mapping[str, Any]) -> tuple[str | None, ...]:
        """What the indexes are to hold for a resource with these attributes."""
        return tuple(index.key(attributes.get(name)) for name, index in self._indexes.items())

    def check_unique(self, keys: tuple[str | None, ...], resource_id: str) -> None:
        """Refuse keys that another resource than this one has.

        Raises:
            NotUnique: there is such a resource.
        """
        for (name, index), key in zip(self._indexes.items(), keys, strict=True):
            if index.attribute.unique and set(index.find(key)) - {resource_id}:
                raise NotUnique(f"another {self.resource_type.name} has the same {name}")

    def put(self, record: Record) -> None:
        """Add a record, or replace the one with its id at its place."""
        previous = self._records.get(record.id)
        if previous is None or previous.keys != record.keys:
            self._unindex(previous)
            for index, key in zip(self._indexes.values(), record.keys, strict=True):
                index.add(key, record.id)
        self._records[record.id] = record

    def remove(self, resource_id: str) -> None:
        """Forget a record."""
        self._unindex(self._records.pop(resource_id))

    def clear(self) -> None:
        """Forget all records."""
        self._records.clear()
        for index in self._indexes.values():
            index.clear()

    def _unindex(self, record: Record | None) -> None:
        if record is not None:
            for index, key in zip(self._indexes.values(), record.keys, strict=True):
                index.remove(key, record.id)

    def __contains__(self, resource_id: str) -> bool:
        return resource_id in self._records

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def __len__(self) -> int:
        return len(self._records)


class _Index:
    """Ids by the value of one attribute; a single id is kept without a tuple around it."""

    def __init__(self, attribute: Attribute) -> None:
        self.attribute = attribute
        self._ids: dict[str, str | tuple[str, ...]] = {}

    def key(self, value: Any) -> str | None:
        """A value as the index holds it."""
        if not isinstance(value, str):
            return None
        return value if self.attribute.case_exact else value.casefold()

    def find(self, key: str | None) -> tuple[str, ...]:
        found = () if key is None else self._ids.get(key, ())
        return (found,) if isinstance(found, str) else found

    def add(self, key: str | None, resource_id: str) -> None:
        if key is not None:
            found = self.find(key)
            self._ids[key] = (*found, resource_id) if found else resource_id

    def remove(self, key: str | None, resource_id: str) -> None:
        if key is None:
            return
        left = tuple(each for each in self.find(key) if each != resource_id)
        if left:
            self._ids[key] = left if len(left) > 1 else left[0]
        else:
            del self._ids[key]

    def clear(self) -> None:
        self._ids.clear()
