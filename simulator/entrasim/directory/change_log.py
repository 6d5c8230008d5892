"""The change log: the only source of "what changed", like Graph's delta query.

A job's watermark is a sequence number of this log. What the tenant held when it was loaded is no
change: an initial cycle reads everything anyway.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from entrasim.directory.assignment import ObjectType


class ChangeKind(StrEnum):
    """What happened to an object."""

    ADDED = "added"
    UPDATED = "updated"
    DELETED = "deleted"
    RESTORED = "restored"
    PURGED = "purged"
    MEMBER_ADDED = "member added"
    MEMBER_REMOVED = "member removed"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry.

    `attributes` are Entra's names of what was updated. `related` holds the ids of the member that
    came or went, of the members that a deleted group had, or of the service principal that the
    object was assigned to.
    """

    sequence: int
    kind: ChangeKind
    object_type: ObjectType
    object_id: str
    attributes: frozenset[str] = frozenset()
    related: tuple[str, ...] = ()


class ChangeLog:
    """Entries in the order in which they happened, with sequence numbers without gaps from 1."""

    def __init__(self) -> None:
        self._changes: list[Change] = []

    @property
    def last(self) -> int:
        """The sequence number of the newest entry; 0 before the first."""
        return len(self._changes)

    def append(
        self,
        kind: ChangeKind,
        object_type: ObjectType,
        object_id: str,
        *,
        attributes: frozenset[str] = frozenset(),
        related: tuple[str, ...] = (),
    ) -> Change:
        """Note what happened."""
        change = Change(
            sequence=self.last + 1,
            kind=kind,
            object_type=object_type,
            object_id=object_id,
            attributes=attributes,
            related=related,
        )
        self._changes.append(change)
        return change

    def since(self, watermark: int) -> Iterator[Change]:
        """The entries after `watermark`, oldest first. The cost follows their number."""
        return iter(self._changes[watermark:])
