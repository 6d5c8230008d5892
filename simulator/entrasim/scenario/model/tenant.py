"""`tenant:` users and groups, as a scenario writes them."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from entrasim.directory.group import GroupKind
from entrasim.directory.license import License
from entrasim.directory.membership_rule import RuleError, parse_rule
from entrasim.directory.user import UserType, is_extension_name
from entrasim.provisioning.clock import DEFAULT_START
from entrasim.scenario.model.base import Instant, Model, one_or_many


def _checked_rule(rule: str) -> str:
    try:
        parse_rule(rule)
    except RuleError as error:
        raise PydanticCustomError("rule", "{problem}", {"problem": str(error)}) from None
    return rule


def _checked_name(name: str) -> str:
    local, at, domain = name.rpartition("@")
    if not (local and at and domain) or any(each.isspace() for each in name):
        raise PydanticCustomError(
            "upn",
            '"{name}" is no user principal name; write a name, @ and a domain',
            {"name": name},
        )
    return name


UserPrincipalName = Annotated[str, Field(max_length=256), AfterValidator(_checked_name)]
MembershipRule = Annotated[str, AfterValidator(_checked_rule)]
TextList = Annotated[list[str], BeforeValidator(one_or_many)]


class UserAttributes(Model):
    """The attributes of a user, by the names that mappings use."""

    display_name: str | None = Field(None, min_length=1, max_length=256)
    given_name: str | None = Field(None, max_length=64)
    surname: str | None = Field(None, max_length=64)
    mail: str | None = None
    mail_nickname: str | None = Field(
        None, min_length=1, max_length=64, description="By default the local part of the name."
    )
    account_enabled: bool = True
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
    other_mails: TextList = []
    proxy_addresses: TextList = []
    manager: str | None = Field(None, description="Another user: its id or userPrincipalName.")
    extension: dict[str, str | None] = Field(
        {}, exclude=True, description="Filled from extensionAttribute1-15 and extension_... keys."
    )

    @model_validator(mode="before")
    @classmethod
    def _gather_extensions(cls, data: Any) -> Any:
        """Directory extensions have open names: they are gathered under `extension`."""
        if not isinstance(data, dict):
            return data
        extensions = {name: value for name, value in data.items() if is_extension_name(name)}
        if not extensions:
            return data
        others = {name: value for name, value in data.items() if name not in extensions}
        return others | {"extension": extensions}


class UserModel(UserAttributes):
    """A user."""

    id: str | None = Field(None, description="An alias for references in this file.")
    user_principal_name: UserPrincipalName
    display_name: str = Field(min_length=1, max_length=256)
    user_type: UserType = UserType.MEMBER


class UserUpdate(UserAttributes):
    """`updateUser:` the attributes to change; an empty value clears one."""

    user: str
    user_principal_name: UserPrincipalName = ""
    display_name: str = Field("", min_length=1, max_length=256)
    mail_nickname: str = Field("", min_length=1, max_length=64)


class Reference(Model):
    """`{user: NAME}` or `{group: NAME}`."""

    user: str | None = None
    group: str | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.user is None) == (self.group is None):
            raise PydanticCustomError("reference", "write either a user or a group")
        return self


def _how_written(value: Any) -> str:
    return "reference" if isinstance(value, dict | Reference) else "name"


Member = Annotated[
    Annotated[str, Tag("name")] | Annotated[Reference, Tag("reference")],
    Discriminator(_how_written),
]
"""A user's name, or a mapping that says whether it is a user or a group."""


class GroupModel(Model):
    """A group. A membership rule makes it dynamic."""

    id: str | None = Field(None, description="An alias for references in this file.")
    display_name: str = Field(min_length=1, max_length=256)
    type: GroupKind = GroupKind.SECURITY
    security_enabled: bool | None = Field(
        None, description="By default true for security groups, false for Microsoft 365 groups."
    )
    mail_nickname: str | None = None
    mail: str | None = None
    description: str | None = None
    members: list[Member] = []
    membership_rule: MembershipRule | None = None

    @model_validator(mode="after")
    def _dynamic_has_no_members(self) -> Self:
        if self.membership_rule is not None and self.members:
            raise PydanticCustomError(
                "dynamic_members",
                'the members of "{name}" follow from its membershipRule; take members away',
                {"name": self.display_name},
            )
        return self


class GroupUpdate(Model):
    """`updateGroup:` the attributes to change."""

    group: str
    display_name: str = Field("", min_length=1, max_length=256)
    mail_nickname: str | None = None
    mail: str | None = None
    description: str | None = None
    membership_rule: MembershipRule | None = None


class FakeModel(Model):
    """`fake:` a made-up company; `entrasim.directory.fake` tells what its groups are called."""

    users: int
    groups: int = 0
    nesting: int = 1
    guests: int = 0
    service_accounts: int = 0
    disabled: float = 0.0
    hard: bool | float = Field(default=False)
    microsoft_365_groups: bool = Field(default=False, alias="microsoft365Groups")
    locales: TextList = ["en_US"]
    company_name: str = ""
    seed: int = 0


class TenantModel(Model):
    """The tenant as it stands before the first step."""

    domain: str = Field("contoso.example", pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$")
    license: License = License.P1
    starts_at: Instant = DEFAULT_START
    users: list[UserModel] = []
    groups: list[GroupModel] = []
    fake: FakeModel | None = None


def changed_fields(update: UserUpdate | GroupUpdate) -> dict[str, Any]:
    """The fields that an update names, by the names of `User` or `Group`; extensions apart."""
    skipped = {"user", "group", "extension"}
    return {name: getattr(update, name) for name in update.model_fields_set if name not in skipped}
