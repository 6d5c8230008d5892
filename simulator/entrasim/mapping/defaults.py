"""The default mappings of a non-gallery application: 22 for users, 3 for groups.

Microsoft does not publish the user table as such. It was put together from the model in
https://github.com/AzureAD/SCIMReferenceCode, from vendor guides that list the defaults, and from
the count of 22 in a real configuration (https://github.com/kortix-ai/suna/pull/7302). That every
row applies *Always* is likely, not documented.
"""

from functools import cache
from typing import Final

from entrasim.directory.assignment import ObjectType
from entrasim.mapping.attribute_mapping import AttributeMapping
from entrasim.mapping.expressions.parser import parse
from entrasim.mapping.object_mapping import ObjectMapping
from entrasim.scim.path import parse_path
from entrasim.scim.urns import ENTERPRISE_USER

USER_MAPPINGS: Final[tuple[tuple[str, str], ...]] = (
    ("[userPrincipalName]", "userName"),
    ('Switch([IsSoftDeleted], , "False", "True", "True", "False")', "active"),
    ("[displayName]", "displayName"),
    ("[jobTitle]", "title"),
    ("[mail]", 'emails[type eq "work"].value'),
    ("[preferredLanguage]", "preferredLanguage"),
    ("[givenName]", "name.givenName"),
    ("[surname]", "name.familyName"),
    ('Join(" ", [givenName], [surname])', "name.formatted"),
    ("[physicalDeliveryOfficeName]", 'addresses[type eq "work"].formatted'),
    ("[streetAddress]", 'addresses[type eq "work"].streetAddress'),
    ("[city]", 'addresses[type eq "work"].locality'),
    ("[state]", 'addresses[type eq "work"].region'),
    ("[postalCode]", 'addresses[type eq "work"].postalCode'),
    ("[country]", 'addresses[type eq "work"].country'),
    ("[telephoneNumber]", 'phoneNumbers[type eq "work"].value'),
    ("[mobile]", 'phoneNumbers[type eq "mobile"].value'),
    ("[facsimileTelephoneNumber]", 'phoneNumbers[type eq "fax"].value'),
    ("[mailNickname]", "externalId"),
    ("[employeeId]", f"{ENTERPRISE_USER}:employeeNumber"),
    ("[department]", f"{ENTERPRISE_USER}:department"),
    ("[manager]", f"{ENTERPRISE_USER}:manager"),
)

GROUP_MAPPINGS: Final[tuple[tuple[str, str], ...]] = (
    ("[displayName]", "displayName"),
    ("[objectId]", "externalId"),
    ("[members]", "members"),
)
"""Source: https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups"""


@cache
def default_user_mapping() -> ObjectMapping:
    """Users: matched on `userName`."""
    return _mapping(ObjectType.USER, USER_MAPPINGS)


@cache
def default_group_mapping() -> ObjectMapping:
    """Groups: matched on `displayName`."""
    return _mapping(ObjectType.GROUP, GROUP_MAPPINGS)


def _mapping(object_type: ObjectType, rows: tuple[tuple[str, str], ...]) -> ObjectMapping:
    return ObjectMapping(
        object_type=object_type,
        attribute_mappings=tuple(
            AttributeMapping(
                source=parse(source),
                target=parse_path(target),
                matching_priority=1 if position == 0 else 0,
            )
            for position, (source, target) in enumerate(rows)
        ),
    )
