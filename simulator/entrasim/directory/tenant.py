"""The tenant: the one store of the directory. Every change goes through it and into its log."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from entrasim.directory import identifiers
from entrasim.directory.application import AppRole, EnterpriseApplication
from entrasim.directory.assignment import Assignment, ObjectType
from entrasim.directory.change_log import Change, ChangeKind, ChangeLog
from entrasim.directory.errors import AlreadyExists, NotAllowed, NotFound
from entrasim.directory.group import Group
from entrasim.directory.license import License
from entrasim.directory.membership_rule import Rule, parse_rule
from entrasim.directory.memberships import Memberships
from entrasim.directory.user import User, camel_case, tombstone_upn

RECYCLE_BIN_DAYS: Final = 30
"""A soft-deleted user can be restored for 30 days, then is gone for good.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works
"""


@dataclass(frozen=True, slots=True)
class DeletedUser:
    """A user in the recycle bin. `user` bears the tombstone name."""

    user: User
    user_principal_name: str
    deleted_at: datetime

    @property
    def under_old_name(self) -> User:
        """The user as it was before the deletion."""
        return replace(self.user, user_principal_name=self.user_principal_name)

    @property
    def purged_at(self) -> datetime:
        """When the directory will purge it."""
        return self.deleted_at + timedelta(days=RECYCLE_BIN_DAYS)


class Tenant:
    """Users, groups, enterprise applications and assignments of one directory.

    `load_users` and `load_groups` fill it before time begins and are no changes; everything else
    is noted in `changes`.
    """

    def __init__(self, domain: str, *, license: License = License.P1) -> None:
        self.domain = domain
        self.license = license
        self.id = identifiers.tenant_id(domain)
        self.changes = ChangeLog()
        self.memberships = Memberships()
        self.users: dict[str, User] = {}
        self.groups: dict[str, Group] = {}
        self.recycle_bin: dict[str, DeletedUser] = {}
        self.applications: dict[str, EnterpriseApplication] = {}
        self._assignments: dict[str, dict[str, tuple[Assignment, ...]]] = {}
        self._users_by_upn: dict[str, str] = {}
        self._groups_by_name: dict[str, tuple[str, ...]] = {}
        self._rules: dict[str, Rule] = {}

    def holds(self, object_id: str) -> bool:
        """Whether a user, a deleted user or a group has this id."""
        return any(object_id in each for each in (self.users, self.groups, self.recycle_bin))

    # -- users ---------------------------------------------------------------------------------

    def user_by_upn(self, user_principal_name: str) -> User | None:
        """The user with this name, whatever its case."""
        found = self._users_by_upn.get(user_principal_name.casefold())
        return None if found is None else self.users[found]

    def load_users(self, users: Iterable[User]) -> None:
        """Fill the directory before time begins.

        Raises:
            AlreadyExists: a user principal name or id is taken.
        """
        for user in users:
            self._insert_user(user)

    def create_user(self, user: User) -> None:
        """Add a user; dynamic groups take it in at once."""
        self._insert_user(user, log=True)

    def _insert_user(self, user: User, *, log: bool = False) -> None:
        folded = user.user_principal_name.casefold()
        if folded in self._users_by_upn:
            raise AlreadyExists(f'another user is called "{user.user_principal_name}"')
        if user.id in self.users or user.id in self.recycle_bin:
            raise AlreadyExists(f"the object id {user.id} is taken")
        self._users_by_upn[folded] = user.id
        self.users[user.id] = user
        if log:
            self.changes.append(ChangeKind.ADDED, ObjectType.USER, user.id)
        if self._rules:
            self._apply_rules(user, log=log)

    def update_user(self, user_id: str, values: Mapping[str, Any]) -> User:
        """Change fields of a user; `values` uses the names of the fields of `User`.

        Raises:
            NotFound: no such user. AlreadyExists: the new user principal name is taken.
        """
        old = self._user(user_id)
        new = replace(old, **values)
        changed = frozenset(
            camel_case(name) for name in values if getattr(old, name) != getattr(new, name)
        )
        if not changed:
            return old
        if "userPrincipalName" in changed:
            self._rename(old, new)
        self.users[user_id] = new
        self.changes.append(ChangeKind.UPDATED, ObjectType.USER, user_id, attributes=changed)
        self._apply_rules(new, log=True)
        return new

    def _rename(self, old: User, new: User) -> None:
        folded = new.user_principal_name.casefold()
        if self._users_by_upn.get(folded, old.id) != old.id:
            raise AlreadyExists(f'another user is called "{new.user_principal_name}"')
        del self._users_by_upn[old.user_principal_name.casefold()]
        self._users_by_upn[folded] = old.id

    def delete_user(self, user_id: str, *, at: datetime) -> DeletedUser:
        """Move a user to the recycle bin for 30 days; the memberships are kept with it."""
        user = self._user(user_id)
        del self.users[user_id]
        del self._users_by_upn[user.user_principal_name.casefold()]
        deleted = DeletedUser(
            replace(user, user_principal_name=tombstone_upn(user)), user.user_principal_name, at
        )
        self.recycle_bin[user_id] = deleted
        self.changes.append(ChangeKind.DELETED, ObjectType.USER, user_id)
        return deleted

    def restore_user(self, user_id: str) -> User:
        """Bring a user back from the recycle bin, under the old name."""
        deleted = self._deleted(user_id)
        if self.user_by_upn(deleted.user_principal_name) is not None:
            raise AlreadyExists(
                f'"{deleted.user_principal_name}" was given to another user meanwhile; '
                "rename that one first"
            )
        del self.recycle_bin[user_id]
        user = deleted.under_old_name
        self.users[user_id] = user
        self._users_by_upn[user.user_principal_name.casefold()] = user_id
        self.changes.append(ChangeKind.RESTORED, ObjectType.USER, user_id)
        self._apply_rules(user, log=True)
        return user

    def purge_user(self, user_id: str) -> None:
        """Delete a user for good, with every membership and assignment."""
        self._deleted(user_id)
        del self.recycle_bin[user_id]
        self._forget(user_id)
        self.changes.append(ChangeKind.PURGED, ObjectType.USER, user_id)

    def purge_expired(self, now: datetime) -> None:
        """Purge whatever has been in the recycle bin for 30 days."""
        expired = [key for key, each in self.recycle_bin.items() if each.purged_at <= now]
        for user_id in expired:
            self.purge_user(user_id)

    @property
    def next_purge(self) -> datetime | None:
        """When the next user in the recycle bin will be purged."""
        return min((each.purged_at for each in self.recycle_bin.values()), default=None)

    def _user(self, user_id: str) -> User:
        if user_id not in self.users:
            raise NotFound(f"no user has the object id {user_id}")
        return self.users[user_id]

    def _deleted(self, user_id: str) -> DeletedUser:
        if user_id not in self.recycle_bin:
            raise NotFound(f"no deleted user has the object id {user_id}")
        return self.recycle_bin[user_id]

    # -- groups --------------------------------------------------------------------------------

    def groups_called(self, display_name: str) -> list[Group]:
        """The groups with this display name; a directory allows several."""
        return [self.groups[each] for each in self._groups_by_name.get(display_name, ())]

    def members(self, group_id: str) -> Collection[str]:
        """The ids of the direct members that are not in the recycle bin."""
        members = self.memberships.members(group_id)
        if not self.recycle_bin:
            return members
        return [each for each in members if each not in self.recycle_bin]

    def load_groups(self, groups: Iterable[tuple[Group, Iterable[str]]]) -> None:
        """Fill the directory before time begins: each group with the ids of its members."""
        for group, member_ids in groups:
            self._insert_group(group)
            for member_id in member_ids:
                self.memberships.add(group.id, member_id)

    def create_group(self, group: Group) -> None:
        """Add a group without members; a dynamic one takes in whom its rule admits."""
        self.changes.append(ChangeKind.ADDED, ObjectType.GROUP, group.id)
        self._insert_group(group, log=True)

    def _insert_group(self, group: Group, *, log: bool = False) -> None:
        if group.id in self.groups:
            raise AlreadyExists(f"the object id {group.id} is taken")
        self.groups[group.id] = group
        self._name_group(group)
        if group.membership_rule is not None:
            self._rules[group.id] = parse_rule(group.membership_rule)
            self._apply_rule(group.id, log=log)

    def update_group(self, group_id: str, values: Mapping[str, Any]) -> Group:
        """Change fields of a group; `values` uses the names of the fields of `Group`."""
        old = self._group(group_id)
        new = replace(old, **values)
        changed = frozenset(
            camel_case(name) for name in values if getattr(old, name) != getattr(new, name)
        )
        if not changed:
            return old
        self._unname_group(old)
        self._name_group(new)
        self.groups[group_id] = new
        self.changes.append(ChangeKind.UPDATED, ObjectType.GROUP, group_id, attributes=changed)
        if new.membership_rule is not None and new.membership_rule != old.membership_rule:
            self._rules[group_id] = parse_rule(new.membership_rule)
            self._apply_rule(group_id, log=True)
        return new

    def delete_group(self, group_id: str) -> None:
        """Delete a group; the log keeps whom it held, since they may fall out of scope with it."""
        self._unname_group(self._group(group_id))
        members = tuple(self.members(group_id))
        for member_id in list(self.memberships.members(group_id)):
            self.memberships.remove(group_id, member_id)
        del self.groups[group_id]
        self._rules.pop(group_id, None)
        self._forget(group_id)
        self.changes.append(ChangeKind.PURGED, ObjectType.GROUP, group_id, related=members)

    def _name_group(self, group: Group) -> None:
        called = self._groups_by_name.get(group.display_name, ())
        self._groups_by_name[group.display_name] = (*called, group.id)

    def _unname_group(self, group: Group) -> None:
        called = self._groups_by_name.pop(group.display_name)
        if left := tuple(each for each in called if each != group.id):
            self._groups_by_name[group.display_name] = left

    def add_member(self, group_id: str, member_id: str) -> None:
        """Add a direct member. A circle of groups is accepted, as in Entra.

        Raises:
            NotFound: no such group or member. NotAllowed: the group is dynamic.
            AlreadyExists: it is a member.
        """
        group = self._group(group_id)
        self._object(member_id)
        self._refuse_dynamic(group)
        if not self._add_member(group_id, member_id, log=True):
            raise AlreadyExists(f'it is a member of "{group.display_name}" already')

    def remove_member(self, group_id: str, member_id: str) -> None:
        """End a direct membership.

        Raises:
            NotFound: no such group or membership. NotAllowed: the group is dynamic.
        """
        group = self._group(group_id)
        self._refuse_dynamic(group)
        if not self._remove_member(group_id, member_id, log=True):
            raise NotFound(f'it is not a direct member of "{group.display_name}"')

    def _group(self, group_id: str) -> Group:
        if group_id not in self.groups:
            raise NotFound(f"no group has the object id {group_id}")
        return self.groups[group_id]

    def _object(self, object_id: str) -> User | Group:
        found = self.users.get(object_id) or self.groups.get(object_id)
        if found is None:
            raise NotFound(f"no user or group has the object id {object_id}")
        return found

    @staticmethod
    def _refuse_dynamic(group: Group) -> None:
        if group.is_dynamic:
            raise NotAllowed(
                f'the members of "{group.display_name}" follow from its rule; change the rule '
                "or the attributes that it reads"
            )

    def _add_member(self, group_id: str, member_id: str, *, log: bool) -> bool:
        added = self.memberships.add(group_id, member_id)
        if added and log:
            self.changes.append(
                ChangeKind.MEMBER_ADDED, ObjectType.GROUP, group_id, related=(member_id,)
            )
        return added

    def _remove_member(self, group_id: str, member_id: str, *, log: bool) -> bool:
        removed = self.memberships.remove(group_id, member_id)
        if removed and log:
            self.changes.append(
                ChangeKind.MEMBER_REMOVED, ObjectType.GROUP, group_id, related=(member_id,)
            )
        return removed

    def _apply_rules(self, user: User, *, log: bool) -> None:
        for group_id in self._rules:
            self._follow_rule(group_id, user, log=log)

    def _apply_rule(self, group_id: str, *, log: bool) -> None:
        for user in self.users.values():
            self._follow_rule(group_id, user, log=log)

    def _follow_rule(self, group_id: str, user: User, *, log: bool) -> None:
        if self._rules[group_id](user):
            self._add_member(group_id, user.id, log=log)
        else:
            self._remove_member(group_id, user.id, log=log)

    def _forget(self, object_id: str) -> None:
        for group_id in self.memberships.groups(object_id):
            self.memberships.remove(group_id, object_id)
        for assignments in self._assignments.values():
            assignments.pop(object_id, None)

    # -- applications and assignments ----------------------------------------------------------

    def create_application(self, application: EnterpriseApplication) -> None:
        """Register an application with its service principal."""
        if application.id in self.applications:
            raise AlreadyExists(f'there is an application "{application.display_name}" already')
        self.applications[application.id] = application
        self._assignments[application.id] = {}

    def assignments(self, application_id: str) -> Mapping[str, tuple[Assignment, ...]]:
        """Who is assigned to the application: principal id, then one assignment per role."""
        return self._assignments[application_id]

    def assign(self, application_id: str, principal_id: str, role: AppRole | None = None) -> None:
        """Assign a user or a group; only the direct members of a group gain access.

        Raises:
            NotAllowed: the license or the kind of the group forbids it.
            AlreadyExists: it is assigned in that role. NotFound: no such principal.
        """
        principal = self._object(principal_id)
        is_group = isinstance(principal, Group)
        if isinstance(principal, Group):
            self._refuse_group(principal)
        held = self._assignments[application_id].get(principal_id, ())
        if any(each.role == role for each in held):
            raise AlreadyExists(f'"{principal.display_name}" is assigned in that role already')
        kind = ObjectType.GROUP if is_group else ObjectType.USER
        new = Assignment(principal_id=principal_id, principal_type=kind, role=role)
        self._assignments[application_id][principal_id] = (*held, new)
        self.changes.append(ChangeKind.ASSIGNED, kind, principal_id, related=(application_id,))

    def _refuse_group(self, group: Group) -> None:
        if not self.license.allows_group_assignment:
            raise NotAllowed(
                f'"{group.display_name}" cannot be assigned: assigning a group needs the license '
                "P1 or P2; set tenant.license or assign its members one by one"
            )
        if not group.security_enabled:
            raise NotAllowed(
                f'"{group.display_name}" cannot be assigned: it is not security-enabled; '
                "set securityEnabled: true on the group or assign another"
            )

    def unassign(self, application_id: str, principal_id: str) -> None:
        """End every assignment of a principal.

        Raises:
            NotFound: it is not assigned directly.
        """
        held = self._assignments[application_id].pop(principal_id, ())
        if not held:
            raise NotFound("it is not assigned to the application directly")
        self.changes.append(
            ChangeKind.UNASSIGNED, held[0].principal_type, principal_id, related=(application_id,)
        )

    def since(self, watermark: int) -> Iterable[Change]:
        """What changed after `watermark`."""
        return self.changes.since(watermark)
