"""The enterprise extension of a User (RFC 7643, sections 4.3 and 8.7.1)."""

from typing import Final

from entrasim_kit.scim_server.schemas.attribute import Attribute, Mutability, Type
from entrasim_kit.scim_server.schemas.schema import Schema
from entrasim_kit.scim_server.urns import ENTERPRISE_USER

ENTERPRISE_USER_SCHEMA: Final = Schema(
    urn=ENTERPRISE_USER,
    name="EnterpriseUser",
    description="Enterprise User",
    attributes=(
        Attribute(name="employeeNumber", description="The number given by the organization."),
        Attribute(name="costCenter", description="The cost center."),
        Attribute(name="organization", description="The organization."),
        Attribute(name="division", description="The division."),
        Attribute(name="department", description="The department."),
        Attribute(
            name="manager",
            description="The user's manager.",
            type=Type.COMPLEX,
            sub_attributes=(
                Attribute(name="value", description="The id of the manager.", case_exact=True),
                Attribute(
                    name="$ref",
                    description="The URI of the manager.",
                    type=Type.REFERENCE,
                    case_exact=True,
                    reference_types=("User",),
                ),
                Attribute(
                    name="displayName",
                    description="The name of the manager; never filled.",
                    mutability=Mutability.READ_ONLY,
                ),
            ),
        ),
    ),
)
