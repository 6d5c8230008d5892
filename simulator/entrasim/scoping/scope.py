"""Scope: whether an object is to be provisioned, as one value that carries its reasons.

Entra asks, in this order: is it active, is it assigned, does a scoping filter admit it.
Source: https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works
"""

from collections.abc import Callable
from dataclasses import dataclass

from entrasim.directory.application import AppRole
from entrasim.directory.group import Group
from entrasim.directory.tenant import Tenant
from entrasim.directory.user import User
from entrasim.scoping.assignment_scope import Entitlement, SyncScope, entitlements
from entrasim.scoping.scoping_filter import ADMITTED, FilterEvaluation

Judge = Callable[[User | Group], FilterEvaluation]
"""What the scoping filters say about an object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeEvaluation:
    """What decided about one object. `entitlements` is empty under *sync all*."""

    exists: bool
    is_active: bool
    assigned: bool
    entitlements: tuple[Entitlement, ...] = ()
    filters: FilterEvaluation = ADMITTED

    @property
    def is_entitled(self) -> bool:
        """Whether assignment and filters admit the object, whatever its state."""
        return self.assigned and self.filters.passed

    @property
    def in_scope(self) -> bool:
        """Whether the object is to be provisioned now."""
        return self.exists and self.is_active and self.is_entitled

    @property
    def roles(self) -> tuple[AppRole, ...]:
        """The app roles held, each once."""
        return tuple(dict.fromkeys(role for each in self.entitlements for role in each.roles))

    @property
    def reason(self) -> str:
        """The first thing that keeps the object out, in words; empty when nothing does."""
        if not self.exists:
            return "deleted in the directory"
        if not self.assigned:
            return "not assigned"
        if not self.is_active:
            return "blocked from signing in (accountEnabled is false)"
        return self.filters.reason


GONE = ScopeEvaluation(exists=False, is_active=False, assigned=False)
"""The evaluation of an object that the directory no longer has."""


def evaluate_scope(
    source: User | Group, *, tenant: Tenant, application_id: str, scope: SyncScope, judge: Judge
) -> ScopeEvaluation:
    """Judge one object of the directory, which may lie in the recycle bin.

    Pure: it reads the tenant and changes nothing. `judge` applies the scoping filters.
    """
    exists = source.id in tenant.users or source.id in tenant.groups
    is_active = source.account_enabled if isinstance(source, User) else True
    found = entitlements(tenant, application_id, source.id)
    assigned = scope is SyncScope.ALL or bool(found)
    return ScopeEvaluation(
        exists=exists,
        is_active=is_active,
        assigned=assigned,
        entitlements=found,
        filters=judge(source),
    )
