"""Planning: the plan of a scenario file, with or without asking the target."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from entrasim.directory.tenant import Tenant
from entrasim.provisioning.clock import SimulatedClock
from entrasim.provisioning.connection import test_connection
from entrasim.provisioning.context import CycleContext
from entrasim.provisioning.cycle import Phase
from entrasim.provisioning.plan import Answer, Plan, Verdict, ask, plan, provisioned_ids, verdict
from entrasim.provisioning.synchronization_schema import write_schema
from entrasim.scenario.checking import NowhereTarget, check_file
from entrasim.scenario.loader import Problem, ScenarioFile
from entrasim.scenario.mistakes import ScenarioError
from entrasim.scenario.opening import OpenScenario, open_scenario
from entrasim.scenario.recorder import Recorder
from entrasim.scenario.references import UnknownReference
from entrasim.scenario.report import ExitStatus
from entrasim.scenario.session import NotPossible, ProvisionedApplication, Session
from entrasim.scenario.target import Target
from entrasim.wire.driver import Driver
from entrasim.wire.locality import TargetRefused
from entrasim_kit.running import (
    RunOptions,
    TargetUnusable,
    driver_options,
    new_session,
    refuse_target,
)
from entrasim_kit.targets import open_target


@dataclass(slots=True, kw_only=True)
class PlannedFile:
    """The plan of one application of a file; with `explained`, only of one user."""

    file: Path
    application: str
    context: CycleContext
    plan: Plan | None = None
    explained: Verdict | None = None
    answers: list[Answer] | None = None
    unreachable: str = ""

    @property
    def status(self) -> ExitStatus:
        """Planning succeeds unless a target that was asked cannot be reached."""
        return ExitStatus.NO_TARGET if self.unreachable else ExitStatus.GOOD


def plan_file(
    file: Path,
    options: RunOptions,
    *,
    user: str | None = None,
    application: str | None = None,
    ask_target: bool = False,
) -> PlannedFile:
    """Plan the state of a file before its first step.

    Raises:
        ScenarioError: the file has mistakes, or holds no such user or application.
        TargetUnusable: the options name no target that could be asked.
    """
    if ask_target and options.target in ("embedded", "container"):
        raise TargetUnusable("--ask-target needs --target scenario or a URL: others start empty")
    refuse_target(options)
    checked = check_file(file)
    target = open_target(options.target, options.secret()) if ask_target else NowhereTarget()
    with Driver(driver_options(options)) as driver:
        opened = _open(checked, target, driver, options)
        chosen = _application(opened, application)
        context = opened.session.context(chosen)
        planned = PlannedFile(
            file=file, application=chosen.application.display_name, context=context
        )
        if user is not None:
            planned.explained = verdict(context, _user(opened, user))
        else:
            planned.plan = plan(context)
        if ask_target:
            _ask(opened, chosen, planned)
        return planned


def provisioning_schema(file: Path, application: str | None = None) -> dict[str, Any]:
    """The synchronization schema of an application before the first step, as Graph has it.

    Raises:
        ScenarioError: the file has mistakes, or holds no such application.
    """
    opened = open_scenario(check_file(file), NowhereTarget(), os.environ, _offline)
    chosen = _application(opened, application)
    page = chosen.configuration
    mappings = (page.user_mapping, page.group_mapping)
    return write_schema(chosen.application, mappings, page.scoping_filters, page.schema)


def _offline(tenant: Tenant, clock: SimulatedClock) -> Session:
    return Session(tenant, None, clock=clock)


def _open(file: ScenarioFile, target: Target, driver: Driver, options: RunOptions) -> OpenScenario:
    make = partial(new_session, driver=driver, recorder=Recorder(), options=options)
    return open_scenario(file, target, os.environ, make)


def _application(opened: OpenScenario, name: str | None) -> ProvisionedApplication:
    with _in_the_file(opened):
        found = opened.references.application(name)
    return opened.session.applications[found.id]


def _user(opened: OpenScenario, name: str) -> str:
    with _in_the_file(opened):
        return opened.references.user(name)


@contextmanager
def _in_the_file(opened: OpenScenario) -> Iterator[None]:
    """A name that the command line gave and the file does not hold is a mistake about the file."""
    try:
        yield
    except UnknownReference as error:
        remedy = error.remedy if "application" not in error.message else _REMEDY
        problem = Problem((), f"{error.message} before the first step", remedy)
        raise ScenarioError(opened.file.mistakes([problem])) from None


_REMEDY = "Choose one with --application; a plan shows the state before the steps."


def _ask(opened: OpenScenario, application: ProvisionedApplication, planned: PlannedFile) -> None:
    """Probe the connection, then look for each object that would be provisioned."""
    configuration, context = application.configuration, planned.context
    try:
        endpoint = opened.session.endpoint(configuration)
    except (NotPossible, TargetRefused) as refused:
        raise TargetUnusable(str(refused)) from None
    driver, settings = opened.session.driver, configuration.settings
    probe = test_connection(configuration, context.evaluation.random)
    result = driver.complete(probe, endpoint, settings)
    if not result.ok:
        planned.unreachable = str(result)
        return
    answers: list[Answer] = []
    ids = [planned.explained.object_id] if planned.explained else provisioned_ids(context)
    tasks = (ask(context, object_id) for object_id in ids)
    driver.perform(Phase("ask", tasks, answers.append), endpoint, settings)
    planned.answers = answers
