"""An initial cycle against a replay of the very same requests, in client CPU time.

The replay sends what the cycle sent, through the same driver, encoding and decoding the same
bodies; the ids of the server are seeded, so that its answers are the same too. What the ratio
shows above 1 is what the simulator itself costs.
"""

from collections.abc import Generator, Sequence

from benchmarks.pairs import Pairs, alternate, cpu_seconds
from entrasim.directory import identifiers
from entrasim.directory.application import EnterpriseApplication
from entrasim.directory.fake import CompanyPlan, FakeCompany
from entrasim.directory.tenant import Tenant
from entrasim.provisioning.configuration import (
    ProvisioningConfiguration,
    ProvisioningMode,
    ProvisioningStatus,
    Secret,
)
from entrasim.provisioning.cycle import Phase
from entrasim.provisioning.settings import ProvisioningSettings
from entrasim.scenario.recorder import Recorder
from entrasim.scenario.session import Session
from entrasim.scim.messages import ScimRequest, ScimResponse
from entrasim.scim.tenant_url import parse_tenant_url
from entrasim.scoping.assignment_scope import SyncScope
from entrasim.wire.driver import Driver, Endpoint
from entrasim.wire.recording import Exchange
from entrasim_kit.scim_server.child import Access, EmbeddedServer

LIMIT = 1.25


class Requests:
    """A sink that keeps every request, in wire order."""

    def __init__(self) -> None:
        self.sent: list[ScimRequest] = []

    def exchange(self, exchange: Exchange) -> None:
        """Keep the request."""
        self.sent.append(exchange.request)

    def entry(self, *_: object) -> None:
        """The log is not of interest here."""


def company(users: int) -> Tenant:
    """A tenant full of made-up people."""
    tenant = Tenant("contoso.example")
    made_up = FakeCompany(CompanyPlan(domain=tenant.domain, users=users, groups=users // 100))
    tenant.load_users(made_up.users())
    tenant.load_groups(made_up.groups())
    return tenant


def play(users: int, access: Access, driver: Driver, sinks: Sequence[Requests] = ()) -> float:
    """The CPU seconds of one initial cycle over a whole company."""
    session = Session(company(users), driver, recorder=Recorder(sinks))
    name = "Benchmark"
    application = session.create_application(
        EnterpriseApplication(
            id=identifiers.object_id(session.tenant.id, "servicePrincipal", name),
            app_id=identifiers.object_id(session.tenant.id, "application", name),
            display_name=name,
        )
    )
    session.save(
        application,
        ProvisioningConfiguration(
            mode=ProvisioningMode.AUTOMATIC,
            tenant_url=parse_tenant_url(access.url),
            secret_token=Secret(access.token),
            scope=SyncScope.ALL,
            status=ProvisioningStatus.ON,
        ),
    )
    return cpu_seconds(lambda: session.cycle(application))


def replay(sent: Sequence[ScimRequest], access: Access, driver: Driver) -> float:
    """The CPU seconds of sending the same requests again."""

    def task(request: ScimRequest) -> Generator[ScimRequest, ScimResponse, None]:
        yield request

    endpoint = Endpoint(access.url, access.token)
    phase = Phase("replay", (task(each) for each in sent), lambda _: None)
    return cpu_seconds(lambda: driver.perform(phase, endpoint, ProvisioningSettings()))


def measure(users: int, pairs: int) -> Pairs:
    """Cycle over replay."""
    with EmbeddedServer(seed="benchmark") as server, Driver() as driver:
        recorded = Requests()
        play(users, server.access(), driver, [recorded])

        def cycle_once() -> float:
            server.reset()
            return play(users, server.access(), driver)

        def replay_once() -> float:
            server.reset()
            return replay(recorded.sent, server.access(), driver)

        return alternate(cycle_once, replay_once, pairs=pairs)


def main(users: int = 2000, pairs: int = 7) -> int:
    """Print the ratio; 1 when it is missed."""
    measured = measure(users, pairs)
    print(f"cycle over replay, {users:,} users, client CPU: {measured}; at most {LIMIT}")
    return int(measured.ratio > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
