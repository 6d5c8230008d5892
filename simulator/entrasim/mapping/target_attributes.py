"""The attributes of the SCIM target that a mapping may name, with their types.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
(list of attributes, custom extension attributes, types).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from entrasim.directory.assignment import ObjectType
from entrasim.mapping.defaults import GROUP_MAPPINGS, USER_MAPPINGS
from entrasim.scim.path import AttributePath
from entrasim.scim.urns import ENTERPRISE_USER


class AttributeType(StrEnum):
    """Types of an attribute definition.

    Source: https://learn.microsoft.com/graph/api/resources/synchronization-attributedefinition
    """

    STRING = "String"
    INTEGER = "Integer"
    REFERENCE = "Reference"
    BINARY = "Binary"
    BOOLEAN = "Boolean"
    DATE_TIME = "DateTime"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAttribute:
    """One attribute of the target. Values that are not `case_exact` are compared without case.

    Source for the latter: the ToLower and ToUpper entries of
    https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data
    """

    name: str
    type: AttributeType = AttributeType.STRING
    multi_valued: bool = False
    case_exact: bool = False


_OTHER_USER_ATTRIBUTES: Final = (
    "name.middleName",
    "name.honorificPrefix",
    "name.honorificSuffix",
    "nickName",
    "profileUrl",
    "userType",
    "locale",
    "timezone",
    'emails[type eq "home"].value',
    'emails[type eq "other"].value',
    'addresses[type eq "work"].value',
    'addresses[type eq "other"].formatted',
    'phoneNumbers[type eq "home"].value',
    'phoneNumbers[type eq "other"].value',
    'phoneNumbers[type eq "pager"].value',
    'roles[primary eq "True"].value',
    'roles[primary eq "True"].display',
    'roles[primary eq "True"].type',
    f"{ENTERPRISE_USER}:costCenter",
    f"{ENTERPRISE_USER}:organization",
    f"{ENTERPRISE_USER}:division",
)

_TYPES: Final = {
    "active": AttributeType.BOOLEAN,
    "members": AttributeType.REFERENCE,
    f"{ENTERPRISE_USER}:manager": AttributeType.REFERENCE,
    f"{ENTERPRISE_USER}:manager.value": AttributeType.REFERENCE,
}

_CUSTOM: Final = re.compile(r"urn:ietf:params:scim:schemas:extension:[\w.-]+:2\.0:(User|Group):\w+")


def _table(names: tuple[str, ...]) -> Mapping[str, TargetAttribute]:
    return {
        name: TargetAttribute(
            name=name,
            type=_TYPES.get(name, AttributeType.STRING),
            multi_valued=name in ("members", "roles"),
        )
        for name in names
    }


TARGET_ATTRIBUTES: Final[Mapping[ObjectType, Mapping[str, TargetAttribute]]] = {
    ObjectType.USER: _table(
        tuple(target for _, target in USER_MAPPINGS)
        + _OTHER_USER_ATTRIBUTES
        + (f"{ENTERPRISE_USER}:manager.value", "roles")
    ),
    ObjectType.GROUP: _table(tuple(target for _, target in GROUP_MAPPINGS)),
}


def target_attribute(object_type: ObjectType, path: AttributePath) -> TargetAttribute | None:
    """The definition of a target attribute, or None when the target has no such attribute.

    A custom attribute must stand under an extension URN of the documented pattern, else Entra
    drops it on creation.
    """
    known = TARGET_ATTRIBUTES[object_type].get(path.text)
    if known is None and _CUSTOM.fullmatch(path.text):
        return TargetAttribute(name=path.text)
    return known
