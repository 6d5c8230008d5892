"""Reference resolution: managers and members, written after all objects exist.

A reference can be written when both ends are linked. What cannot be resolved now is left out with
a warning, and nothing is sent for it when the other end comes into scope later, until a restart.
Source: https://learn.microsoft.com/entra/identity/app-provisioning/known-issues
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from entrasim.directory.assignment import ObjectType
from entrasim.directory.user import User
from entrasim.mapping.attribute_mapping import AttributeMapping
from entrasim.provisioning.answers import accepted
from entrasim.provisioning.connector_data_store import ObjectConnection
from entrasim.provisioning.context import CycleContext
from entrasim.provisioning.decisions import Skip, SkipReason, UpdateReferences
from entrasim.provisioning.error_codes import ExportFailure
from entrasim.provisioning.importing import ImportedObject, ImportKind
from entrasim.provisioning.matching import read_linked
from entrasim.provisioning.outcome import Outcome, Task
from entrasim.provisioning.settings import LateMembers, MembersOnRestart
from entrasim.provisioning.synchronization import failed
from entrasim.scim import requests
from entrasim.scim.dialects import Op

MANAGER = "manager"
MEMBERS = "members"


# -- managers ----------------------------------------------------------------------------------


def manager_needs_work(context: CycleContext, outcome: Outcome, *, is_new: bool) -> bool:
    """Whether the manager of a user that was just synchronized has to be looked at.

    It has when the user is new to the target, or the manager changed in the directory. A manager
    who merely came into scope does not count, which is why late managers stay out.
    """
    if outcome.connection is None or not (outcome.scope and outcome.scope.in_scope):
        return False
    if context.flows[ObjectType.USER].mapping.reference_mapping(MANAGER) is None:
        return False
    user = context.tenant.users.get(outcome.imported.object_id)
    if user is None:
        return False
    if is_new or outcome.imported.changed is None:
        return user.manager is not None
    return outcome.imported.has_changed(MANAGER)


def resolve_manager(context: CycleContext, imported: ImportedObject) -> Task:
    """Write one user's manager: read the user, then PATCH when it differs."""
    user = context.tenant.users[imported.object_id]
    link = context.links.of_source(user.id)
    mapping = context.flows[ObjectType.USER].mapping.reference_mapping(MANAGER)
    assert link is not None
    assert mapping is not None
    outcome = Outcome(imported=imported, name=user.display_name, target_id=link.target_id)
    manager = context.links.of_source(user.manager) if user.manager else None
    if user.manager and manager is None:
        return replace(outcome, decision=UpdateReferences(MANAGER, unresolved=(user.manager,)))
    try:
        return (yield from _write_manager(context, outcome, link, mapping, user, manager))
    except ExportFailure as failure:
        return failed(outcome, failure)


def _write_manager(
    context: CycleContext,
    outcome: Outcome,
    link: ObjectConnection,
    mapping: AttributeMapping,
    user: User,
    manager: ObjectConnection | None,
) -> Task:
    existing = yield from read_linked(context, link)
    current = reference_id(mapping.target.read(existing or {}))
    wanted = manager.target_id if manager else ""
    if current == wanted:
        because = "the target holds this manager already"
        return replace(outcome, decision=Skip(SkipReason.REDUNDANT_EXPORT, because))
    removed = _source_ids(context, current)
    if manager is not None:
        op = Op.REPLACE if current else Op.ADD
        body = context.dialect.set_reference(op, mapping.target, wanted)
        decision = UpdateReferences(MANAGER, added=(str(user.manager),), removed=removed)
    else:
        how = context.settings.manager_clear
        body = context.dialect.clear_reference(mapping.target, current, how)
        decision = UpdateReferences(MANAGER, removed=removed)
    outcome = replace(outcome, decision=decision)
    request = requests.patch("Users", link.target_id, body)
    try:
        accepted(request, (yield request))
    except ExportFailure as failure:
        return failed(outcome, failure)
    return outcome


def reference_id(value: Any) -> str:
    """The id in a reference as a server returns it: an object with `value`, or a plain text."""
    if isinstance(value, Mapping):
        value = value.get("value")
    return str(value) if value else ""


def _source_ids(context: CycleContext, target_id: str) -> tuple[str, ...]:
    source_id = context.links.source_of(ObjectType.USER, target_id)
    return (source_id,) if source_id else ()


# -- members -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberWork:
    """What has to happen to the members of one group; ids are those of the directory."""

    imported: ImportedObject
    name: str
    link: ObjectConnection
    added: tuple[str, ...]
    removed: tuple[str, ...]
    unresolved: tuple[str, ...]

    @property
    def writes(self) -> bool:
        """Whether anything has to be sent."""
        return bool(self.added or self.removed)

    def outcome(self, **members: tuple[str, ...]) -> Outcome:
        """The outcome of writing some of the members."""
        return Outcome(
            imported=self.imported,
            name=self.name,
            target_id=self.link.target_id,
            decision=UpdateReferences(MEMBERS, **members),
        )


def plan_members(
    context: CycleContext, outcome: Outcome, waiting: frozenset[str], *, is_new: bool
) -> MemberWork | None:
    """What has to happen to the members of a group that was just synchronized, or None.

    Args:
        context: The cycle.
        outcome: What came of the group itself.
        waiting: Members that could not be resolved in earlier cycles.
        is_new: Whether the group was not linked before this cycle.
    """
    imported, link = outcome.imported, outcome.connection
    if link is None or context.flows[ObjectType.GROUP].mapping.reference_mapping(MEMBERS) is None:
        return None
    wanted = _wanted(context, imported, waiting, is_new=is_new)
    outside = _out_of_scope(context, wanted)
    added = [each for each in wanted if each not in outside]
    gone = (*imported.members_removed, *(() if is_new else outside))
    resolved = tuple(each for each in added if context.links.of_source(each))
    unresolved = tuple(each for each in added if not context.links.of_source(each))
    removed = tuple(each for each in gone if context.links.of_source(each))
    if not (resolved or unresolved or removed):
        return None
    return MemberWork(
        imported=imported,
        name=outcome.name,
        link=link,
        added=resolved,
        removed=removed,
        unresolved=unresolved,
    )


def _wanted(
    context: CycleContext, imported: ImportedObject, waiting: frozenset[str], *, is_new: bool
) -> list[str]:
    """The members to add: all of them at first, afterwards those that came."""
    members = context.tenant.members(imported.object_id)
    if is_new:
        return list(members)
    if imported.changed is None:
        everyone = context.settings.members_on_restart is MembersOnRestart.ALL
        return [each for each in members if everyone or each in waiting]
    if not imported.has_changed(MEMBERS):
        return []
    late = waiting if context.settings.late_members is LateMembers.ON_GROUP_CHANGE else ()
    wanted = dict.fromkeys(each for each in (*imported.members_added, *late) if each in members)
    return list(wanted)


def _out_of_scope(context: CycleContext, members: Iterable[str]) -> list[str]:
    """The members who left the scope, where a setting says that they leave their groups too."""
    if not context.settings.remove_out_of_scope_members:
        return []
    links = ((each, context.links.of_source(each)) for each in members)
    return [each for each, link in links if link is not None and not link.managed]


def read_group(context: CycleContext, work: MemberWork) -> Task:
    """Read a group before its members are written, without the members.

    Seen in https://docs.acqueon.com/docs/group-unassigned-from-entra-app-3.
    """
    outcome = work.outcome(added=work.added, removed=work.removed)
    try:
        yield from read_linked(context, work.link)
    except ExportFailure as failure:
        return failed(outcome, failure)
    return outcome


def member_tasks(context: CycleContext, work: MemberWork) -> Iterator[Task]:
    """The PATCHes that add and remove the members of one group, additions first.

    Members that cannot be resolved come as an outcome of their own, for which nothing is sent.
    """
    if work.unresolved:
        yield _leave_out(work)
    for batch in _batches(work.added, context.settings.members_per_patch):
        yield _patch_members(context, work, added=batch)
    for batch in _batches(work.removed, context.settings.members_per_patch):
        yield _patch_members(context, work, removed=batch)


def _leave_out(work: MemberWork) -> Task:
    return work.outcome(unresolved=work.unresolved)
    yield  # makes it a task


def _patch_members(
    context: CycleContext,
    work: MemberWork,
    *,
    added: tuple[str, ...] = (),
    removed: tuple[str, ...] = (),
) -> Task:
    target_ids = [_target_id(context, each) for each in added or removed]
    write = context.dialect.add_members if added else context.dialect.remove_members
    request = requests.patch("Groups", work.link.target_id, write(target_ids))
    outcome = work.outcome(added=added, removed=removed)
    try:
        accepted(request, (yield request))
    except ExportFailure as failure:
        return failed(outcome, failure)
    return outcome


def _target_id(context: CycleContext, source_id: str) -> str:
    link = context.links.of_source(source_id)
    assert link is not None, "only resolved members are written"
    return link.target_id


def _batches(ids: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    remaining = iter(ids)
    while batch := tuple(islice(remaining, size)):
        yield batch


def merged(outcomes: Sequence[Outcome]) -> Outcome:
    """The outcomes of all PATCHes of one group as one: what was written, and the first failure."""
    written = [each.decision for each in outcomes if each.failure is None]
    decision = UpdateReferences(
        MEMBERS,
        added=_concatenated(written, "added"),
        removed=_concatenated(written, "removed"),
        unresolved=_concatenated(written, "unresolved"),
    )
    failures = [each.failure for each in outcomes if each.failure is not None]
    return replace(outcomes[0], decision=decision, failure=next(iter(failures), None))


def unwritten(outcomes: Sequence[Outcome]) -> ImportedObject:
    """What has to be imported again for the members that could not be written."""
    lost = [each.decision for each in outcomes if each.failure is not None]
    return ImportedObject(
        object_type=ObjectType.GROUP,
        object_id=outcomes[0].imported.object_id,
        kind=ImportKind.UPDATE,
        changed=frozenset({MEMBERS}),
        members_added=_concatenated(lost, "added"),
        members_removed=_concatenated(lost, "removed"),
    )


def _concatenated(decisions: Iterable[Any], which: str) -> tuple[str, ...]:
    return tuple(each for decision in decisions for each in getattr(decision, which))
