"""The connector data store: which object of the target belongs to which object of the directory.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-synchronizationjobrestartcriteria
"""

from collections.abc import Iterator
from dataclasses import dataclass

from entrasim.directory.assignment import ObjectType


@dataclass(frozen=True, slots=True)
class ObjectConnection:
    """A link. Its `target_id` is the SCIM id that later cycles address.

    `managed` turns false when the object has left the scope and was disabled for it.
    """

    source_id: str
    target_id: str
    object_type: ObjectType
    managed: bool = True


class ConnectorDataStore:
    """All links of one job, found from either end."""

    def __init__(self) -> None:
        self._by_source: dict[str, ObjectConnection] = {}
        self._by_target: dict[tuple[ObjectType, str], str] = {}

    def __len__(self) -> int:
        return len(self._by_source)

    def __iter__(self) -> Iterator[ObjectConnection]:
        return iter(self._by_source.values())

    def of_source(self, source_id: str) -> ObjectConnection | None:
        """The link of an object of the directory."""
        return self._by_source.get(source_id)

    def source_of(self, object_type: ObjectType, target_id: str) -> str | None:
        """The object of the directory that is linked to an object of the target."""
        return self._by_target.get((object_type, target_id))

    def remember(self, connection: ObjectConnection) -> None:
        """Keep a link, instead of the one that the source object had."""
        self.forget(connection.source_id)
        self._by_source[connection.source_id] = connection
        self._by_target[connection.object_type, connection.target_id] = connection.source_id

    def forget(self, source_id: str) -> None:
        """Drop a link; both objects stay as they are."""
        old = self._by_source.pop(source_id, None)
        if old is not None:
            self._by_target.pop((old.object_type, old.target_id), None)

    def clear(self) -> None:
        """Drop all links, so that matching runs anew."""
        self._by_source.clear()
        self._by_target.clear()
