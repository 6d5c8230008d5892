"""Importing: which objects a cycle looks at, and what changed about them.

An initial cycle reads everything that scope may admit, an incremental one what the change log
names since the watermark. The cost of the latter follows the changes, not the tenant. Source:
https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from entrasim.directory.assignment import ObjectType
from entrasim.directory.change_log import Change, ChangeKind
from entrasim.directory.tenant import Tenant
from entrasim.provisioning.connector_data_store import ConnectorDataStore
from entrasim.scoping.assignment_scope import SyncScope, candidates


class ImportKind(StrEnum):
    """The kind of change, as the import step of the log names it."""

    ADD = "Add"
    UPDATE = "Update"
    DELETE = "Delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedObject:
    """One object to look at.

    `changed` holds Entra's names of the changed attributes, None means all of them.
    `members_added` and `members_removed` are the net change of a group's membership.
    """

    object_type: ObjectType
    object_id: str
    kind: ImportKind
    changed: frozenset[str] | None = None
    members_added: tuple[str, ...] = ()
    members_removed: tuple[str, ...] = ()

    def has_changed(self, attribute: str) -> bool:
        """Whether the attribute is among what changed."""
        return self.changed is None or attribute in self.changed

    def merged_with(self, earlier: "ImportedObject") -> "ImportedObject":
        """This change together with an earlier one of the same object."""
        everything = self.changed is None or earlier.changed is None
        net = dict.fromkeys(earlier.members_added, True) | dict.fromkeys(
            earlier.members_removed, False
        )
        net |= dict.fromkeys(self.members_added, True)
        net |= dict.fromkeys(self.members_removed, False)
        return ImportedObject(
            object_type=self.object_type,
            object_id=self.object_id,
            kind=ImportKind.DELETE if self.kind is ImportKind.DELETE else earlier.kind,
            changed=None if everything else self.changed | earlier.changed,  # type: ignore[operator]
            members_added=tuple(each for each, present in net.items() if present),
            members_removed=tuple(each for each, present in net.items() if not present),
        )


def import_all(
    object_type: ObjectType,
    tenant: Tenant,
    application_id: str,
    scope: SyncScope,
    links: ConnectorDataStore,
) -> Iterator[ImportedObject]:
    """Every user, or every group, that an initial cycle looks at.

    Under *sync only assigned* these are the assigned objects, the direct members of assigned
    groups, and whatever an earlier cycle linked.
    """
    linked = [each.source_id for each in links if each.object_type is object_type]
    seen: set[str] = set()
    for object_id in _population(object_type, tenant, application_id, scope):
        seen.add(object_id)
        yield ImportedObject(object_type=object_type, object_id=object_id, kind=ImportKind.ADD)
    for object_id in linked:
        if object_id not in seen:
            yield ImportedObject(
                object_type=object_type, object_id=object_id, kind=ImportKind.UPDATE
            )


def _population(
    object_type: ObjectType, tenant: Tenant, application_id: str, scope: SyncScope
) -> Iterable[str]:
    if scope is SyncScope.ALL:
        return tenant.users if object_type is ObjectType.USER else tenant.groups
    pairs = candidates(tenant, application_id)
    return (object_id for kind, object_id in pairs if kind is object_type)


def import_changes(
    changes: Iterable[Change],
    tenant: Tenant,
    application_id: str,
    *,
    watched: Collection[str],
) -> list[ImportedObject]:
    """What an incremental cycle looks at: each changed object once, in order of its first change.

    Args:
        changes: Entries of the change log since the watermark.
        tenant: Tells the members of a group that was assigned or unassigned.
        application_id: Assignments to other applications do not count.
        watched: The source attributes that mappings and filters read. A change of any other
            attribute is not seen, because the delta query does not ask for it.
    """
    found: dict[str, ImportedObject] = {}
    for change in changes:
        for imported in _affected(change, tenant, application_id, watched):
            known = found.get(imported.object_id)
            found[imported.object_id] = imported.merged_with(known) if known else imported
    return list(found.values())


def _affected(
    change: Change, tenant: Tenant, application_id: str, watched: Collection[str]
) -> Iterator[ImportedObject]:
    """The object itself, then the users whose entitlement may have changed with it."""
    itself = _changed_object(change, application_id, watched)
    if itself is not None:
        yield itself
        for member_id in _followers(change, tenant):
            if member_id not in tenant.groups:  # a nested group is entitled by nobody but itself
                yield _touched(ObjectType.USER, member_id)


def _changed_object(
    change: Change, application_id: str, watched: Collection[str]
) -> ImportedObject | None:
    match change.kind:
        case ChangeKind.ASSIGNED | ChangeKind.UNASSIGNED:
            concerns = application_id in change.related
            return _touched(change.object_type, change.object_id) if concerns else None
        case ChangeKind.MEMBER_ADDED:
            return _group(change, members_added=change.related)
        case ChangeKind.MEMBER_REMOVED:
            return _group(change, members_removed=change.related)
        case ChangeKind.UPDATED:
            seen = not change.attributes.isdisjoint(watched)
            touched = _touched(change.object_type, change.object_id, change.attributes)
            return touched if seen else None
    return ImportedObject(
        object_type=change.object_type, object_id=change.object_id, kind=_KINDS[change.kind]
    )


_KINDS: Final = {
    ChangeKind.ADDED: ImportKind.ADD,
    ChangeKind.RESTORED: ImportKind.ADD,
    ChangeKind.DELETED: ImportKind.UPDATE,
    ChangeKind.PURGED: ImportKind.DELETE,
}


def _followers(change: Change, tenant: Tenant) -> Iterable[str]:
    """The members of a group that was assigned or deleted, or who came or went."""
    if change.object_type is not ObjectType.GROUP:
        return ()
    if change.kind in (ChangeKind.ASSIGNED, ChangeKind.UNASSIGNED):
        return tenant.members(change.object_id)
    return change.related


def import_groups_of(
    user_id: str, tenant: Tenant, links: ConnectorDataStore, *, left_scope: bool
) -> Iterator[ImportedObject]:
    """The provisioned groups of a user who has left the scope, or has come back into it."""
    for group_id in tenant.memberships.groups(user_id):
        if links.of_source(group_id) is not None:
            yield ImportedObject(
                object_type=ObjectType.GROUP,
                object_id=group_id,
                kind=ImportKind.UPDATE,
                changed=frozenset({"members"}),
                members_added=() if left_scope else (user_id,),
                members_removed=(user_id,) if left_scope else (),
            )


def _group(
    change: Change, *, members_added: tuple[str, ...] = (), members_removed: tuple[str, ...] = ()
) -> ImportedObject:
    return ImportedObject(
        object_type=ObjectType.GROUP,
        object_id=change.object_id,
        kind=ImportKind.UPDATE,
        changed=frozenset({"members"}),
        members_added=members_added,
        members_removed=members_removed,
    )


def _touched(
    object_type: ObjectType, object_id: str, attributes: frozenset[str] = frozenset()
) -> ImportedObject:
    return ImportedObject(
        object_type=object_type, object_id=object_id, kind=ImportKind.UPDATE, changed=attributes
    )


ALWAYS_WATCHED: Final = frozenset({"accountEnabled"})
"""Read for the scope of every object, whatever is mapped."""
