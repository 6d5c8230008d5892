"""Running scenario files: target, driver, reports and signals around the runner."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from entrasim.directory.tenant import Tenant
from entrasim.provisioning.clock import SimulatedClock
from entrasim.provisioning.configuration import Secret
from entrasim.scenario.checking import check_file
from entrasim.scenario.cleanup import MadeInTarget
from entrasim.scenario.loader import ScenarioFile, read_scenario
from entrasim.scenario.mistakes import ScenarioError
from entrasim.scenario.opening import check, open_scenario
from entrasim.scenario.recorder import Recorder, Sink
from entrasim.scenario.report import ExitStatus, ScenarioReport, StepReport, Trouble
from entrasim.scenario.runner import Runner
from entrasim.scenario.session import Session
from entrasim.scenario.target import ScenarioTarget, Target
from entrasim.scim.tenant_url import TenantUrlError, parse_tenant_url
from entrasim.wire import locality
from entrasim.wire.driver import Driver, DriverOptions
from entrasim.wire.locality import Locality, TargetRefused
from entrasim.wire.tls import tls_context
from entrasim_kit.report.folder import ReportFolder
from entrasim_kit.scim_server.config import ServerError
from entrasim_kit.targets import open_target


class TargetUnusable(Exception):
    """The options name no usable target or report folder; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """The options of `entrasim run`."""

    target: str = "embedded"
    token: str | None = None
    token_file: Path | None = None
    allow_remote: bool = False
    ca: Path | None = None
    insecure: bool = False
    report: Path | None = None
    cleanup: bool = False
    seed: int = 0
    concurrency: int = 1

    @property
    def locality(self) -> Locality:
        """Which targets may be talked to."""
        return Locality(allow_remote=self.allow_remote, verifies=not self.insecure)

    def secret(self) -> Secret | None:
        """The token, from wherever it was given."""
        if self.token_file is not None:
            return Secret(self.token_file.read_text(encoding="utf-8").strip())
        return None if self.token is None else Secret(self.token)


class Watcher(Protocol):
    """Whoever wants to be told what happens."""

    def begins(self, report: ScenarioReport) -> None:
        """A scenario begins."""
        ...

    def step(self, step: StepReport) -> None:
        """A step was played."""
        ...

    def ends(self, report: ScenarioReport) -> None:
        """A scenario has ended, or could not begin."""
        ...


def run_files(
    files: Sequence[Path], options: RunOptions, watcher: Watcher, sinks: Sequence[Sink] = ()
) -> list[ScenarioReport]:
    """Check all files, then run those that are sound. Nothing is sent while one has a mistake.

    `sinks` see every exchange and every entry of the log, as the report folder does.

    Raises:
        TargetUnusable: the target or the report folder cannot be had.
    """
    refuse_target(options)
    checked = [_checked(file, options) for file in files]
    reports = [each for each in checked if isinstance(each, ScenarioReport)]
    for report in reports:
        watcher.ends(report)
    folder = _folder(options)
    try:
        if not reports:
            sound = [each for each in checked if isinstance(each, ScenarioFile)]
            _run_all(sound, options, watcher, [*sinks, folder] if folder else sinks, reports)
    finally:
        if folder is not None:
            folder.close(reports)
    return reports


def _checked(file: Path, options: RunOptions) -> ScenarioFile | ScenarioReport:
    try:
        if options.target != "scenario":
            return check_file(file)
        scenario = read_scenario(file)
        check(scenario, ScenarioTarget(), os.environ)
    except ScenarioError as error:
        return ScenarioReport(file=file, target=options.target, mistakes=error.mistakes)
    return scenario


def refuse_target(options: RunOptions) -> None:
    """Refuse what can be refused before a file is read."""
    try:
        if options.target not in ("embedded", "container", "scenario"):
            url = parse_tenant_url(options.target)
            locality.refuse_target(url, options.locality)
    except TenantUrlError as error:
        names = "embedded, container or scenario"
        raise TargetUnusable(f"--target is {names}, or a URL: {error}") from None
    except TargetRefused as refused:
        raise TargetUnusable(str(refused)) from None


def _folder(options: RunOptions) -> ReportFolder | None:
    try:
        return ReportFolder(options.report) if options.report else None
    except OSError as error:
        raise TargetUnusable(f"--report {options.report}: {error.strerror}") from None


def _run_all(
    files: Sequence[ScenarioFile],
    options: RunOptions,
    watcher: Watcher,
    sinks: Sequence[Sink],
    reports: list[ScenarioReport],
) -> None:
    try:
        target = open_target(options.target, options.secret())
    except ServerError as error:
        for file in files:
            report = ScenarioReport(file=file.path, name=file.scenario.name, target=options.target)
            report.troubles.append(Trouble(message=str(error), status=ExitStatus.NO_TARGET))
            reports.append(report)
            watcher.ends(report)
        return
    try:
        with Driver(driver_options(options)) as driver:
            for file in files:
                reports.append(_run_one(file, target, driver, options, watcher, sinks))
                if reports[-1].interrupted:
                    break
    finally:
        target.close()


def driver_options(options: RunOptions) -> DriverOptions:
    """How to connect; authorities are loaded for targets over https only.

    Raises:
        TargetUnusable: the file of `--ca` holds no certificate.
    """
    needs_tls = options.target == "scenario" or options.target.startswith("https:")
    if not needs_tls:
        return DriverOptions()
    try:
        return DriverOptions(tls=tls_context(ca=options.ca, insecure=options.insecure))
    except OSError as error:
        raise TargetUnusable(f"--ca {options.ca}: {error}") from None


def _run_one(
    file: ScenarioFile,
    target: Target,
    driver: Driver,
    options: RunOptions,
    watcher: Watcher,
    sinks: Sequence[Sink],
) -> ScenarioReport:
    target.reset()
    made = MadeInTarget() if options.cleanup else None
    recorder = Recorder([*sinks, made] if made else sinks)
    make = partial(new_session, driver=driver, recorder=recorder, options=options)
    opened = open_scenario(file, target, os.environ, make)
    runner = Runner(opened, watcher.step, made)
    runner.report.target = target.name
    watcher.begins(runner.report)
    report = runner.play()
    watcher.ends(report)
    return report


def new_session(
    tenant: Tenant,
    clock: SimulatedClock,
    *,
    driver: Driver,
    recorder: Recorder,
    options: RunOptions,
) -> Session:
    """A session as the options want it."""
    return Session(
        tenant,
        driver,
        clock=clock,
        recorder=recorder,
        seed=options.seed,
        concurrency=options.concurrency,
        locality=options.locality,
    )
