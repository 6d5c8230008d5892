"""Provisioning pages of a scenario: what is wrong with them although their form is right."""

from collections.abc import Iterator

from entrasim.directory.assignment import ObjectType
from entrasim.scenario.loader import Location, Problem, ScenarioFile
from entrasim.scenario.mappings import mapping_problems
from entrasim.scenario.model.application import ApplicationModel, ProvisioningFields
from entrasim.scenario.model.mapping import MappingsModel
from entrasim.scenario.model.steps import Change
from entrasim.scenario.scoping_filters import filter_problems


def page_problems(file: ScenarioFile) -> Iterator[Problem]:
    """The problems of every mapping and every scoping filter, wherever it stands."""
    for location, application in applications_of(file):
        yield from _of_application(application, location)
    for position, step in enumerate(file.scenario.steps):
        for number, change in enumerate(step.change or []):
            yield from _of_change(change, ("steps", position, "change", number))


def applications_of(file: ScenarioFile) -> Iterator[tuple[Location, ApplicationModel]]:
    """The applications that exist before the first step, with their places."""
    if file.scenario.application is not None:
        yield ("application",), file.scenario.application
    for position, each in enumerate(file.scenario.applications):
        yield ("applications", position), each


def _of_application(application: ApplicationModel, at: Location) -> Iterator[Problem]:
    if application.provisioning is not None:
        yield from _of_page(application.provisioning, (*at, "provisioning"))


def _of_change(change: Change, at: Location) -> Iterator[Problem]:
    if change.create_application is not None:
        yield from _of_application(change.create_application, (*at, "createApplication"))
    if change.set_provisioning is not None:
        yield from _of_page(change.set_provisioning, (*at, "setProvisioning"))
    if change.set_mappings is not None:
        yield from _of_mappings(change.set_mappings, (*at, "setMappings"))
    if change.set_scoping_filters is not None:
        yield from filter_problems(change.set_scoping_filters, (*at, "setScopingFilters"))


def _of_page(page: ProvisioningFields, at: Location) -> Iterator[Problem]:
    yield from _of_mappings(page.mappings, (*at, "mappings"))
    yield from filter_problems(page.scoping_filters, (*at, "scopingFilters"))


def _of_mappings(mappings: MappingsModel, at: Location) -> Iterator[Problem]:
    yield from mapping_problems(ObjectType.USER, mappings.users, (*at, "users"))
    yield from mapping_problems(ObjectType.GROUP, mappings.groups, (*at, "groups"))
