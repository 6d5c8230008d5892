"""The attributes of the directory that a mapping or a scoping filter may read.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from operator import attrgetter
from typing import Any, Final

from entrasim.directory.application import AppRole
from entrasim.directory.assignment import ObjectType
from entrasim.directory.group import Group
from entrasim.directory.guest import MARK, original_address
from entrasim.directory.user import USER_FIELDS, User, is_extension_name

Getter = Callable[["SourceObject"], Any]


@dataclass(frozen=True, slots=True)
class SourceObject:
    """One object of the directory as the mappings of one application see it.

    `is_soft_deleted` is not the recycle bin alone: it is true for whoever is unassigned, filtered
    out, blocked or deleted.
    """

    object: User | Group
    is_soft_deleted: bool = False
    roles: tuple[AppRole, ...] = ()


class UnknownSourceAttribute(ValueError):
    """The directory offers no such attribute to mappings."""


def source_attribute(object_type: ObjectType, name: str) -> Getter:
    """How to read the attribute that Entra calls `name`.

    Raises:
        UnknownSourceAttribute: there is none; the message names the nearest.
    """
    if object_type is ObjectType.USER and is_extension_name(name):
        return lambda source: source.object.extension.get(name)  # type: ignore[union-attr]
    getter = SOURCE_ATTRIBUTES[object_type].get(name)
    if getter is None:
        raise UnknownSourceAttribute(_unknown(object_type, name))
    return getter


def _unknown(object_type: ObjectType, name: str) -> str:
    kind = object_type.lower()
    if name in NOT_OFFERED:
        return f'{kind}s have an attribute "{name}", but Entra offers it to no mapping or filter'
    if name in GRAPH_NAMES:
        return f'mappings call the attribute "{name}" of Graph "{GRAPH_NAMES[name]}"'
    near = get_close_matches(name, SOURCE_ATTRIBUTES[object_type], n=1)
    hint = f'; did you mean "{near[0]}"?' if near else ""
    return f'{kind}s have no attribute "{name}"{hint}'


def user_principal_name(source: SourceObject) -> str:
    """A guest's name is turned back to the address that was invited; others are as they are.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works
    """
    name: str = source.object.user_principal_name  # type: ignore[union-attr]
    return original_address(name) if MARK in name else name


def is_soft_deleted(source: SourceObject) -> str:
    """Whether the account must be disabled, as the text that expressions compare with."""
    return "True" if source.is_soft_deleted else "False"


def app_role_assignments(source: SourceObject) -> tuple[str, ...] | None:
    """The values of the app roles held, directly or through an assigned group."""
    return tuple(role.value for role in source.roles) or None


def _field(name: str) -> Getter:
    return attrgetter(f"object.{name}")


def _list_field(name: str) -> Getter:
    read = _field(name)
    return lambda source: read(source) or None


NOT_OFFERED: Final = frozenset({"userType", "samAccountName"})
"""Source: https://learn.microsoft.com/entra/identity/app-provisioning/known-issues"""

GRAPH_NAMES: Final[Mapping[str, str]] = {
    "id": "objectId",
    "businessPhones": "telephoneNumber",
    "faxNumber": "facsimileTelephoneNumber",
    "mobilePhone": "mobile",
    "officeLocation": "physicalDeliveryOfficeName",
}
"""Names of Graph, and what mappings call the same attribute."""

_USER: Final[Mapping[str, Getter]] = (
    {name: _field(field) for name, field in USER_FIELDS.items() if name not in NOT_OFFERED}
    | {name: _list_field(USER_FIELDS[name]) for name in ("otherMails", "proxyAddresses")}
    | {
        "objectId": _field("id"),
        "userPrincipalName": user_principal_name,
        "originalUserPrincipalName": _field("user_principal_name"),
        "IsSoftDeleted": is_soft_deleted,
        "appRoleAssignments": app_role_assignments,
    }
)

_GROUP: Final[Mapping[str, Getter]] = {
    "objectId": _field("id"),
    "displayName": _field("display_name"),
    "description": _field("description"),
    "mail": _field("mail"),
    "mailNickname": _field("mail_nickname"),
    "securityEnabled": _field("security_enabled"),
    "members": lambda _: None,
}

SOURCE_ATTRIBUTES: Final[Mapping[ObjectType, Mapping[str, Getter]]] = {
    ObjectType.USER: _USER,
    ObjectType.GROUP: _GROUP,
}
