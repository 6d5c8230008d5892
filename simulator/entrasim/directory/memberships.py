"""Who is a member of which group: direct memberships, indexed in both directions."""

from collections.abc import Collection, Iterator


class Memberships:
    """Direct members per group, and the groups that hold an object directly.

    A group may be a member of a group, also in a circle; nothing here follows nesting on its own.
    """

    def __init__(self) -> None:
        self._members: dict[str, dict[str, None]] = {}
        self._groups: dict[str, tuple[str, ...]] = {}

    def members(self, group_id: str) -> Collection[str]:
        """The ids of the direct members, in the order in which they came."""
        return self._members.get(group_id, {}).keys()

    def groups(self, member_id: str) -> tuple[str, ...]:
        """The ids of the groups that hold the object directly."""
        return self._groups.get(member_id, ())

    def add(self, group_id: str, member_id: str) -> bool:
        """Make it a member; False when it was one."""
        members = self._members.setdefault(group_id, {})
        if member_id in members:
            return False
        members[member_id] = None
        self._groups[member_id] = (*self.groups(member_id), group_id)
        return True

    def remove(self, group_id: str, member_id: str) -> bool:
        """End the membership; False when there was none."""
        members = self._members.get(group_id, {})
        if member_id not in members:
            return False
        del members[member_id]
        left = tuple(each for each in self.groups(member_id) if each != group_id)
        if left:
            self._groups[member_id] = left
        else:
            del self._groups[member_id]
        return True

    def ways_up(self, member_id: str) -> Iterator[tuple[str, ...]]:
        """Every group above the object, each once: the shortest chain of groups to it.

        The first of a chain holds the object directly. Circles end where they close.
        """
        chains: list[tuple[str, ...]] = [(group_id,) for group_id in self.groups(member_id)]
        seen = {member_id}
        for chain in chains:  # grows while it is read: breadth first
            if chain[-1] in seen:
                continue
            seen.add(chain[-1])
            yield chain
            chains.extend((*chain, above) for above in self.groups(chain[-1]))
