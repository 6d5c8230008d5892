"""`application:` an enterprise application, its provisioning page and its assignments."""

from dataclasses import MISSING, fields
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, create_model, model_validator
from pydantic_core import PydanticCustomError

from entrasim.mapping.expressions.settings import ExpressionSettings
from entrasim.provisioning.configuration import ProvisioningMode, ProvisioningStatus
from entrasim.provisioning.settings import ProvisioningSettings
from entrasim.scenario.model.base import Duration, Model
from entrasim.scenario.model.mapping import MappingsModel
from entrasim.scenario.model.scoping_filter import ScopingFiltersModel
from entrasim.scim.tenant_url import TenantUrlError, parse_tenant_url
from entrasim.scoping.assignment_scope import SyncScope


def _checked_url(text: str) -> str:
    """References to the environment are resolved later; everything else is checked now."""
    if "${" not in text:
        try:
            parse_tenant_url(text)
        except TenantUrlError as error:
            raise PydanticCustomError("url", "{problem}", {"problem": str(error)}) from None
    return text


TenantUrlText = Annotated[str, AfterValidator(_checked_url)]


WHEN_PARSED = frozenset({"ampersand_joins", "unknown_escape", "three_argument_format_date_time"})
"""Settings of the expression language that change what may be written, not what comes out."""


def _expressions_model() -> type[Model]:
    """The settings of the expression language that count when an object is evaluated."""
    members: dict[str, Any] = {
        each.name: (each.type, each.default)
        for each in fields(ExpressionSettings)
        if each.name not in WHEN_PARSED
    }
    doc = "Settings of the expression language."
    return create_model("ExpressionSettingsModel", __base__=Model, __doc__=doc, **members)


ExpressionSettingsModel = _expressions_model()


def _settings_model() -> type[Model]:
    """The settings of the core as keys of the file; durations are written `40m`."""
    members: dict[str, Any] = {
        "expressions": (ExpressionSettingsModel, ExpressionSettingsModel()),
    }
    for each in fields(ProvisioningSettings):
        assert each.default is not MISSING
        if each.name in members:
            continue
        kind = Duration if "timedelta" in str(each.type) else each.type
        question = each.metadata["question"]
        members[each.name] = (kind, Field(each.default, description=question))
    return create_model("SettingsModel", __base__=Model, __doc__="Settings.", **members)


SettingsModel = _settings_model()


class AppRoleModel(Model):
    """`appRoles:` one role."""

    value: str = Field(min_length=1)
    display_name: str | None = None


class ProvisioningFields(Model):
    """The fields of the provisioning page; `setProvisioning` saves any of them."""

    mode: ProvisioningMode = ProvisioningMode.AUTOMATIC
    tenant_url: TenantUrlText | None = None
    secret_token: str | None = Field(
        None, description="The token, ${NAME} from the environment, or `minted`: the target's own."
    )
    mappings: MappingsModel = MappingsModel()
    scope: SyncScope = SyncScope.ASSIGNED
    scoping_filters: ScopingFiltersModel = ScopingFiltersModel()
    prevent_accidental_deletion: int | None = Field(None, ge=0)
    notification_email: str | None = None
    status: ProvisioningStatus = ProvisioningStatus.OFF
    settings: SettingsModel = SettingsModel()  # type: ignore[valid-type]


class AssignmentModel(Model):
    """One assignment: a user or a group, and its role."""

    user: str | None = None
    group: str | None = None
    role: str | None = None

    @model_validator(mode="after")
    def _one_principal(self) -> Self:
        if (self.user is None) == (self.group is None):
            raise PydanticCustomError("principal", "an assignment names either a user or a group")
        return self


class ApplicationModel(Model):
    """A non-gallery enterprise application."""

    display_name: str = Field(min_length=1, max_length=120)
    app_roles: list[AppRoleModel] = []
    provisioning: ProvisioningFields | None = None
    assignments: list[AssignmentModel] = []
