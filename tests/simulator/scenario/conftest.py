"""Playing scenarios against the embedded server, which is started once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import pytest
from tests.simulator.wire.servers import HttpServer

from entrasim.provisioning.configuration import Secret
from entrasim.provisioning.idle import IdleStretch
from entrasim.scenario.checking import check_file
from entrasim.scenario.opening import open_scenario
from entrasim.scenario.recorder import Recorder
from entrasim.scenario.report import ScenarioReport, Trouble
from entrasim.scenario.runner import Runner
from entrasim.scenario.session import Session
from entrasim.scenario.target import Target
from entrasim.scim.tenant_url import parse_tenant_url
from entrasim.wire.driver import Driver
from entrasim_kit.scim_server.child import EmbeddedServer
from entrasim_kit.targets import ServerTarget, UrlTarget

GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8}-[0-9a-f-]+(?=\.\.\.)")
"""An id of the server, perhaps cut off."""


@dataclass(frozen=True)
class Played:
    """A scenario that was played, and the session that it was played on."""

    report: ScenarioReport
    session: Session

    @property
    def troubles(self) -> list[str]:
        """All troubles: line and way of each, then its message; ids of the server are shown as ID."""
        steps = [each for step in self.report.steps for each in step.troubles]
        return [GUID.sub("ID", told(each)) for each in (*steps, *self.report.troubles)]

    @property
    def cycles(self) -> list[str]:
        """All cycles in order: how far the clock was, and what kind it was."""
        return [
            f"{each.since:%d %H:%M} {each.application} {each.cycles} idle"
            if isinstance(each, IdleStretch)
            else f"{each.at:%d %H:%M} {each.application} {each.kind}"
            for step in self.report.steps
            for each in step.cycles
        ]


def told(trouble: Trouble) -> str:
    """A trouble in a text."""
    place = f"{trouble.place.line}: " if trouble.place else ""
    where = f"{trouble.where}\n" if trouble.where else ""
    return f"{place}{where}{trouble.message}"


def at(server: HttpServer) -> UrlTarget:
    """A server of the test's own as the target."""
    return UrlTarget(parse_tenant_url(server.url), Secret("t"))


class Play(Protocol):
    """Plays a scenario; the embedded server is empty before."""

    def __call__(
        self, text: str, at: Target | None = None, environment: Mapping[str, str] = ...
    ) -> Played: ...


@pytest.fixture(scope="session")
def driver() -> Iterator[Driver]:
    with Driver() as driver:
        yield driver


@pytest.fixture(scope="session")
def started() -> Iterator[ServerTarget]:
    target = ServerTarget("embedded", EmbeddedServer())
    yield target
    target.close()


@pytest.fixture
def target(started: ServerTarget) -> ServerTarget:
    """The embedded server, empty."""
    started.reset()
    return started


@pytest.fixture
def play(target: ServerTarget, driver: Driver, tmp_path: Path) -> Play:
    """Plays a scenario on the embedded server, or at another target."""

    def play(
        text: str, at: Target | None = None, environment: Mapping[str, str] = MappingProxyType({})
    ) -> Played:
        file = tmp_path / "scenario.yaml"
        file.write_text(text, encoding="utf-8")
        opened = open_scenario(
            check_file(file),
            at or target,
            environment,
            lambda tenant, clock: Session(tenant, driver, clock=clock, recorder=Recorder()),
        )
        return Played(Runner(opened).play(), opened.session)

    return play
