"""`junit.xml`: a suite per scenario, a case per step, as CI servers read it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from entrasim.scenario.mistakes import Mistake, Place
from entrasim.scenario.report import ExitStatus, ScenarioReport, StepReport, Trouble
from entrasim_kit.report.junit import write_junit

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
FILE = Path("desk.yaml")


def step(number: int, title: str = "", *troubles: str) -> StepReport:
    return StepReport(
        number=number,
        verb="cycle",
        title=title,
        at=AT,
        place=Place(10 + number, 5),
        troubles=[Trouble(message=each) for each in troubles],
    )


def written(folder: Path, reports: Iterable[ScenarioReport]) -> ET.Element:
    write_junit(folder / "junit.xml", reports)
    return ET.parse(folder / "junit.xml").getroot()


def test_a_case_per_step(tmp_path: Path) -> None:
    report = ScenarioReport(file=FILE, name="Desk", steps=[step(1), step(2, "Later")], seconds=1.5)
    suites = written(tmp_path, [report])
    (suite,) = suites
    assert (suites.tag, suites.get("name"), suite.attrib) == (
        "testsuites",
        "entrasim",
        {
            "name": "Desk",
            "file": "desk.yaml",
            "tests": "2",
            "failures": "0",
            "errors": "0",
            "time": "1.500",
        },
    )
    assert [each.attrib for each in suite] == [
        {"name": name, "classname": "Desk", "time": "0", "file": "desk.yaml", "line": line}
        for name, line in (("1. cycle", "11"), ("2. Later", "12"))
    ]


def test_a_failure_has_its_first_line_as_its_message(tmp_path: Path) -> None:
    steps = [step(1, "", "expected 2\nactual   1", "expected <b> & more\nactual   none")]
    (suite,) = written(tmp_path, [ScenarioReport(file=FILE, name="Desk", steps=steps)])
    (failure,) = suite[0]
    assert (suite.get("failures"), failure.tag, failure.get("message")) == (
        "1",
        "failure",
        "expected 2",
    )
    assert failure.text == "expected 2\nactual   1\n\nexpected <b> & more\nactual   none"


def test_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    name = "null \x00, bell \x07, \ud800 and \ufffe"
    report = ScenarioReport(file=FILE, name=name, steps=[step(1, name, name)])
    (suite,) = written(tmp_path, [report])
    clean = "null , bell ,  and "
    assert (suite.get("name"), suite[0].get("name"), suite[0][0].text) == (
        clean,
        f"1. {clean}",
        clean,
    )


def test_mistakes_in_the_file_are_an_error(tmp_path: Path) -> None:
    mistake = Mistake(file=FILE, place=Place(3, 1), where="tenent", message='unknown key "tenent"')
    (suite,) = written(tmp_path, [ScenarioReport(file=FILE, mistakes=(mistake,))])
    assert (suite.get("name"), suite.get("tests"), suite.get("errors")) == ("desk.yaml", "1", "1")
    assert suite[0].get("name") == "the file is valid"
    assert suite[0][0].text == 'desk.yaml:3:1: tenent: unknown key "tenent"'


def test_trouble_that_belongs_to_no_step(tmp_path: Path) -> None:
    trouble = Trouble(message="no server", status=ExitStatus.NO_TARGET)
    (suite,) = written(tmp_path, [ScenarioReport(file=FILE, name="Desk", troubles=[trouble])])
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    assert (suite[0].get("name"), suite[0][0].text) == ("nothing unexpected", "no server")


def test_a_suite_per_scenario(tmp_path: Path) -> None:
    reports = [ScenarioReport(file=FILE, name=name) for name in ("One", "Two")]
    assert [each.get("name") for each in written(tmp_path, reports)] == ["One", "Two"]
