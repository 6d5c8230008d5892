"""The shipped scenarios against independent servers, with what is known to be refused.

Strict in both directions: a refusal or a failed expectation that is not in the reviewed file fails
the test, and so does one in the file that no longer comes.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.kit.cli.conftest import ROOT
from tests.scenarios.test_shipped import SCENARIOS, Silent
from tests.servers.running import SCIMMY, IndependentServer

from entrasim.scenario.report import ScenarioReport
from entrasim_kit.running import RunOptions, run_files

ANSWERS = Path(__file__).parent / "known_answers"
Known = Mapping[str, Any]


def known_answers(name: str) -> Known:
    known: Known = yaml.safe_load((ANSWERS / f"{name}.yaml").read_text(encoding="utf-8"))
    return known


@dataclass(frozen=True)
class Played:
    """A scenario on a server: the report, and the refused requests of the cycles."""

    report: ScenarioReport
    refused: list[dict[str, Any]]

    @property
    def failed(self) -> list[str]:
        """The places of the expectations that did not hold."""
        troubles = (each for step in self.report.steps for each in step.troubles)
        return sorted({each.where for each in troubles})


def play(file: Path, server: IndependentServer, folder: Path) -> Played:
    options = RunOptions(target=server.base(file.stem), token=server.token, report=folder)
    (report,) = run_files([file], options, Silent())
    entries = json.loads((folder / "traffic.har").read_text())["log"]["entries"]
    refused = [
        entry
        for entry in entries
        if entry["response"]["status"] >= 400 and entry["comment"] != "probe"
    ]
    return Played(report, refused)


def answers_to(entry: dict[str, Any], known: Known) -> list[str]:
    """The known answers that a refused request is among."""
    return [name for name, answer in known["refuses"].items() if _is(entry, answer)]


def _is(entry: dict[str, Any], answer: Known) -> bool:
    request, response = entry["request"], entry["response"]
    collection = re.sub(r".*/v2(/\w+).*", r"\1", request["url"])
    body = json.loads(request.get("postData", {}).get("text") or "{}")
    wanted = answer.get("operation", {}).items()
    operations = body.get("Operations", [{}])
    return (
        f"{request['method']} {collection}" == answer["request"]
        and any(wanted <= each.items() for each in operations)
        and response["status"] == answer["status"]
        and answer["detail"] in json.loads(response["content"]["text"])["detail"]
    )


def check(file: Path, server: IndependentServer, known: Known, folder: Path) -> None:
    expected = known["scenarios"].get(file.stem, {"refused": [], "fails": []})

    played = play(file, server, folder)

    unknown = [each for each in played.refused if not answers_to(each, known)]
    assert [each["request"] for each in unknown] == []
    seen = {name for each in played.refused for name in answers_to(each, known)}
    assert sorted(seen) == sorted(expected["refused"])
    assert played.failed == sorted(expected["fails"])


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda path: path.stem)
def test_scim2_server(file: Path, scim2_server_running: IndependentServer, tmp_path: Path) -> None:
    check(file, scim2_server_running, known_answers("scim2_server"), tmp_path)


@pytest.mark.node
@pytest.mark.parametrize("file", SCENARIOS, ids=lambda path: path.stem)
def test_scimmy(file: Path, scimmy_running: IndependentServer, tmp_path: Path) -> None:
    check(file, scimmy_running, known_answers("scimmy"), tmp_path)


def test_the_reviewed_versions_are_those_that_run() -> None:
    lock = json.loads((SCIMMY / "package-lock.json").read_text())
    running = {
        "scim2_server": version("scim2-server"),
        "scimmy": lock["packages"]["node_modules/scimmy"]["version"],
    }
    assert {name: known_answers(name)["version"] for name in running} == running


@pytest.mark.parametrize("name", ["scim2_server", "scimmy"])
def test_every_known_answer_is_used_and_told(name: str) -> None:
    known = known_answers(name)
    used = {each for scenario in known["scenarios"].values() for each in scenario["refused"]}
    page = (ROOT / "docs/independent-servers.md").read_text(encoding="utf-8")

    assert used == set(known["refuses"])
    for answer in (*known["refuses"].values(), *known.get("does_otherwise", {}).values()):
        assert " ".join(answer["reason"].split()) in " ".join(page.split())
        assert answer["source"] in page


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((SCIMMY / "package-lock.json").read_text())

    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
