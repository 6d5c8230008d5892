"""Building: from the model of a file to the values of the core."""

from itertools import count
from typing import Any

from entrasim.directory import identifiers
from entrasim.directory.application import AppRole, EnterpriseApplication
from entrasim.directory.group import Group, GroupKind
from entrasim.directory.guest import MARK, guest_upn
from entrasim.directory.tenant import Tenant
from entrasim.directory.user import NOTHING, User, UserType
from entrasim.mapping.expressions.settings import ExpressionSettings
from entrasim.provisioning.settings import ProvisioningSettings
from entrasim.scenario.model.application import ApplicationModel, SettingsModel
from entrasim.scenario.model.tenant import GroupModel, UserModel


def user_from(model: UserModel, tenant: Tenant) -> User:
    """The user that a scenario describes; a guest's address becomes a guest's name."""
    upn = model.user_principal_name
    is_guest = model.user_type is UserType.GUEST or MARK in upn
    if is_guest and MARK not in upn:
        upn = guest_upn(upn, tenant.domain)
    values: dict[str, Any] = {
        name: getattr(model, name)
        for name in model.model_fields_set
        if name not in ("id", "manager", "extension")
    }
    values |= {
        "user_principal_name": upn,
        "mail_nickname": model.mail_nickname or upn.partition("@")[0],
        "user_type": UserType.GUEST if is_guest else UserType.MEMBER,
        "extension": extension_from(model.extension),
    }
    object_id = _free_id(tenant, "user", upn)
    return User(id=object_id, **{name: stored(value) for name, value in values.items()})


def extension_from(values: dict[str, str | None]) -> Any:
    """Extension attributes as a user holds them; empty ones are left out."""
    kept = {name: str(value) for name, value in values.items() if value}
    return kept or NOTHING


def stored(value: Any) -> Any:
    """A value as the directory keeps it: no empty texts, no lists."""
    if value == "":
        return None
    if isinstance(value, list):
        return tuple(str(each) for each in value)
    return str(value) if type(value) is not str and isinstance(value, str) else value


def group_from(model: GroupModel, tenant: Tenant) -> Group:
    """The group that a scenario describes, without its members."""
    enabled = model.security_enabled
    return Group(
        id=_free_id(tenant, "group", model.id or model.display_name),
        display_name=model.display_name,
        kind=model.type,
        security_enabled=model.type is GroupKind.SECURITY if enabled is None else enabled,
        mail_nickname=model.mail_nickname,
        mail=model.mail,
        description=model.description,
        membership_rule=model.membership_rule,
    )


def _free_id(tenant: Tenant, kind: str, name: str) -> str:
    """An object id that follows from the name; a second object of that name gets another."""
    for number in count(1):
        numbered = name.casefold() if number == 1 else f"{name.casefold()}/{number}"
        found = identifiers.object_id(tenant.id, kind, numbered)
        if not tenant.holds(found):
            return found
    raise AssertionError


def application_from(model: ApplicationModel, tenant: Tenant) -> EnterpriseApplication:
    """The application that a scenario describes."""
    name = model.display_name
    return EnterpriseApplication(
        id=identifiers.object_id(tenant.id, "servicePrincipal", name),
        app_id=identifiers.object_id(tenant.id, "application", name),
        display_name=name,
        app_roles=tuple(
            AppRole(
                id=identifiers.object_id(tenant.id, f"appRole/{name}", each.value),
                value=each.value,
                display_name=each.display_name or each.value,
            )
            for each in model.app_roles
        ),
    )


def settings_from(model: SettingsModel) -> ProvisioningSettings:  # type: ignore[valid-type]
    """The settings that a scenario names, the others as they are by default."""
    named = _named(model)
    if "expressions" in named:
        named["expressions"] = ExpressionSettings(**_named(named["expressions"]))
    return ProvisioningSettings(**named)


def _named(model: Any) -> dict[str, Any]:
    return {name: getattr(model, name) for name in model.model_fields_set}
