"""`junit.xml`: a test suite per scenario and a test case per step, as CI servers read it."""

from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from entrasim.scenario.report import ScenarioReport, StepReport


def write_junit(path: Path, reports: Iterable[ScenarioReport]) -> None:
    """Write the report of a run."""
    suites = Element("testsuites", name="entrasim")
    for report in reports:
        suites.append(_suite(report))
    indent(suites)
    ElementTree(suites).write(path, encoding="utf-8", xml_declaration=True)


def _suite(report: ScenarioReport) -> Element:
    name = _clean(report.name or str(report.file))
    suite = Element("testsuite", name=name, file=_clean(str(report.file)))
    for step in report.steps:
        suite.append(_case(report, step))
    if report.mistakes:
        case = SubElement(
            suite, "testcase", name="the file is valid", classname=suite.get("name", "")
        )
        _complain(case, "error", "\n".join(str(each) for each in report.mistakes))
    if report.troubles:
        case = SubElement(
            suite, "testcase", name="nothing unexpected", classname=suite.get("name", "")
        )
        _complain(case, "failure", "\n".join(each.message for each in report.troubles))
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("errors", str(sum(case.find("error") is not None for case in cases)))
    suite.set("time", f"{report.seconds:.3f}")
    return suite


def _case(report: ScenarioReport, step: StepReport) -> Element:
    name = _clean(f"{step.number}. {step.title or step.verb}")
    case = Element("testcase", name=name, classname=_clean(report.name), time="0")
    if step.place:
        case.set("file", _clean(str(report.file)))
        case.set("line", str(step.place.line))
    if step.troubles:
        _complain(case, "failure", "\n\n".join(each.message for each in step.troubles))
    return case


def _complain(case: Element, kind: str, text: str) -> None:
    text = _clean(text)
    first, _, _ = text.partition("\n")
    SubElement(case, kind, message=first).text = text


def _clean(text: str) -> str:
    """A text without what XML cannot hold, such as control characters."""
    return "".join(each for each in text if each.isprintable() or each in "\n\t")
