"""`steps:` what happens, in order."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from entrasim.provisioning.connection import ConnectionVerdict
from entrasim.provisioning.job import ResetScope
from entrasim.scenario.model.application import (
    ApplicationModel,
    AssignmentModel,
    ProvisioningFields,
    TenantUrlText,
)
from entrasim.scenario.model.base import Duration, Model, one_or_many
from entrasim.scenario.model.expectation import Expectation, FreeObject
from entrasim.scenario.model.mapping import MappingsModel
from entrasim.scenario.model.scoping_filter import ScopingFiltersModel
from entrasim.scenario.model.tenant import (
    GroupModel,
    GroupUpdate,
    Member,
    UserModel,
    UserUpdate,
)


class ExactlyOne(Model):
    """A mapping with one key out of several, which says what it is."""

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        verbs = self.model_fields_set - self.beside()
        if len(verbs) != 1:
            raise PydanticCustomError("one_verb", "{problem}", {"problem": self._problem(verbs)})
        return self

    @classmethod
    def beside(cls) -> frozenset[str]:
        """The fields that may stand beside the one."""
        return frozenset()

    def _problem(self, verbs: set[str]) -> str:
        fields = type(self).model_fields
        names = [str(field.alias) for name, field in fields.items() if name not in self.beside()]
        if not verbs:
            return f"write one of these keys: {', '.join(names)}"
        given = " and ".join(sorted(str(fields[name].alias) for name in verbs))
        return f"{given} stand together; write one of them per item"

    @property
    def verb(self) -> str:
        """The key, by the name of the field."""
        (name,) = self.model_fields_set - self.beside()
        return name


class Members(Model):
    """`addMember`, `removeMember`."""

    group: str
    member: Member | None = None
    members: list[Member] = []

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if (self.member is None) == (not self.members):
            raise PydanticCustomError("members", "name either a member or a list of members")
        return self

    @property
    def all(self) -> list[Member]:
        """Whoever is named."""
        return [self.member] if self.member is not None else self.members


class Credentials(Model):
    """`setCredentials`: they hold from then on."""

    tenant_url: TenantUrlText | None = None
    secret_token: str | None = None


class Change(ExactlyOne):
    """One change of the tenant, as an administrator would make it."""

    create_application: ApplicationModel | None = None
    set_provisioning: ProvisioningFields | None = None
    set_mappings: MappingsModel | None = None
    set_scoping_filters: ScopingFiltersModel | None = None
    set_credentials: Credentials | None = None
    create_user: UserModel | None = None
    update_user: UserUpdate | None = None
    delete_user: str | None = None
    restore_user: str | None = None
    purge_user: str | None = None
    create_group: GroupModel | None = None
    update_group: GroupUpdate | None = None
    delete_group: str | None = None
    add_member: Members | None = None
    remove_member: Members | None = None
    assign: AssignmentModel | None = None
    unassign: AssignmentModel | None = None


class TargetUpdate(Model):
    """`updateUser`, `updateGroup` in the target: SCIM attributes to set."""

    user_name: str | None = None
    display_name: str | None = None
    set: FreeObject


class TargetMembers(Model):
    """`addMember`, `removeMember` in the target."""

    display_name: str
    members: Annotated[list[str], BeforeValidator(one_or_many)]


class TargetChange(ExactlyOne):
    """One edit of the target, as the application's administrator would make it over SCIM."""

    create_user: FreeObject | None = None
    update_user: TargetUpdate | None = None
    delete_user: str | None = None
    create_group: FreeObject | None = None
    update_group: TargetUpdate | None = None
    delete_group: str | None = None
    add_member: TargetMembers | None = None
    remove_member: TargetMembers | None = None


class ConnectionTest(Model):
    """`testConnection`: values that are tried, not saved; by default what is saved."""

    tenant_url: TenantUrlText | None = None
    secret_token: str | None = None
    expect: ConnectionVerdict = ConnectionVerdict.SUCCESS


class Restart(Model):
    """`restart`: what to forget; nothing named means what the portal's button forgets."""

    reset_scope: Annotated[list[ResetScope], BeforeValidator(one_or_many)] = []


class Nothing(Model):
    """A step without values."""


Changes = Annotated[list[Change], BeforeValidator(one_or_many), Field(min_length=1)]
TargetChanges = Annotated[list[TargetChange], BeforeValidator(one_or_many), Field(min_length=1)]


class Step(ExactlyOne):
    """One step. A step without values may be written as its bare name."""

    title: str | None = None
    application: str | None = Field(
        None, description="Which application, when the tenant has several."
    )
    test_connection: ConnectionTest | None = None
    cycle: Nothing | None = None
    wait: Duration | None = None
    change: Changes | None = None
    change_target: TargetChanges | None = None
    start: Nothing | None = None
    pause: Nothing | None = None
    restart: Restart | None = None
    expect: Expectation | None = None

    @classmethod
    def beside(cls) -> frozenset[str]:
        """A title, and the application that the step is about."""
        return frozenset({"title", "application"})

    @model_validator(mode="before")
    @classmethod
    def _bare_name(cls, data: Any) -> Any:
        return {str(data): None} if isinstance(data, str) else data
