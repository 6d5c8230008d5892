"""Changes: what an administrator does to the tenant between cycles.

One method per change, called like the key in the file. Every refusal is a `ChangeRefused` that says
where in the change it lies, why, and what to do.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic.alias_generators import to_camel

from entrasim.directory.application import AppRole, EnterpriseApplication
from entrasim.directory.assignment import ObjectType
from entrasim.directory.errors import DirectoryError
from entrasim.mapping.graph_object_mapping import SchemaError
from entrasim.scenario.building import (
    application_from,
    extension_from,
    group_from,
    settings_from,
    stored,
    user_from,
)
from entrasim.scenario.credentials import (
    MINTED,
    CredentialProblem,
    secret_token,
    tenant_url,
)
from entrasim.scenario.mappings import mapping_from
from entrasim.scenario.model.application import (
    ApplicationModel,
    AssignmentModel,
    ProvisioningFields,
)
from entrasim.scenario.model.mapping import MappingsModel
from entrasim.scenario.model.scoping_filter import ScopingFiltersModel
from entrasim.scenario.model.steps import Change, ConnectionTest, Credentials, Members
from entrasim.scenario.model.tenant import (
    GroupModel,
    GroupUpdate,
    Member,
    UserModel,
    UserUpdate,
    changed_fields,
)
from entrasim.scenario.references import References, UnknownReference
from entrasim.scenario.schema_file import read_schema_file
from entrasim.scenario.scoping_filters import filters_from
from entrasim.scenario.session import ProvisionedApplication, Session
from entrasim.scenario.target import Target, TargetAddress


class ChangeRefused(Exception):
    """A change cannot be made; `location` is the way through it to the part that is to blame."""

    def __init__(self, location: tuple[str | int, ...], message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.location = location
        self.message = message
        self.remedy = remedy


@contextmanager
def at(*location: str | int) -> Iterator[None]:
    """Whatever is refused inside is refused at this part of the change."""
    try:
        yield
    except ChangeRefused as inner:
        raise ChangeRefused((*location, *inner.location), inner.message, inner.remedy) from None
    except DirectoryError as error:
        raise ChangeRefused(location, str(error)) from None
    except UnknownReference as error:
        raise ChangeRefused(location, error.message, error.remedy) from None
    except SchemaError as error:
        raise ChangeRefused((*location, "schema"), str(error)) from None
    except CredentialProblem as error:
        raise ChangeRefused((*location, error.key), error.message, error.remedy) from None


class Changes:
    """Applies changes to a session.

    Args:
        session: What is changed.
        references: Finds the objects that a change names.
        target: Says where an application is provisioned to.
        environment: For `${NAME}` in credentials.
        folder: Where the scenario lies, and the schemas that it names.
    """

    def __init__(
        self,
        session: Session,
        references: References,
        target: Target,
        environment: Mapping[str, str],
        folder: Path,
    ) -> None:
        self._folder = folder
        self._session = session
        self._tenant = session.tenant
        self._references = references
        self._target = target
        self._environment = environment

    def apply(self, change: Change, application: str | None = None) -> None:
        """Make one change; `application` says which, when the tenant has several.

        Raises:
            ChangeRefused: the directory refuses, a name refers to nobody, or a credential cannot
                be had.
        """
        value = getattr(change, change.verb)
        with at(to_camel(change.verb)):
            if change.verb in _OF_AN_APPLICATION:
                getattr(self, change.verb)(value, self.application(application))
            else:
                getattr(self, change.verb)(value)

    def application(self, name: str | None) -> ProvisionedApplication:
        """The application of this name, or the only one."""
        return self._session.applications[self._references.application(name).id]

    # -- users ---------------------------------------------------------------------------------

    def create_user(self, model: UserModel) -> None:
        """`createUser`"""
        user = user_from(model, self._tenant)
        if model.manager:
            with at("manager"):
                user = replace(user, manager=self._references.user(model.manager))
        with at("userPrincipalName"):
            self._tenant.create_user(user)
        self._references.name(model.id, user.id)

    def update_user(self, update: UserUpdate) -> None:
        """`updateUser`"""
        user_id = self._user(update.user)
        values: dict[str, Any] = {
            name: stored(value) for name, value in changed_fields(update).items()
        }
        if values.get("manager"):
            with at("manager"):
                values["manager"] = self._references.user(values["manager"])
        if update.extension:
            held = self._tenant.users[user_id].extension
            values["extension"] = extension_from({**held, **update.extension})
        self._tenant.update_user(user_id, values)

    def delete_user(self, name: str) -> None:
        """`deleteUser`: into the recycle bin."""
        self._tenant.delete_user(self._references.user(name), at=self._session.clock.now)

    def restore_user(self, name: str) -> None:
        """`restoreUser`"""
        self._tenant.restore_user(self._references.deleted_user(name))

    def purge_user(self, name: str) -> None:
        """`purgeUser`: out of the recycle bin, for good."""
        self._tenant.purge_user(self._references.deleted_user(name))

    # -- groups --------------------------------------------------------------------------------

    def create_group(self, model: GroupModel) -> str:
        """`createGroup`, with its members; the object id comes back."""
        group = group_from(model, self._tenant)
        self._tenant.create_group(group)
        self._references.name(model.id, group.id)
        for position, member in enumerate(model.members):
            with at("members", position):
                self.add_one_member(group.id, member)
        return group.id

    def add_one_member(self, group_id: str, member: Member) -> None:
        """Make a user or a group a member of a group."""
        self._tenant.add_member(group_id, self._references.member(member))

    def update_group(self, update: GroupUpdate) -> None:
        """`updateGroup`"""
        group_id = self._group(update.group)
        values = {name: stored(value) for name, value in changed_fields(update).items()}
        self._tenant.update_group(group_id, values)

    def delete_group(self, name: str) -> None:
        """`deleteGroup`"""
        self._tenant.delete_group(self._references.group(name))

    def add_member(self, members: Members) -> None:
        """`addMember`"""
        group_id = self._group(members.group)
        for position, member in enumerate(members.all):
            with at("members", position):
                self.add_one_member(group_id, member)

    def remove_member(self, members: Members) -> None:
        """`removeMember`"""
        group_id = self._group(members.group)
        for position, member in enumerate(members.all):
            with at("members", position):
                self._tenant.remove_member(group_id, self._references.member(member))

    # -- applications --------------------------------------------------------------------------

    def create_application(self, model: ApplicationModel) -> ProvisionedApplication:
        """`createApplication`, with whatever is said of its provisioning page."""
        created = self._session.create_application(application_from(model, self._tenant))
        if model.provisioning is not None:
            with at("provisioning"):
                self.fill_page(model.provisioning, created)
        for position, each in enumerate(model.assignments):
            with at("assignments", position):
                self.assign(each, created)
        return created

    def fill_page(self, page: ProvisioningFields, application: ProvisionedApplication) -> None:
        """Fill the provisioning page of a new application; a chosen target's address goes first."""
        values: dict[str, Any] = {"mode": page.mode}
        address = self.address(application.application)
        if address is not None:
            token = MINTED if address.token is not None else page.secret_token
            url = page.tenant_url or str(address.url)
            values |= {"tenant_url": url, "secret_token": token}
        self.set_provisioning(page.model_copy(update=values), application)

    def set_provisioning(
        self, page: ProvisioningFields, application: ProvisionedApplication
    ) -> None:
        """`setProvisioning`: the fields that are named are saved, the others stay."""
        values: dict[str, Any] = {
            name: getattr(page, name)
            for name in page.model_fields_set
            - {"mappings", "scoping_filters", "settings", "tenant_url", "secret_token"}
        }
        if "mappings" in page.model_fields_set:
            with at("mappings"):
                values |= self._mappings(page.mappings)
        if "scoping_filters" in page.model_fields_set:
            values["scoping_filters"] = filters_from(page.scoping_filters)
        if "settings" in page.model_fields_set:
            values["settings"] = settings_from(page.settings)
        values |= self.credentials(page, application)
        self._session.save(application, replace(application.configuration, **values))

    def set_mappings(self, mappings: MappingsModel, application: ProvisionedApplication) -> None:
        """`setMappings`"""
        values = self._mappings(mappings)
        self._session.save(application, replace(application.configuration, **values))

    def _mappings(self, model: MappingsModel) -> dict[str, Any]:
        """The mappings that are meant; a schema brings its scoping filters along."""
        if model.schema_file is None:
            return {
                "schema": None,
                "user_mapping": mapping_from(ObjectType.USER, model.users),
                "group_mapping": mapping_from(ObjectType.GROUP, model.groups),
            }
        schema = read_schema_file(self._folder / model.schema_file)
        return {
            "schema": schema,
            "user_mapping": schema.mappings[ObjectType.USER],
            "group_mapping": schema.mappings.get(ObjectType.GROUP, GROUPS_OFF),
            "scoping_filters": schema.filters,
        }

    def set_scoping_filters(
        self, filters: ScopingFiltersModel, application: ProvisionedApplication
    ) -> None:
        """`setScopingFilters`: the new filters take the place of all earlier ones."""
        configuration = replace(application.configuration, scoping_filters=filters_from(filters))
        self._session.save(application, configuration)

    def set_credentials(
        self, credentials: Credentials, application: ProvisionedApplication
    ) -> None:
        """`setCredentials`"""
        values = self.credentials(credentials, application)
        self._session.save(application, replace(application.configuration, **values))

    def credentials(
        self,
        page: ProvisioningFields | Credentials | ConnectionTest,
        application: ProvisionedApplication,
    ) -> dict[str, Any]:
        """The tenant URL and the secret token that the page names, if it does.

        Raises:
            CredentialProblem: one cannot be had.
        """
        address = self.address(application.application)
        values: dict[str, Any] = {}
        if page.tenant_url is not None:
            values["tenant_url"] = tenant_url(page.tenant_url, address, self._environment)
        if page.secret_token is not None:
            values["secret_token"] = secret_token(page.secret_token, address, self._environment)
        return values

    def address(self, application: EnterpriseApplication) -> TargetAddress | None:
        """Where the chosen target puts an application."""
        return self._target.address(application.display_name)

    # -- assignments ---------------------------------------------------------------------------

    def assign(self, model: AssignmentModel, application: ProvisionedApplication) -> None:
        """`assign`"""
        principal_id = self._principal(model)
        with at("role"):
            role = _role(model.role, application.application)
        self._tenant.assign(application.application.id, principal_id, role)

    def unassign(self, model: AssignmentModel, application: ProvisionedApplication) -> None:
        """`unassign`"""
        self._tenant.unassign(application.application.id, self._principal(model))

    def _principal(self, model: AssignmentModel) -> str:
        return self._user(str(model.user)) if model.group is None else self._group(model.group)

    def _user(self, name: str) -> str:
        with at("user"):
            return self._references.user(name)

    def _group(self, name: str) -> str:
        with at("group"):
            return self._references.group(name)


_OF_AN_APPLICATION = frozenset(
    {
        "set_provisioning",
        "set_mappings",
        "set_scoping_filters",
        "set_credentials",
        "assign",
        "unassign",
    }
)


GROUPS_OFF = mapping_from(ObjectType.GROUP, "off")
"""What a schema without an object mapping of groups means."""


def _role(value: str | None, application: EnterpriseApplication) -> AppRole | None:
    if value is None:
        return None
    role = application.role(value)
    if role is None:
        known = ", ".join(each.value for each in application.app_roles)
        raise UnknownReference(
            f'"{application.display_name}" has no app role "{value}"',
            f"It has: {known}." if known else "Add it under appRoles.",
        )
    return role
