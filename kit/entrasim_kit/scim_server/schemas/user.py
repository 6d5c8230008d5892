"""The core schema of a User (RFC 7643, sections 4.1 and 8.7.1)."""

from typing import Final

from entrasim_kit.scim_server.schemas.attribute import Attribute, Mutability, Returned, Type
from entrasim_kit.scim_server.schemas.schema import Schema
from entrasim_kit.scim_server.urns import CORE_USER


def _typed_list(
    name: str,
    description: str,
    value: Attribute,
    types: tuple[str, ...] = (),
    also: tuple[Attribute, ...] = (),
) -> Attribute:
    """A multi-valued attribute with the usual sub-attributes (RFC 7643, section 2.4)."""
    return Attribute(
        name=name,
        description=description,
        type=Type.COMPLEX,
        multi_valued=True,
        sub_attributes=(
            value,
            Attribute(name="display", description="A name to show to people."),
            Attribute(name="type", description="What it is for.", canonical_values=types),
            _PRIMARY,
            *also,
        ),
    )


_PRIMARY: Final = Attribute(
    name="primary",
    description="Whether it is the preferred one; true at most once.",
    type=Type.BOOLEAN,
)

_NAME: Final = Attribute(
    name="name",
    description="The parts of the user's real name.",
    type=Type.COMPLEX,
    sub_attributes=(
        Attribute(name="formatted", description="The full name, ready to show."),
        Attribute(name="familyName", description="The family name."),
        Attribute(name="givenName", description="The given name."),
        Attribute(name="middleName", description="The middle names."),
        Attribute(name="honorificPrefix", description="What precedes the name, such as Dr."),
        Attribute(name="honorificSuffix", description="What follows the name, such as III."),
    ),
)

_ADDRESSES: Final = Attribute(
    name="addresses",
    description="Postal addresses of the user.",
    type=Type.COMPLEX,
    multi_valued=True,
    sub_attributes=(
        Attribute(name="formatted", description="The whole address, ready to show."),
        Attribute(name="streetAddress", description="Street, house number, post box."),
        Attribute(name="locality", description="City or locality."),
        Attribute(name="region", description="State or region."),
        Attribute(name="postalCode", description="Postal code."),
        Attribute(name="country", description="Country, ISO 3166-1 alpha-2 by preference."),
        Attribute(
            name="type", description="What it is for.", canonical_values=("work", "home", "other")
        ),
        _PRIMARY,
    ),
)

_GROUPS: Final = Attribute(
    name="groups",
    description="The groups that have the user as a direct member; changed by the groups.",
    type=Type.COMPLEX,
    multi_valued=True,
    mutability=Mutability.READ_ONLY,
    sub_attributes=(
        Attribute(
            name="value",
            description="The id of the group.",
            case_exact=True,
            mutability=Mutability.READ_ONLY,
        ),
        Attribute(
            name="$ref",
            description="The URI of the group.",
            type=Type.REFERENCE,
            case_exact=True,
            mutability=Mutability.READ_ONLY,
            reference_types=("Group",),
        ),
        Attribute(
            name="display",
            description="The displayName of the group.",
            mutability=Mutability.READ_ONLY,
        ),
        Attribute(
            name="type",
            description="Always direct: nesting is not followed.",
            mutability=Mutability.READ_ONLY,
            canonical_values=("direct",),
        ),
    ),
)

USER_SCHEMA: Final = Schema(
    urn=CORE_USER,
    name="User",
    description="User Account",
    attributes=(
        Attribute(
            name="userName",
            description="The name that the user signs in with.",
            required=True,
            unique=True,
        ),
        _NAME,
        Attribute(name="displayName", description="The name to show to people."),
        Attribute(name="nickName", description="The casual name."),
        Attribute(
            name="profileUrl",
            description="A page about the user.",
            type=Type.REFERENCE,
            case_exact=True,
            reference_types=("external",),
        ),
        Attribute(name="title", description="The job title."),
        Attribute(name="userType", description="The relation to the organization."),
        Attribute(name="preferredLanguage", description="As in Accept-Language: en-US."),
        Attribute(name="locale", description="For dates, numbers and currency: en-US."),
        Attribute(name="timezone", description="In the form of the tz database: Europe/Oslo."),
        Attribute(name="active", description="Whether the account may be used.", type=Type.BOOLEAN),
        Attribute(
            name="password",
            description="Accepted and forgotten: nobody signs in here.",
            case_exact=True,
            mutability=Mutability.WRITE_ONLY,
            returned=Returned.NEVER,
        ),
        _typed_list(
            "emails",
            "E-mail addresses.",
            Attribute(name="value", description="The address."),
            ("work", "home", "other"),
        ),
        _typed_list(
            "phoneNumbers",
            "Telephone numbers.",
            Attribute(name="value", description="The number, kept as it came."),
            ("work", "home", "mobile", "fax", "pager", "other"),
        ),
        _typed_list(
            "ims",
            "Instant messaging addresses.",
            Attribute(name="value", description="The address."),
            ("aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"),
        ),
        _typed_list(
            "photos",
            "Pictures of the user.",
            Attribute(
                name="value",
                description="Where the picture is.",
                type=Type.REFERENCE,
                case_exact=True,
                reference_types=("external",),
            ),
            ("photo", "thumbnail"),
        ),
        _ADDRESSES,
        _GROUPS,
        _typed_list(
            "entitlements",
            "Things that the user may have.",
            Attribute(name="value", description="The entitlement."),
        ),
        _typed_list(
            "roles",
            "Who the user is.",
            Attribute(name="value", description="The role."),
            # RFC 7643 has no such part; Entra sends it when it creates a user who holds roles.
            also=(Attribute(name="displayName", description="The role, as Entra shows it."),),
        ),
        _typed_list(
            "x509Certificates",
            "Certificates of the user.",
            Attribute(
                name="value",
                description="The certificate, DER in Base64.",
                type=Type.BINARY,
                case_exact=True,
            ),
        ),
    ),
)
