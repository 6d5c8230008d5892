"""The members of a group: an ordered set of ids, and changes to it that are cheap to make.

A group of 20,000 members takes one more without being copied or written anew: a change notes
what is added and removed, the store applies it, and the journal keeps just that.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from entrasim_kit.scim_server.errors import InvalidValue
from entrasim_kit.scim_server.filters.evaluate import element_predicate
from entrasim_kit.scim_server.filters.expressions import Comparison, Expression, Operator
from entrasim_kit.scim_server.schemas.group import MEMBERS
from entrasim_kit.scim_server.values import Json


@dataclass(slots=True)
class MembersChange:
    """What is to be added to and removed from the members that a group has."""

    members: Collection[str]
    added: dict[str, None] = field(default_factory=dict)
    removed: dict[str, None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def add(self, ids: Iterable[str]) -> None:
        """Add members; one who is there already stays where he is."""
        for each in ids:
            if each in self.removed:
                del self.removed[each]
            elif each not in self.members:
                self.added[each] = None

    def remove(self, ids: Iterable[str]) -> None:
        """Remove members; one who is none does not matter."""
        for each in ids:
            if each in self.added:
                del self.added[each]
            elif each in self.members:
                self.removed[each] = None

    def clear(self) -> None:
        """Remove all."""
        self.added.clear()
        self.remove(self.members)

    def current(self) -> list[str]:
        """The members after the change."""
        return [each for each in self.members if each not in self.removed] + list(self.added)


class Directory(Protocol):
    """What members are checked against."""

    def exists(self, resource_id: str) -> bool:
        """Whether a user or group has this id."""

    def member(self, member_id: str) -> Json:
        """A member as it stands in the list."""


def known_ids(directory: Directory, sent: Any) -> list[str]:
    """The ids in a list of members; each must be that of a user or a group.

    Raises:
        InvalidValue: it is no such list, or an id is unknown.
    """
    ids = listed_ids(sent)
    for each in ids:
        if not directory.exists(each):
            raise InvalidValue(f"members: no User or Group has the id {each}")
    return ids


def listed_ids(sent: Any) -> list[str]:
    """The ids in a list of members, or in a single one.

    Entra adds `"$ref": null` to each in its documentation, which is as good as no `$ref`.
    """
    if sent is None:
        return []
    return [_id_of(each) for each in (sent if isinstance(sent, list) else [sent])]


def _id_of(member: Any) -> str:
    if isinstance(member, dict):
        value = member.get("value")
        if value is None and isinstance(member.get("$ref"), str):
            value = member["$ref"].rpartition("/")[2]
        if isinstance(value, str) and value:
            return value
    raise InvalidValue('members is a list of objects such as {"value": "the id of a user"}')


def add(change: MembersChange, directory: Directory, sent: Any) -> None:
    """`add` on `members`."""
    change.add(known_ids(directory, sent))


def replace(change: MembersChange, directory: Directory, sent: Any) -> None:
    """`replace` on `members`: these and no others."""
    ids = known_ids(directory, sent or None)
    change.clear()
    change.add(ids)


def remove(change: MembersChange, sent: Any) -> None:
    """`remove` on `members`: all, or by a value list just those named in it.

    The value list is Entra's way and no RFC's; a server that does not know it empties the group.
    Sources: https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility
    and https://github.com/MicrosoftDocs/azure-docs/issues/30826
    """
    if sent is None:
        change.clear()
    else:
        change.remove(listed_ids(sent))


def remove_selected(change: MembersChange, directory: Directory, condition: Expression) -> None:
    """`remove` on `members[value eq "..."]`; when nobody fits, nothing is to be done."""
    wanted = _id_in(condition)
    if wanted is not None:
        change.remove([wanted])
        return
    fits = element_predicate(condition, MEMBERS)
    change.remove([each for each in change.current() if fits(directory.member(each))])


def _id_in(condition: Expression) -> str | None:
    """The id, when the condition is just `value eq "id"`."""
    match condition:
        case Comparison(name, Operator.EQ, str(literal)) if name.text.casefold() == "value":
            return literal
    return None
