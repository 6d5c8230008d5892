"""Provisioning pages of a scenario: what is wrong with them although their form is right."""

from collections.abc import Iterator

from entrasim.directory.assignment import ObjectType
from entrasim.scenario.loader import Location, Problem, ScenarioFile
from entrasim.scenario.mappings import mapping_problems
from entrasim.scenario.model.application import ApplicationModel, ProvisioningFields
from entrasim.scenario.model.mapping import MappingsModel
from entrasim.scenario.model.scoping_filter import ScopingFiltersModel
from entrasim.scenario.model.steps import Change
from entrasim.scenario.schema_file import read_schema_file
from entrasim.scenario.scoping_filters import filter_problems


def page_problems(file: ScenarioFile) -> Iterator[Problem]:
    """The problems of every mapping and every scoping filter, wherever it stands."""
    for at, mappings in _all_mappings(file):
        yield from mapping_problems(ObjectType.USER, mappings.users, (*at, "users"))
        yield from mapping_problems(ObjectType.GROUP, mappings.groups, (*at, "groups"))
    for at, filters in _all_filters(file):
        yield from filter_problems(filters, at)


def schema_notes(file: ScenarioFile) -> Iterator[Problem]:
    """What imported schemas use and the simulator does not do: no mistakes, but worth telling.

    Raises:
        SchemaError: a schema cannot be read; checking the file tells that first.
    """
    for location, mappings in _all_mappings(file):
        if mappings.schema_file is not None:
            schema = read_schema_file(file.path.parent / mappings.schema_file)
            for note in schema.notes:
                yield Problem((*location, "schema"), f"{mappings.schema_file}: {note}")


def applications_of(file: ScenarioFile) -> Iterator[tuple[Location, ApplicationModel]]:
    """The applications that exist before the first step, with their places."""
    if file.scenario.application is not None:
        yield ("application",), file.scenario.application
    for position, each in enumerate(file.scenario.applications):
        yield ("applications", position), each


def _all_mappings(file: ScenarioFile) -> Iterator[tuple[Location, MappingsModel]]:
    for at, page in _pages(file):
        yield (*at, "mappings"), page.mappings
    for at, change in _changes(file):
        if change.set_mappings is not None:
            yield (*at, "setMappings"), change.set_mappings


def _all_filters(file: ScenarioFile) -> Iterator[tuple[Location, ScopingFiltersModel]]:
    for at, page in _pages(file):
        yield (*at, "scopingFilters"), page.scoping_filters
    for at, change in _changes(file):
        if change.set_scoping_filters is not None:
            yield (*at, "setScopingFilters"), change.set_scoping_filters


def _pages(file: ScenarioFile) -> Iterator[tuple[Location, ProvisioningFields]]:
    """The provisioning pages of the beginning, and those that changes fill in."""
    for at, application in applications_of(file):
        if application.provisioning is not None:
            yield (*at, "provisioning"), application.provisioning
    for at, change in _changes(file):
        created = change.create_application
        if created is not None and created.provisioning is not None:
            yield (*at, "createApplication", "provisioning"), created.provisioning
        if change.set_provisioning is not None:
            yield (*at, "setProvisioning"), change.set_provisioning


def _changes(file: ScenarioFile) -> Iterator[tuple[Location, Change]]:
    for position, step in enumerate(file.scenario.steps):
        for number, change in enumerate(step.change or []):
            yield ("steps", position, "change", number), change
