"""The provisioning configuration of an application: what the portal's *Provisioning* page holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from entrasim.directory.assignment import ObjectType
from entrasim.mapping.defaults import default_group_mapping, default_user_mapping
from entrasim.mapping.object_mapping import ObjectMapping
from entrasim.provisioning.settings import ProvisioningSettings
from entrasim.provisioning.synchronization_schema import SynchronizationSchema
from entrasim.scim.tenant_url import TenantUrl
from entrasim.scoping.assignment_scope import SyncScope
from entrasim.scoping.scoping_filter import ScopingFilter


class ProvisioningMode(StrEnum):
    """The portal's *Provisioning Mode*; only *Automatic* runs a job."""

    MANUAL = "Manual"
    AUTOMATIC = "Automatic"


class ProvisioningStatus(StrEnum):
    """The portal's *Provisioning Status* switch."""

    ON = "On"
    OFF = "Off"


class Secret(str):
    """A text that shows itself nowhere but where it is used."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret(***)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisioningConfiguration:
    """A saved configuration. A new state is a new object.

    `schema` is the imported one that mappings and filters came from, if they did.
    """

    mode: ProvisioningMode = ProvisioningMode.MANUAL
    tenant_url: TenantUrl | None = None
    secret_token: Secret | None = None
    user_mapping: ObjectMapping = field(default_factory=default_user_mapping)
    group_mapping: ObjectMapping = field(default_factory=default_group_mapping)
    schema: SynchronizationSchema | None = None
    scope: SyncScope = SyncScope.ASSIGNED
    scoping_filters: Mapping[ObjectType, tuple[ScopingFilter, ...]] = field(default_factory=dict)
    prevent_accidental_deletion: int | None = None
    notification_email: str | None = None
    status: ProvisioningStatus = ProvisioningStatus.OFF
    settings: ProvisioningSettings = field(default_factory=ProvisioningSettings)

    @property
    def has_credentials(self) -> bool:
        """Whether *Admin Credentials* are filled in."""
        return self.tenant_url is not None and self.secret_token is not None

    @property
    def rules(self) -> tuple[Any, ...]:
        """The mappings and scoping filters: what has to be applied to every object anew."""
        return self.user_mapping, self.group_mapping, self.scoping_filters

    @property
    def filtered_attributes(self) -> frozenset[str]:
        """Every attribute of the directory that the scoping filters read."""
        filters = (each for some in self.scoping_filters.values() for each in some)
        return frozenset(clause.attribute for each in filters for clause in each.clauses)

    @property
    def is_running(self) -> bool:
        """Whether cycles fall due."""
        running = self.mode is ProvisioningMode.AUTOMATIC and self.has_credentials
        return running and self.status is ProvisioningStatus.ON
