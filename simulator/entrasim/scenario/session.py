"""The session: a tenant, its clock, its jobs and a target. Scenarios and tests play on it.

It is the only place where the pure core meets the driver.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from entrasim.directory.application import EnterpriseApplication
from entrasim.directory.assignment import ObjectType
from entrasim.directory.tenant import Tenant
from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.flow import Flow
from entrasim.provisioning.clock import SimulatedClock
from entrasim.provisioning.configuration import ProvisioningConfiguration, ProvisioningStatus
from entrasim.provisioning.connection import ConnectionResult, test_connection
from entrasim.provisioning.context import CycleContext, dialect_for
from entrasim.provisioning.cycle import Cycle, CycleKind
from entrasim.provisioning.idle import IdleStretch, idle_cycles
from entrasim.provisioning.job import PORTAL_RESTART, Job, JobStatusCode, ResetScope, new_job
from entrasim.provisioning.outcome import LogEntry
from entrasim.provisioning.provisioning_log import LogRenderer
from entrasim.scenario.recorder import Recorder
from entrasim.scim.tenant_url import TenantUrl
from entrasim.wire.driver import Driver, Endpoint
from entrasim.wire.locality import Locality, refuse_target


class NotPossible(Exception):
    """A step cannot be done now; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleSummary:
    """One cycle, as reports show it. `log` counts entries by action and status."""

    application: str
    number: int
    kind: CycleKind
    at: datetime
    connection: ConnectionResult | None
    log: Mapping[tuple[str, str], int]
    requests: int
    status: JobStatusCode

    @property
    def ok(self) -> bool:
        """Whether the cycle ran: the probe was answered well."""
        return self.connection is not None and self.connection.ok


@dataclass(slots=True)
class ProvisionedApplication:
    """An enterprise application with its provisioning page and its job."""

    application: EnterpriseApplication
    job: Job
    configuration: ProvisioningConfiguration = field(default_factory=ProvisioningConfiguration)
    flows: dict[ObjectType, Flow] = field(default_factory=dict)

    @property
    def status(self) -> JobStatusCode:
        """The status of the job."""
        return self.job.status(self.configuration)


class Session:
    """Everything that a rehearsal happens in.

    Args:
        tenant: The directory.
        driver: Performs requests; None for a session that never sends any.
        clock: The simulated time.
        recorder: Takes log and exchanges.
        seed: For random GUIDs and whatever else Entra draws.
        concurrency: How many objects are provisioned at a time.
        locality: Which targets may be talked to.
    """

    def __init__(
        self,
        tenant: Tenant,
        driver: Driver | None,
        *,
        clock: SimulatedClock | None = None,
        recorder: Recorder | None = None,
        seed: int = 0,
        concurrency: int = 1,
        locality: Locality = Locality(),  # noqa: B008 - frozen
    ) -> None:
        self.tenant = tenant
        self._driver = driver
        self.clock = clock or SimulatedClock()
        self.recorder = recorder or Recorder()
        self.applications: dict[str, ProvisionedApplication] = {}
        self._random = Random(seed)  # noqa: S311 - made-up GUIDs, no secrets
        self._concurrency = concurrency
        self._locality = locality
        self._checked_urls: set[TenantUrl] = set()

    @property
    def driver(self) -> Driver:
        """What performs the requests."""
        assert self._driver is not None, "this session sends nothing"
        return self._driver

    # -- set-up --------------------------------------------------------------------------------

    def create_application(self, application: EnterpriseApplication) -> ProvisionedApplication:
        """Create an enterprise application in the tenant."""
        self.tenant.create_application(application)
        created = ProvisionedApplication(application, new_job(self.tenant.id, application.id))
        self.applications[application.id] = created
        return created

    def save(
        self, application: ProvisionedApplication, configuration: ProvisioningConfiguration
    ) -> None:
        """Save the provisioning page.

        A changed mapping or scoping filter starts a new initial cycle; a changed scope does not.
        Sources: https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works
        https://learn.microsoft.com/entra/identity/app-provisioning/known-issues
        """
        starts_anew = application.configuration.rules != configuration.rules
        application.configuration = configuration
        if starts_anew:
            application.job.watermark = None
            application.flows = {}
        if configuration.is_running and application.job.next_due is None:
            application.job.next_due = self.clock.now

    # -- the buttons ---------------------------------------------------------------------------

    def test_connection(
        self, application: ProvisionedApplication, **tried: Any
    ) -> ConnectionResult:
        """Press *Test Connection*. `tried` are values of the page that are not saved.

        Raises:
            NotPossible: tenant URL or secret token are missing.
            TargetRefused: the target is remote.
        """
        configuration = replace(application.configuration, **tried)
        task = test_connection(configuration, self._random.random)
        endpoint = self.endpoint(configuration)
        return self.driver.complete(task, endpoint, configuration.settings, self.recorder.exchange)

    def start(self, application: ProvisionedApplication) -> None:
        """Press *Start provisioning*: a paused job goes on where it was."""
        application.job.paused = False
        application.job.quarantine = None
        self.save(application, replace(application.configuration, status=ProvisioningStatus.ON))

    def pause(self, application: ProvisionedApplication) -> None:
        """Press *Pause provisioning*: everything is kept, no cycle falls due."""
        application.job.paused = True

    def restart(
        self, application: ProvisionedApplication, reset: frozenset[ResetScope] = frozenset()
    ) -> None:
        """Press *Restart provisioning*, or ask Graph for a restart with a reset scope."""
        application.job.restart(reset or PORTAL_RESTART, now=self.clock.now)

    # -- time ----------------------------------------------------------------------------------

    def advance_to(self, instant: datetime) -> None:
        """Move the clock; the directory purges what has been deleted for 30 days."""
        self.clock.advance_to(instant)
        self.tenant.purge_expired(self.clock.now)

    def cycle(self, application: ProvisionedApplication) -> CycleSummary:
        """Move the clock to the next due instant and run exactly one cycle.

        Raises:
            NotPossible: no cycle falls due.
            TargetRefused: the target is remote.
        """
        due = application.job.due(application.configuration)
        if due is None:
            raise NotPossible(_why_nothing_is_due(application))
        self.advance_to(due)
        return self._run_cycle(application)

    def wait(
        self,
        duration: timedelta,
        summarize: Callable[[CycleSummary | IdleStretch], None] = lambda _: None,
    ) -> None:
        """Let time pass, and run every cycle that falls due meanwhile, ends included."""
        end = self.clock.now + duration
        while (application := self._next_due(end)) is not None:
            cycle = self.cycle(application)
            summarize(cycle)
            if cycle.ok and (idle := self._skip_idle(application, end)) is not None:
                summarize(idle)
        self.advance_to(end)

    def _skip_idle(self, application: ProvisionedApplication, end: datetime) -> IdleStretch | None:
        """Let the cycles pass in which nothing can happen; the last one is left to be run."""
        job, interval = application.job, application.configuration.settings.interval
        count = idle_cycles(job, self.tenant, interval, end)
        if count == 0:
            return None
        assert job.next_due is not None
        since, job.next_due = job.next_due, job.next_due + count * interval
        job.cycles += count
        return IdleStretch(
            application=application.application.display_name,
            cycles=count,
            since=since,
            until=job.next_due,
        )

    def _next_due(self, end: datetime) -> ProvisionedApplication | None:
        due = [
            (instant, position, each)
            for position, each in enumerate(self.applications.values())
            if (instant := each.job.due(each.configuration)) is not None and instant <= end
        ]
        return min(due)[2] if due else None

    def _run_cycle(self, application: ProvisionedApplication) -> CycleSummary:
        name = application.application.display_name
        configuration = application.configuration
        endpoint = self.endpoint(configuration)
        before_log, before_requests = self.recorder.log.copy(), self.recorder.requests.total()

        renderer = LogRenderer(self.tenant, application.application, application.job)

        def record(entry: LogEntry) -> None:
            self.recorder.entry(renderer, entry)

        context = self.context(application)
        cycle = Cycle(application.job, context, record, concurrency=self._concurrency)
        for phase in cycle.phases():
            self.driver.perform(phase, endpoint, configuration.settings, self.recorder.exchange)
        return CycleSummary(
            application=name,
            number=application.job.cycles,
            kind=cycle.kind,
            at=self.clock.now,
            connection=cycle.connection,
            log=self.recorder.log - before_log,
            requests=self.recorder.requests.total() - before_requests,
            status=application.status,
        )

    def context(self, application: ProvisionedApplication) -> CycleContext:
        """What the steps of a cycle would know now."""
        configuration = application.configuration
        if not application.flows:
            mappings = (configuration.user_mapping, configuration.group_mapping)
            application.flows = {each.object_type: Flow(each) for each in mappings}
        return CycleContext(
            tenant=self.tenant,
            application=application.application,
            configuration=configuration,
            links=application.job.links,
            flows=application.flows,
            dialect=dialect_for(configuration, application.application),
            evaluation=self.evaluation(configuration),
            now=self.clock.now,
        )

    def evaluation(self, configuration: ProvisioningConfiguration) -> EvaluationContext:
        """What mapping expressions may know."""
        return EvaluationContext(
            now=self.clock.now,
            random=self._random.random,
            default_domain=self.tenant.domain,
            settings=configuration.settings.expressions,
        )

    def endpoint(self, configuration: ProvisioningConfiguration) -> Endpoint:
        """Where an application is provisioned to, once it is sure that this is allowed.

        Raises:
            NotPossible: tenant URL or secret token are missing. TargetRefused: it is remote.
        """
        url, token = configuration.tenant_url, configuration.secret_token
        if url is None or token is None:
            missing = "tenantUrl" if url is None else "secretToken"
            raise NotPossible(f"the provisioning page has no {missing} yet; set it first")
        if url not in self._checked_urls:
            refuse_target(url, self._locality)
            self._checked_urls.add(url)
        flags = "&".join(url.flags) if configuration.settings.send_url_flags else ""
        return Endpoint(url.base, token, flags)


def _why_nothing_is_due(application: ProvisionedApplication) -> str:
    name, configuration = application.application.display_name, application.configuration
    if application.job.paused:
        return f'provisioning of "{name}" is paused; a step start makes it go on'
    if not configuration.has_credentials:
        return f'"{name}" has no tenantUrl and secretToken yet; set them with setProvisioning'
    if configuration.status is ProvisioningStatus.OFF:
        return f'provisioning of "{name}" is off; set its status to On'
    return f'"{name}" is provisioned manually; set its mode to Automatic'
