"""The core schema of a Group (RFC 7643, sections 4.2 and 8.7.1)."""

from dataclasses import replace
from typing import Final

from entrasim_kit.scim_server.schemas.attribute import Attribute, Mutability, Type
from entrasim_kit.scim_server.schemas.schema import Schema
from entrasim_kit.scim_server.urns import CORE_GROUP

_DISPLAY_NAME: Final = Attribute(
    name="displayName", description="The name to show to people.", required=True, unique=True
)

MEMBERS: Final = Attribute(
    name="members",
    description="The members of the group.",
    type=Type.COMPLEX,
    multi_valued=True,
    sub_attributes=(
        Attribute(
            name="value",
            description="The id of the member.",
            case_exact=True,
            mutability=Mutability.IMMUTABLE,
        ),
        Attribute(
            name="$ref",
            description="The URI of the member.",
            type=Type.REFERENCE,
            case_exact=True,
            mutability=Mutability.IMMUTABLE,
            reference_types=("User", "Group"),
        ),
        Attribute(
            name="type",
            description="What the member is.",
            mutability=Mutability.IMMUTABLE,
            canonical_values=("User", "Group"),
        ),
    ),
)

GROUP_SCHEMA: Final = Schema(
    urn=CORE_GROUP, name="Group", description="Group", attributes=(_DISPLAY_NAME, MEMBERS)
)

GROUP_SCHEMA_WITH_DUPLICATES: Final = replace(
    GROUP_SCHEMA, attributes=(replace(_DISPLAY_NAME, unique=False), MEMBERS)
)
"""The same for a server that lets two groups have one name, which RFC 7643 allows."""
