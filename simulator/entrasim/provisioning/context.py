"""What every step of one cycle knows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from entrasim.directory.application import EnterpriseApplication
from entrasim.directory.assignment import ObjectType
from entrasim.directory.group import Group
from entrasim.directory.tenant import Tenant
from entrasim.directory.user import User
from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.flow import Flow
from entrasim.provisioning.configuration import ProvisioningConfiguration
from entrasim.provisioning.connector_data_store import ConnectorDataStore
from entrasim.provisioning.scoping import apply_filters
from entrasim.provisioning.settings import ProvisioningSettings
from entrasim.scim.dialects import ClassicDialect, CompliantDialect, Dialect
from entrasim.scoping.scope import GONE, ScopeEvaluation, evaluate_scope
from entrasim.scoping.scoping_filter import FilterEvaluation

ENDPOINTS: Final = {ObjectType.USER: "Users", ObjectType.GROUP: "Groups"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleContext:
    """Tenant, application, configuration and links, as they stand in this cycle."""

    tenant: Tenant
    application: EnterpriseApplication
    configuration: ProvisioningConfiguration
    links: ConnectorDataStore
    flows: dict[ObjectType, Flow]
    dialect: Dialect
    evaluation: EvaluationContext
    now: datetime

    @property
    def settings(self) -> ProvisioningSettings:
        """The settings of the job."""
        return self.configuration.settings

    def object(self, object_id: str) -> User | Group | None:
        """An object of the directory, also from the recycle bin, or None when it is gone."""
        found = self.tenant.users.get(object_id) or self.tenant.groups.get(object_id)
        if found is None and object_id in self.tenant.recycle_bin:
            return self._recycled(object_id)
        return found

    def _recycled(self, object_id: str) -> User:
        deleted = self.tenant.recycle_bin[object_id]
        return deleted.user if self.settings.tombstone_upn else deleted.under_old_name

    def scope(self, source: User | Group | None) -> ScopeEvaluation:
        """The judgement on an object of the directory.

        Raises:
            EvaluationError: the pattern of a scoping filter runs away on it.
        """
        if source is None:
            return GONE
        return evaluate_scope(
            source,
            tenant=self.tenant,
            application_id=self.application.id,
            scope=self.configuration.scope,
            judge=self._judge,
        )

    def _judge(self, source: User | Group) -> FilterEvaluation:
        limit = self.evaluation.settings.regex_time_limit
        return apply_filters(self.configuration, source, regex_limit=limit)


def dialect_for(
    configuration: ProvisioningConfiguration, application: EnterpriseApplication
) -> Dialect:
    """The PATCH dialect that the flags of the tenant URL ask for."""
    url = configuration.tenant_url
    if url is not None and url.wants_compliant_patch:
        return CompliantDialect(active_alone=configuration.settings.active_alone)
    return ClassicDialect({role.value: role.id for role in application.app_roles})
