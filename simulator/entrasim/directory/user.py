"""Users, with the attributes that Entra's mappings can read.

Attribute names are those of the mapping editor (`telephoneNumber`), not those of Graph
(`businessPhones`). Source:
https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Final

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class UserType(StrEnum):
    """Whether the user belongs to the tenant or was invited into it."""

    MEMBER = "Member"
    GUEST = "Guest"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """One user. None means that the attribute has no value: a directory stores no empty strings.

    `manager` is the object id of another user. `extension` holds extensionAttribute1 to 15 and
    directory extensions (`extension_<appId without hyphens>_<name>`).
    """

    id: str
    user_principal_name: str
    display_name: str
    mail_nickname: str
    account_enabled: bool = True
    user_type: UserType = UserType.MEMBER
    given_name: str | None = None
    surname: str | None = None
    mail: str | None = None
    job_title: str | None = None
    department: str | None = None
    company_name: str | None = None
    employee_id: str | None = None
    employee_type: str | None = None
    employee_hire_date: str | None = None
    preferred_language: str | None = None
    usage_location: str | None = None
    physical_delivery_office_name: str | None = None
    street_address: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country: str | None = None
    telephone_number: str | None = None
    mobile: str | None = None
    facsimile_telephone_number: str | None = None
    other_mails: tuple[str, ...] = ()
    proxy_addresses: tuple[str, ...] = ()
    manager: str | None = None
    extension: Mapping[str, str] = field(default_factory=lambda: NOTHING)


def camel_case(snake: str) -> str:
    """`job_title` as Entra spells it: `jobTitle`."""
    head, *tail = snake.split("_")
    return head + "".join(part.capitalize() for part in tail)


USER_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        camel_case(each.name): each.name
        for each in fields(User)
        if each.name not in ("id", "extension")
    }
)
"""Entra's name of each attribute, and the field of `User` that holds it."""

_EXTENSION_NAME: Final = re.compile(
    r"extensionAttribute([1-9]|1[0-5])|extension_[0-9a-fA-F]{32}_\w+"
)


def is_extension_name(name: str) -> bool:
    """Whether `name` is an on-premises extension attribute or a directory extension.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/user-provisioning-sync-attributes-for-mapping
    """
    return _EXTENSION_NAME.fullmatch(name) is not None


def tombstone_upn(user: User) -> str:
    """The name of a soft-deleted user: object id without hyphens, then the old name.

    It frees the original name. It was seen arriving at a SCIM server:
    https://github.com/onyx-dot-app/onyx/pull/14074.
    """
    return user.id.replace("-", "") + user.user_principal_name
