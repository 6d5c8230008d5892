"""The runner: plays the steps of a scenario and reports what came of each.

Whatever happens, what was played before is reported: a step that cannot be done ends the scenario,
an expectation that does not hold does not, and a Ctrl-C keeps the report so far.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from time import perf_counter

from pydantic.alias_generators import to_camel

from entrasim.provisioning.connection import ConnectionResult, ConnectionVerdict
from entrasim.provisioning.cycle import CycleKind
from entrasim.provisioning.idle import IdleStretch
from entrasim.provisioning.plan import near_misses, verdict
from entrasim.scenario.changes import ChangeRefused, at
from entrasim.scenario.cleanup import CleanupReport, MadeInTarget
from entrasim.scenario.expectations import failures
from entrasim.scenario.explaining import Observed
from entrasim.scenario.loader import Problem
from entrasim.scenario.mistakes import Mistake
from entrasim.scenario.model.expectation import Expectation
from entrasim.scenario.model.scenario import Existing
from entrasim.scenario.model.steps import ConnectionTest, Restart, Step
from entrasim.scenario.opening import OpenScenario
from entrasim.scenario.recorder import Window
from entrasim.scenario.report import ExitStatus, ScenarioReport, StepReport, Trouble
from entrasim.scenario.session import CycleSummary, NotPossible, ProvisionedApplication
from entrasim.scenario.target_administrator import TargetAdministrator, TargetProblem
from entrasim.scenario.uncovered import Uncovered
from entrasim.wire.locality import TargetRefused

SHOWN_NEAR_MISSES = 5


class StepsEnd(Exception):
    """A step could not be done; the scenario ends here."""


class Runner:
    """Plays one scenario.

    Args:
        opened: The scenario on its session.
        on_step: Is told of each step when it has been played.
        made: Sees what the run creates; given, it is deleted in the end.
    """

    def __init__(
        self,
        opened: OpenScenario,
        on_step: Callable[[StepReport], None] = lambda _: None,
        made: MadeInTarget | None = None,
    ) -> None:
        self._made = made
        self._opened = opened
        self._session = opened.session
        self._on_step = on_step
        self._uncovered = Uncovered()
        self.report = ScenarioReport(file=opened.file.path, name=opened.file.scenario.name)

    def play(self) -> ScenarioReport:
        """Play all steps. The report holds everything that happened, also after a Ctrl-C."""
        began = perf_counter()
        try:
            self._play()
        except KeyboardInterrupt:
            self.report.interrupted = True
        except StepsEnd:
            pass
        self._clean_up()
        recorder = self._session.recorder
        self.report.requests = dict(recorder.requests)
        self.report.log = dict(recorder.log)
        self.report.seconds = perf_counter() - began
        return self.report

    def _clean_up(self) -> None:
        """Delete what the run made, whatever became of it. A Ctrl-C ends this too."""
        if self._made is None:
            return
        report = self.report.cleanup = CleanupReport()
        try:
            self._made.delete_all(list(self._administrators()), report)
        except KeyboardInterrupt:
            self.report.interrupted = True
            report.left.append("interrupted before everything was deleted")

    def _administrators(self) -> Iterator[TargetAdministrator]:
        """Whoever may delete something: nothing was made where nothing may be sent."""
        for application in self._session.applications.values():
            with suppress(NotPossible, TargetRefused):
                yield self._administrator(application)

    def _play(self) -> None:
        for existing in self._opened.file.scenario.existing:
            self._seed(existing)
        for position, step in enumerate(self._opened.file.scenario.steps):
            self._play_step(position, step)
        self._uncovered.objects(self._session.recorder.window.failures)
        self.report.troubles += self._uncovered.troubles()

    def _seed(self, existing: Existing) -> None:
        name = self._opened.references.application(existing.application)
        application = self._session.applications[name.id]
        try:
            self._administrator(application).seed(existing.users, existing.groups)
        except (TargetProblem, NotPossible) as problem:
            message = f"what exists in the target could not be put there: {problem}"
            self.report.troubles.append(Trouble(message=message, status=ExitStatus.NO_TARGET))
            raise StepsEnd from None
        except TargetRefused as refused:
            trouble = Trouble(message=str(refused), status=ExitStatus.WRONG_INPUT)
            self.report.troubles.append(trouble)
            raise StepsEnd from None

    def _play_step(self, position: int, step: Step) -> None:
        located = self._locate(position, Problem(("steps", position), ""))
        report = StepReport(
            number=position + 1,
            verb=to_camel(step.verb),
            title=step.title or "",
            at=self._session.clock.now,
            place=located.place,
        )
        self.report.steps.append(report)
        try:
            getattr(self, f"_{step.verb}")(step, report)
        except KeyboardInterrupt:
            report.troubles.append(Trouble(message="interrupted", status=ExitStatus.INTERRUPTED))
            raise
        except ChangeRefused as refused:
            self._end(position, report, refused.location, f"{refused.message}. {refused.remedy}")
        except (NotPossible, TargetRefused) as refused:
            is_input = isinstance(refused, TargetRefused)
            status = ExitStatus.WRONG_INPUT if is_input else ExitStatus.EXPECTATION_FAILED
            self._end(position, report, (), str(refused), status)
        except TargetProblem as problem:
            self._end(position, report, (), str(problem), ExitStatus.NO_TARGET)
        finally:
            report.at = self._session.clock.now
            self._on_step(report)

    def _end(
        self,
        position: int,
        report: StepReport,
        location: tuple[str | int, ...],
        message: str,
        status: ExitStatus = ExitStatus.EXPECTATION_FAILED,
    ) -> None:
        located = self._locate(position, Problem(("steps", position, *location), message))
        report.troubles.append(
            Trouble(
                message=message.strip(), place=located.place, where=located.where, status=status
            )
        )
        raise StepsEnd

    def _locate(self, _position: int, problem: Problem) -> Mistake:
        (mistake,) = self._opened.file.mistakes([problem])
        return mistake

    # -- steps ---------------------------------------------------------------------------------

    def _test_connection(self, step: Step, report: StepReport) -> None:
        application = self._application(step)
        test = step.test_connection or ConnectionTest()
        with at("testConnection"):
            tried = self._opened.changes.credentials(test, application)
        result = self._session.test_connection(application, **tried)
        report.connection = result
        if result.verdict is not test.expect:
            report.troubles.append(_unexpected(result, test.expect, report))

    def _cycle(self, step: Step, report: StepReport) -> None:
        for application in self._applications(step):
            summary = self._session.cycle(application)
            self._summarize(report, summary)
            if summary.ok and summary.kind is CycleKind.INITIAL:
                report.notes += self._near_misses(application)

    def _wait(self, step: Step, report: StepReport) -> None:
        assert step.wait is not None
        self._session.wait(step.wait, lambda summary: self._summarize(report, summary))

    def _change(self, step: Step, report: StepReport) -> None:
        for position, change in enumerate(step.change or []):
            with at("change", position):
                self._opened.changes.apply(change, step.application)
            report.notes.append(to_camel(change.verb))

    def _change_target(self, step: Step, report: StepReport) -> None:
        administrator = self._administrator(self._application(step))
        for change in step.change_target or []:
            administrator.edit(change)
            report.notes.append(to_camel(change.verb))

    def _start(self, step: Step, _report: StepReport) -> None:
        self._session.start(self._application(step))

    def _pause(self, step: Step, _report: StepReport) -> None:
        self._session.pause(self._application(step))

    def _restart(self, step: Step, _report: StepReport) -> None:
        scope = (step.restart or Restart()).reset_scope
        self._session.restart(self._application(step), frozenset(scope))

    def _expect(self, step: Step, report: StepReport) -> None:
        expectation = step.expect or Expectation()
        window = self._session.recorder.open_window()
        self._uncovered.objects(window.failures)
        observed = self._observed(step, expectation, window)
        for failure in failures(expectation, observed):
            where = ("steps", report.number - 1, "expect", *failure.location)
            located = self._locate(0, Problem(where, ""))
            report.troubles.append(
                Trouble(message=str(failure), place=located.place, where=located.where)
            )
        name = observed.application.application.display_name if observed.application else None
        self._uncovered.cover(expectation, name)

    def _observed(self, step: Step, expectation: Expectation, window: Window) -> Observed:
        """What there is to compare with; requests and log alone need no application."""
        observed = Observed(window=window, tenant=self._session.tenant)
        if expectation.target is None and expectation.job is None:
            return observed
        application = self._application(step)
        observed = replace(observed, application=application)
        if expectation.target is None:
            return observed
        return replace(
            observed,
            administrator=self._administrator(application),
            why_out=partial(self._why_out, application),
        )

    def _why_out(self, application: ProvisionedApplication, object_id: str) -> str:
        """Why an object is not provisioned, or nothing when it is."""
        judged = verdict(self._session.context(application), object_id)
        return "" if judged.provisioned else f"{judged.name} {judged.reason}"

    # -- trouble -------------------------------------------------------------------------------

    def _summarize(self, report: StepReport, summary: CycleSummary | IdleStretch) -> None:
        report.cycles.append(summary)
        if isinstance(summary, CycleSummary):
            self._uncovered.cycle(summary)

    # -- helpers -------------------------------------------------------------------------------

    def _near_misses(self, application: ProvisionedApplication) -> list[str]:
        """Who stayed out although near, in a few lines."""
        missed = list(near_misses(self._session.context(application)))
        lines = [f"{each.name} {each.reason}" for each in missed[:SHOWN_NEAR_MISSES]]
        more = len(missed) - len(lines)
        return [*lines, f"... and {more} more, see entrasim plan"] if more > 0 else lines

    def _application(self, step: Step) -> ProvisionedApplication:
        with at("application"):
            return self._opened.changes.application(step.application)

    def _applications(self, step: Step) -> list[ProvisionedApplication]:
        if step.application is not None:
            return [self._application(step)]
        return list(self._session.applications.values())

    def _administrator(self, application: ProvisionedApplication) -> TargetAdministrator:
        endpoint = self._session.endpoint(application.configuration)
        observer = self._made.exchange if self._made is not None else None
        return TargetAdministrator(self._session.driver, endpoint, observer)


def _unexpected(
    result: ConnectionResult, expected: ConnectionVerdict, report: StepReport
) -> Trouble:
    actual = result.verdict if result.ok else f"{result.verdict}. {result}"
    no_target = expected is ConnectionVerdict.SUCCESS
    return Trouble(
        message=f"expected {expected}\nactual   {actual}",
        place=report.place,
        where=f"steps[{report.number - 1}]",
        status=ExitStatus.NO_TARGET if no_target else ExitStatus.EXPECTATION_FAILED,
    )
