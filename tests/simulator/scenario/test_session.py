"""The session: the buttons of the provisioning page, the clock, and where requests may go."""

from dataclasses import replace
from datetime import timedelta

import pytest

from entrasim.directory.application import EnterpriseApplication
from entrasim.directory.identifiers import object_id, tenant_id
from entrasim.directory.tenant import Tenant
from entrasim.directory.user import User
from entrasim.provisioning.clock import DEFAULT_START
from entrasim.provisioning.configuration import (
    ProvisioningConfiguration,
    ProvisioningMode,
    ProvisioningStatus,
    Secret,
)
from entrasim.provisioning.cycle import CycleKind
from entrasim.provisioning.job import JobStatusCode, ResetScope
from entrasim.provisioning.settings import ProvisioningSettings
from entrasim.scenario.session import NotPossible, ProvisionedApplication, Session
from entrasim.scim.tenant_url import parse_tenant_url
from entrasim.scoping.assignment_scope import SyncScope
from entrasim.wire.driver import Driver
from entrasim.wire.locality import Locality, TargetRefused
from entrasim_kit.targets import ServerTarget

ANA = User(id=object_id(tenant_id("contoso.example"), "user", "ana"), user_principal_name="ana@contoso.example", display_name="Ana", mail_nickname="ana")  # fmt: skip


def new_session(driver: Driver | None = None) -> Session:
    tenant = Tenant("contoso.example")
    tenant.create_user(ANA)
    return Session(tenant, driver)


def new_application(session: Session, name: str = "Lumen Desk") -> ProvisionedApplication:
    ids = (object_id(session.tenant.id, kind, name) for kind in ("servicePrincipal", "application"))
    application = EnterpriseApplication(id=next(ids), app_id=next(ids), display_name=name)
    return session.create_application(application)


def page(url: str = "http://127.0.0.1:9", token: str = "t") -> ProvisioningConfiguration:
    return ProvisioningConfiguration(
        mode=ProvisioningMode.AUTOMATIC,
        tenant_url=parse_tenant_url(url),
        secret_token=Secret(token),
        scope=SyncScope.ALL,
        status=ProvisioningStatus.ON,
    )


@pytest.fixture
def session(driver: Driver) -> Session:
    """A session with one user."""
    return new_session(driver)


@pytest.fixture
def application(session: Session, target: ServerTarget) -> ProvisionedApplication:
    """An application that is provisioned to the embedded server."""
    created = new_application(session)
    address = target.address("Lumen Desk")
    session.save(created, page(str(address.url), address.token or ""))
    return created


# -- the job as the portal shows it ------------------------------------------------------------------

STATUS = {
    "a new application": (ProvisioningConfiguration(), JobStatusCode.NOT_CONFIGURED),
    "credentials, but off": (
        replace(page(), status=ProvisioningStatus.OFF),
        JobStatusCode.NOT_RUN,
    ),
    "on, before the first cycle": (page(), JobStatusCode.NOT_RUN),
}


@pytest.mark.parametrize(("configuration", "status"), STATUS.values(), ids=STATUS.keys())
def test_the_status_before_the_first_cycle(
    configuration: ProvisioningConfiguration, status: JobStatusCode
) -> None:
    session = new_session()
    application = new_application(session)
    session.save(application, configuration)
    assert application.status is status


def test_pause_and_start(session: Session, application: ProvisionedApplication) -> None:
    session.cycle(application)
    session.pause(application)
    assert application.status is JobStatusCode.PAUSED
    session.start(application)
    assert application.status is JobStatusCode.ACTIVE
    assert session.cycle(application).kind is CycleKind.INCREMENTAL


def test_start_turns_the_status_on(session: Session, application: ProvisionedApplication) -> None:
    off = replace(application.configuration, status=ProvisioningStatus.OFF)
    session.save(application, off)
    session.start(application)
    assert application.configuration.status is ProvisioningStatus.ON
    assert session.cycle(application).ok


# -- what saving the page leads to -------------------------------------------------------------------

SAVED = {
    "nothing": ({}, CycleKind.INCREMENTAL),
    "scope": ({"scope": SyncScope.ASSIGNED}, CycleKind.INCREMENTAL),
    "the settings": (
        {"settings": ProvisioningSettings(member_concurrency=1)},
        CycleKind.INCREMENTAL,
    ),
    "a mapping": (
        {"group_mapping": replace(page().group_mapping, enabled=False)},
        CycleKind.INITIAL,
    ),
}


@pytest.mark.parametrize(("changed", "kind"), SAVED.values(), ids=SAVED.keys())
def test_saving_rules_starts_a_new_initial_cycle(
    session: Session,
    application: ProvisionedApplication,
    changed: dict[str, object],
    kind: CycleKind,
) -> None:
    session.cycle(application)
    session.save(application, replace(application.configuration, **changed))
    assert session.cycle(application).kind is kind


RESETS = {
    "the portal's button": (frozenset[ResetScope](), CycleKind.INITIAL, 1),
    "the watermark": (frozenset({ResetScope.WATERMARK}), CycleKind.INITIAL, 1),
    "the escrows": (frozenset({ResetScope.ESCROWS}), CycleKind.INCREMENTAL, 1),
    "everything": (frozenset({ResetScope.FULL}), CycleKind.INITIAL, 0),
}


@pytest.mark.parametrize(("reset", "kind", "links"), RESETS.values(), ids=RESETS.keys())
def test_what_a_restart_forgets(
    session: Session,
    application: ProvisionedApplication,
    reset: frozenset[ResetScope],
    kind: CycleKind,
    links: int,
) -> None:
    session.cycle(application)
    session.restart(application, reset)
    assert len(application.job.links) == links
    cycle = session.cycle(application)
    assert (cycle.kind, cycle.at) == (kind, DEFAULT_START)


# -- time --------------------------------------------------------------------------------------------


def test_a_cycle_takes_no_simulated_time(
    session: Session, application: ProvisionedApplication
) -> None:
    summary = session.cycle(application)
    assert session.clock.now == DEFAULT_START
    assert (summary.number, summary.requests, summary.log) == (1, 4, {("create", "success"): 1})


def test_the_recycle_bin_is_emptied_after_thirty_days() -> None:
    session = new_session()
    session.tenant.delete_user(ANA.id, at=session.clock.now)
    session.advance_to(DEFAULT_START + timedelta(days=30) - timedelta(seconds=1))
    assert ANA.id in session.tenant.recycle_bin
    session.advance_to(DEFAULT_START + timedelta(days=30))
    assert ANA.id not in session.tenant.recycle_bin


def test_a_purge_in_an_idle_stretch_is_not_slept_through(
    session: Session, application: ProvisionedApplication
) -> None:
    """The user is disabled at once and deleted in the first cycle after the purge."""
    session.cycle(application)
    session.tenant.delete_user(ANA.id, at=session.clock.now)
    session.wait(timedelta(days=31))
    assert session.recorder.log == {
        ("create", "success"): 1,
        ("disable", "success"): 1,
        ("delete", "success"): 1,
    }
    assert session.recorder.requests["DELETE /Users"] == 1


def test_the_clock_never_goes_back() -> None:
    session = new_session()
    session.advance_to(DEFAULT_START - timedelta(days=1))
    assert session.clock.now == DEFAULT_START


# -- where requests may go ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "missing"),
    [({"tenant_url": None}, "tenantUrl"), ({"secret_token": None}, "secretToken")],
    ids=["tenant URL", "secret token"],
)
def test_a_connection_test_needs_credentials(changed: dict[str, None], missing: str) -> None:
    session = new_session()
    application = new_application(session)
    with pytest.raises(NotPossible) as caught:
        session.test_connection(application, **{"tenant_url": parse_tenant_url("http://127.0.0.1"), "secret_token": Secret("t")} | changed)  # fmt: skip
    assert str(caught.value) == f"the provisioning page has no {missing} yet; set it first"


def test_a_remote_target_is_refused_before_anything_is_sent() -> None:
    session = new_session()
    with pytest.raises(TargetRefused):
        session.endpoint(page("http://8.8.8.8/scim"))


def test_a_remote_target_may_be_allowed() -> None:
    session = Session(Tenant("contoso.example"), None, locality=Locality(allow_remote=True))
    assert session.endpoint(page("http://8.8.8.8/scim")).base_url == "http://8.8.8.8/scim"


FLAGS = {
    "they choose the dialect and stay at home": (ProvisioningSettings(), ""),
    "they are sent when the setting says so": (
        ProvisioningSettings(send_url_flags=True),
        "aadOptscim062020&x=1",
    ),
}


@pytest.mark.parametrize(("settings", "query"), FLAGS.values(), ids=FLAGS.keys())
def test_the_flags_of_the_tenant_url(settings: ProvisioningSettings, query: str) -> None:
    configuration = replace(page("http://127.0.0.1/scim?aadOptscim062020&x=1"), settings=settings)
    endpoint = new_session().endpoint(configuration)
    assert (endpoint.base_url, endpoint.query) == ("http://127.0.0.1/scim", query)


def test_the_same_seed_draws_the_same(driver: Driver, target: ServerTarget) -> None:
    """The GUIDs of the probes are the only thing that is drawn."""
    sessions = [Session(Tenant("contoso.example"), driver, seed=seed) for seed in (7, 7, 8)]
    address = target.address("Lumen Desk")
    probed = []
    for session in sessions:
        application = new_application(session)
        session.save(application, page(str(address.url), address.token or ""))
        session.test_connection(application)
        probed.append([each.url for each in session.recorder.window.exchanges])
    assert probed[0] == probed[1]
    assert probed[0] != probed[2]
