"""Everything that one base path holds. All changes go through here, each as a whole.

Nothing in here waits, and the server has one thread: between reading and writing no other
request comes in, so concurrent changes to a group cannot lose each other.
"""

from collections.abc import Iterable
from dataclasses import replace

from entrasim_kit.scim_server.clock import Clock, timestamp
from entrasim_kit.scim_server.collection import Collection
from entrasim_kit.scim_server.identifiers import Identifiers
from entrasim_kit.scim_server.journal import Deleted, Journal, MembersChanged, Saved
from entrasim_kit.scim_server.members import MembersChange
from entrasim_kit.scim_server.records import Record, head_of
from entrasim_kit.scim_server.schemas.resource_type import ResourceType
from entrasim_kit.scim_server.values import Json


class Store:
    """Users and groups, and who is a member of what."""

    def __init__(
        self,
        resource_types: Iterable[ResourceType],
        *,
        journal: Journal,
        clock: Clock,
        identifiers: Identifiers,
    ) -> None:
        self._collections = {each.name: Collection(each) for each in resource_types}
        self._memberships: dict[str, tuple[str, ...]] = {}
        self._journal = journal
        self._clock = clock
        self._identifiers = identifiers
        self._restore()

    def __len__(self) -> int:
        return sum(map(len, self._collections.values()))

    def collection(self, resource_type: ResourceType) -> Collection:
        """All resources of one type."""
        return self._collections[resource_type.name]

    def type_of(self, resource_id: str) -> ResourceType | None:
        """The type of the resource with this id, or None when there is none."""
        for collection in self._collections.values():
            if resource_id in collection:
                return collection.resource_type
        return None

    def groups_of(self, resource_id: str) -> list[Record]:
        """The groups that have the resource as a direct member."""
        groups = self._collections["Group"]
        return [groups.get(each) for each in self._memberships.get(resource_id, ())]

    def create(
        self,
        resource_type: ResourceType,
        attributes: Json,
        *,
        members: Iterable[str] = (),
        resource_id: str | None = None,
    ) -> Record:
        """Add a resource; `members` are ids that exist.

        Raises:
            NotUnique: another resource of the type has its userName or displayName.
        """
        collection = self.collection(resource_type)
        resource_id = resource_id or self._new_id()
        keys = collection.keys(attributes)
        collection.check_unique(keys, resource_id)
        now = timestamp(self._clock())
        record = Record(
            id=resource_id,
            head=head_of(resource_type, resource_id, attributes),
            keys=keys,
            created=now,
            modified=now,
        )
        joined = MembersChanged(group=resource_id, added=tuple(dict.fromkeys(members)))
        self._journal.write([Saved(resource_type=resource_type.name, record=record), joined])
        collection.put(record)
        self._apply(record, joined)
        return record

    def update(
        self,
        resource_type: ResourceType,
        record: Record,
        attributes: Json,
        members: MembersChange,
    ) -> Record:
        """Give a resource these attributes, and change its members.

        A resource that is already like this stays as it is, with its version.

        Raises:
            NotUnique: another resource of the type has its userName or displayName.
        """
        collection = self.collection(resource_type)
        head = head_of(resource_type, record.id, attributes)
        if head == record.head and not members:
            return record
        keys = collection.keys(attributes)
        collection.check_unique(keys, record.id)
        updated = replace(self._touched(record), head=head, keys=keys)
        moved = MembersChanged(
            group=record.id, added=tuple(members.added), removed=tuple(members.removed)
        )
        self._journal.write([Saved(resource_type=resource_type.name, record=updated), moved])
        collection.put(updated)
        self._apply(updated, moved)
        return updated

    def delete(self, resource_type: ResourceType, record: Record) -> None:
        """Remove a resource, also from the groups that have it as a member."""
        groups = self.groups_of(record.id)
        left = [MembersChanged(group=each.id, removed=(record.id,)) for each in groups]
        touched = [self._touched(each) for each in groups]
        self._journal.write(
            [
                *(Saved(resource_type="Group", record=each) for each in touched),
                *left,
                Deleted(id=record.id),
            ]
        )
        for group, change in zip(touched, left, strict=True):
            self._collections["Group"].put(group)
            self._apply(group, change)
        self._apply(record, MembersChanged(group=record.id, removed=tuple(record.members)))
        self.collection(resource_type).remove(record.id)

    def clear(self) -> None:
        """Forget everything; a seeded sequence of ids begins anew."""
        self._identifiers.restart()
        self._journal.clear()
        for collection in self._collections.values():
            collection.clear()
        self._memberships.clear()

    def _new_id(self) -> str:
        """An id that is not in use: a seeded sequence starts anew when data was kept."""
        while self.type_of(new := self._identifiers.new()) is not None:
            pass
        return new

    def _touched(self, record: Record) -> Record:
        now = timestamp(self._clock())
        return replace(record, modified=now, version=record.version + 1)

    def _apply(self, group: Record, change: MembersChanged) -> None:
        """Let members come and leave, in the group and in the index of memberships."""
        if change.added or change.removed:
            group.members_json = None
        for member in change.removed:
            del group.members[member]
            left = tuple(each for each in self._memberships[member] if each != group.id)
            if left:
                self._memberships[member] = left
            else:
                del self._memberships[member]
        for member in change.added:
            group.members[member] = None
            self._memberships[member] = (*self._memberships.get(member, ()), group.id)

    def _restore(self) -> None:
        """Take over what the journal has kept."""
        for change in self._journal.read():
            match change:
                case Saved(resource_type=name, record=record):
                    collection = self._collections[name]
                    record.keys = collection.keys(record.attributes())
                    collection.put(record)
                case MembersChanged(group=group):
                    self._apply(self._collections["Group"].get(group), change)
