"""Every shipped scenario passes on the embedded server."""

from pathlib import Path

import pytest
from tests.kit.cli.conftest import ROOT

from entrasim.scenario.report import ScenarioReport
from entrasim_kit.running import RunOptions, run_files

SCENARIOS = sorted((ROOT / "scenarios").glob("*.yaml"))


class Silent:
    """Nobody watches."""

    def begins(self, report: ScenarioReport) -> None: ...

    def step(self, step: object) -> None: ...

    def ends(self, report: ScenarioReport) -> None: ...


@pytest.mark.parametrize("concurrency", [1, 4])
@pytest.mark.parametrize("file", SCENARIOS, ids=lambda path: path.stem)
def test_a_shipped_scenario_holds_whatever_the_concurrency(file: Path, concurrency: int) -> None:
    (report,) = run_files([file], RunOptions(concurrency=concurrency), Silent())

    troubles = [*report.troubles, *(each for step in report.steps for each in step.troubles)]
    assert [str(each.message) for each in troubles] == []
    assert report.status == 0
    assert any(step.verb == "expect" for step in report.steps)
