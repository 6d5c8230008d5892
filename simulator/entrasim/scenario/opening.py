"""Opening a scenario: build its tenant, check what it refers to, and open a session on a target."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from entrasim.directory.fake import CompanyPlan, FakeCompany, PlanError
from entrasim.directory.tenant import Tenant
from entrasim.provisioning.clock import SimulatedClock
from entrasim.scenario.changes import ChangeRefused, Changes, at
from entrasim.scenario.loader import Location, Problem, ScenarioFile, in_order
from entrasim.scenario.mistakes import Mistake, ScenarioError
from entrasim.scenario.model.application import ApplicationModel
from entrasim.scenario.model.steps import Step
from entrasim.scenario.model.tenant import FakeModel, GroupModel, UserModel
from entrasim.scenario.pages import applications_of, page_problems
from entrasim.scenario.references import References
from entrasim.scenario.session import Session
from entrasim.scenario.target import Target

Note = Callable[[Problem], None]
MakeSession = Callable[[Tenant, SimulatedClock], Session]


@dataclass(frozen=True, slots=True)
class OpenScenario:
    """A scenario that is ready to be played."""

    file: ScenarioFile
    session: Session
    changes: Changes
    references: References


def check(file: ScenarioFile, target: Target, environment: Mapping[str, str]) -> None:
    """Check everything that a scenario refers to, its steps included. Nothing is sent.

    Raises:
        ScenarioError: with every mistake.
    """
    problems = list(page_problems(file))
    opened = _open(file, target, environment, problems.append, _offline)
    for position, existing in enumerate(file.scenario.existing):
        with _noting(problems.append, "existing", position):
            opened.changes.application(existing.application)
    for position, step in enumerate(file.scenario.steps):
        _rehearse(opened, step, ("steps", position), problems.append)
    _raise([*file.form_mistakes, *file.mistakes(problems)])


def open_scenario(
    file: ScenarioFile, target: Target, environment: Mapping[str, str], make_session: MakeSession
) -> OpenScenario:
    """Build the tenant of a scenario and its applications, on a session of the caller's.

    Raises:
        ScenarioError: with every mistake in the state before the first step.
    """
    problems = list(page_problems(file))
    opened = _open(file, target, environment, problems.append, make_session)
    _raise(file.mistakes(problems))
    return opened


def _raise(mistakes: list[Mistake]) -> None:
    if mistakes:
        raise ScenarioError(in_order(mistakes))


def _offline(tenant: Tenant, clock: SimulatedClock) -> Session:
    return Session(tenant, None, clock=clock)


@contextmanager
def _noting(note: Note, *location: str | int) -> Iterator[None]:
    """Note what is refused inside, and go on with the next."""
    try:
        with at(*location):
            yield
    except ChangeRefused as refused:
        note(Problem(refused.location, refused.message, refused.remedy))


# -- the state before the first step -----------------------------------------------------------


def _open(
    file: ScenarioFile,
    target: Target,
    environment: Mapping[str, str],
    note: Note,
    make_session: MakeSession,
) -> OpenScenario:
    model = file.scenario.tenant
    tenant = Tenant(model.domain, license=model.license)
    session = make_session(tenant, SimulatedClock(model.starts_at))
    references = References(tenant)
    changes = Changes(session, references, target, environment, file.path.parent)
    if model.fake is not None:
        _add_company(model.fake, tenant, note)
    _add_users(model.users, changes, references, tenant, note)
    _add_groups(model.groups, changes, note)
    for location, application in applications_of(file):
        _add_application(application, location, changes, note)
    return OpenScenario(file, session, changes, references)


def _add_company(model: FakeModel, tenant: Tenant, note: Note) -> None:
    values = {name: getattr(model, name) for name in model.model_fields_set} | {
        "locales": tuple(str(each) for each in model.locales)
    }
    try:
        company = FakeCompany(CompanyPlan(domain=tenant.domain, **values))
    except PlanError as error:
        for field, sentence in error.mistakes:
            note(_fake_problem(field, sentence))
        return
    tenant.load_users(company.users())
    tenant.load_groups(company.groups())


def _fake_problem(field: str, sentence: str) -> Problem:
    own = FakeModel.model_fields.get(field)
    if own is None:  # the domain is the tenant's
        return Problem(("tenant", field), f"the {field} of a made-up company {sentence}")
    return Problem(("tenant", "fake", str(own.alias)), f"{own.alias} {sentence}")


def _add_users(
    users: list[UserModel], changes: Changes, references: References, tenant: Tenant, note: Note
) -> None:
    """All users first, their managers afterwards: a manager may stand further down."""
    for position, user in enumerate(users):
        with _noting(note, "tenant", "users", position):
            changes.create_user(user.model_copy(update={"manager": None}))
    for position, user in enumerate(users):
        if user.manager:
            with _noting(note, "tenant", "users", position, "manager"):
                manager = references.user(user.manager)
                own = references.user(user.id or user.user_principal_name)
                tenant.update_user(own, {"manager": manager})


def _add_groups(groups: list[GroupModel], changes: Changes, note: Note) -> None:
    """All groups first, their members afterwards: groups may stand in any order, or in a circle."""
    ids: dict[int, str] = {}
    for position, group in enumerate(groups):
        with _noting(note, "tenant", "groups", position):
            ids[position] = changes.create_group(group.model_copy(update={"members": []}))
    for position, group in enumerate(groups):
        for member_position, member in enumerate(group.members):
            if position in ids:
                with _noting(note, "tenant", "groups", position, "members", member_position):
                    changes.add_one_member(ids[position], member)


def _add_application(
    model: ApplicationModel, location: Location, changes: Changes, note: Note
) -> None:
    bare = model.model_copy(update={"provisioning": None, "assignments": []})
    with _noting(note, *location):
        created = changes.create_application(bare)
        if model.provisioning is not None:
            with _noting(note, *location, "provisioning"):
                changes.fill_page(model.provisioning, created)
        for position, each in enumerate(model.assignments):
            with _noting(note, *location, "assignments", position):
                changes.assign(each, created)


# -- the steps, without sending anything -------------------------------------------------------


def _rehearse(opened: OpenScenario, step: Step, location: Location, note: Note) -> None:
    """Let the changes of a step happen, so that every name it uses is looked up."""
    changes = opened.changes
    match step.verb:
        case "change":
            for position, change in enumerate(step.change or []):
                with _noting(note, *location, "change", position):
                    changes.apply(change, step.application)
        case "wait":
            _pass_time(opened.session, step.wait or timedelta(0))
        case "cycle":
            _pass_time(opened.session, timedelta(minutes=40))
    if step.application is not None or step.verb in _ABOUT_ONE_APPLICATION:
        with _noting(note, *location, "application"):
            application = changes.application(step.application)
            if step.test_connection is not None:
                with _noting(note, *location, "testConnection"):
                    changes.credentials(step.test_connection, application)


_ABOUT_ONE_APPLICATION = frozenset({"test_connection", "start", "pause", "restart"})


def _pass_time(session: Session, duration: timedelta) -> None:
    session.advance_to(session.clock.now + duration)
