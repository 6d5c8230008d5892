"""References: the names by which a scenario speaks of users, groups and applications."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice
from typing import Final

from entrasim.directory.application import EnterpriseApplication
from entrasim.directory.guest import guest_upn
from entrasim.directory.tenant import Tenant
from entrasim.scenario.model.tenant import Member, Reference

SUGGESTED_FROM: Final = 5000
"""How many names are searched for one that is meant; more would make a mistake slow."""


class UnknownReference(Exception):
    """A name that refers to nobody, or to several."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class References:
    """Finds object ids by alias, user principal name or display name."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._aliases: dict[str, str] = {}

    def name(self, alias: str | None, object_id: str) -> None:
        """Let `alias` stand for an object.

        Raises:
            UnknownReference: the alias stands for another object.
        """
        if alias is None:
            return
        if self._aliases.setdefault(alias, object_id) != object_id:
            raise UnknownReference(f'the id "{alias}" stands for another object already')

    def user(self, name: str) -> str:
        """The object id of a user, by alias, user principal name, or a guest's own address."""
        alias = self._aliases.get(name)
        if alias is not None and alias not in self._tenant.groups:
            return alias
        for upn in (name, guest_upn(name, self._tenant.domain)):
            if found := self._tenant.user_by_upn(upn):
                return found.id
        raise self._unknown_user(name)

    def deleted_user(self, name: str) -> str:
        """The object id of a user in the recycle bin, by alias or former user principal name."""
        if self._aliases.get(name) in self._tenant.recycle_bin:
            return self._aliases[name]
        for object_id, deleted in self._tenant.recycle_bin.items():
            if deleted.user_principal_name.casefold() == name.casefold():
                return object_id
        raise UnknownReference(
            f'no deleted user is called "{name}"', "A user is kept for 30 days after deleteUser."
        )

    def group(self, name: str) -> str:
        """The object id of a group, by alias or display name."""
        if self._aliases.get(name) in self._tenant.groups:
            return self._aliases[name]
        found = self._tenant.groups_called(name)
        if len(found) > 1:
            raise UnknownReference(
                f'{len(found)} groups are called "{name}"',
                "Give the group that is meant an id, and refer to that.",
            )
        if not found:
            names = (each.display_name for each in self._tenant.groups.values())
            raise UnknownReference(f'no group is called "{name}"', _suggestion(name, names))
        return found[0].id

    def member(self, member: Member) -> str:
        """The object id of a member: a user's name, or a mapping that says which."""
        if isinstance(member, Reference):
            if member.group is not None:
                return self.group(member.group)
            return self.user(str(member.user))
        if self._aliases.get(member) in self._tenant.groups:
            return self._aliases[member]
        return self.user(member)

    def application(self, name: str | None) -> EnterpriseApplication:
        """The application of this display name, or the only one."""
        known = list(self._tenant.applications.values())
        if name is None:
            if len(known) == 1:
                return known[0]
            if not known:
                raise UnknownReference(
                    "there is no application",
                    "Add one under application, or with the change createApplication.",
                )
            raise UnknownReference(
                "the tenant has several applications", "Say which with the key application."
            )
        for each in known:
            if each.display_name == name:
                return each
        names = [each.display_name for each in known]
        raise UnknownReference(f'no application is called "{name}"', _suggestion(name, names))

    def _unknown_user(self, name: str) -> UnknownReference:
        if self._tenant.groups_called(name):
            return UnknownReference(
                f'no user is called "{name}", but a group is', f"Write {{group: {name}}}."
            )
        names = (each.user_principal_name for each in self._tenant.users.values())
        return UnknownReference(f'no user is called "{name}"', _suggestion(name, names))


def _suggestion(name: str, known: Iterable[str]) -> str:
    candidates = list(islice(known, SUGGESTED_FROM))
    near = get_close_matches(name, candidates, n=1)
    return f'Did you mean "{near[0]}"?' if near else "Add it to the tenant, or correct the name."
