"""`report.json`, and what `run --json` prints: the same document."""

import json
from pathlib import Path

from tests.kit.cli.conftest import Tool, Write

SCENARIO = """\
version: 1
name: Small
tenant:
  users:
    - {userPrincipalName: ana@contoso.example, displayName: Ana Silva}
application:
  displayName: Lumen Desk
  provisioning: {status: On}
  assignments: [{user: ana@contoso.example}]
steps:
  - testConnection: {secretToken: no, expect: Unauthorized}
  - cycle
  - {title: Two days pass, wait: 2d}
  - expect: {requests: {POST /Users: 2}}
"""
LOG = {"create": {"success": 1}}
UNAUTHORIZED = {
    "verdict": "Unauthorized",
    "seen": "GET /Users was answered with 401: the bearer token is missing or wrong",
    "remedy": "Check secretToken: enter the token alone, without the word Bearer",
}
SUCCESS = {"verdict": "Success", "seen": "", "remedy": ""}
STEP = {"title": "", "ok": True, "notes": [], "connection": None, "cycles": [], "troubles": []}
CYCLE = {"application": "Lumen Desk", "status": "Active", "connection": SUCCESS}
REQUESTS = {"GET /Users": 1, "POST /Users": 1, "probe": 7}


def test_the_whole_document(tool: Tool, scenario: Write, tmp_path: Path) -> None:
    file = scenario(SCENARIO)

    result = tool("run", file, "--json", "--report", tmp_path)

    printed = json.loads(result.out)
    assert json.loads((tmp_path / "report.json").read_text()) == printed
    (played,) = printed["scenarios"]
    assert 0 < played.pop("seconds") < 60
    (trouble,) = played["steps"][3].pop("troubles")
    assert trouble.pop("message").startswith("expected 2\nactual   1\nrequest  POST /Users {")
    assert trouble == {
        "where": "steps[3].expect.requests.POST /Users",
        "line": 14,
        "exitStatus": 1,
    }
    steps = played.pop("steps")
    assert printed == {"exitStatus": 1, "scenarios": [played]}
    assert played == {
        "file": str(file),
        "name": "Small",
        "target": "embedded",
        "exitStatus": 1,
        "interrupted": False,
        "requests": REQUESTS,
        "log": LOG,
        "cleanup": None,
        "mistakes": [],
        "troubles": [],
    }
    at = "2026-01-05T09:00:00+00:00"
    later = "2026-01-07T09:00:00+00:00"
    initial = {"number": 1, "kind": "initial", "at": at, "requests": 4, "log": LOG}
    second = {"number": 2, "at": "2026-01-05T09:40:00+00:00"}
    last = {"number": 73, "at": later}
    nothing = {"kind": "incremental", "requests": 2, "log": {}}
    idle = {
        "application": "Lumen Desk",
        "kind": "idle",
        "cycles": 70,
        "at": "2026-01-05T10:20:00+00:00",
        "until": later,
    }
    wait = {
        "title": "Two days pass",
        "cycles": [CYCLE | second | nothing, idle, CYCLE | last | nothing],
    }
    assert steps == [
        STEP
        | {
            "number": 1,
            "verb": "testConnection",
            "at": at,
            "line": 11,
            "connection": UNAUTHORIZED,
        },
        STEP | {"number": 2, "verb": "cycle", "at": at, "line": 12, "cycles": [CYCLE | initial]},
        STEP | {"number": 3, "verb": "wait", "at": later, "line": 13} | wait,
        {key: value for key, value in STEP.items() if key != "troubles"}
        | {"number": 4, "verb": "expect", "at": later, "line": 14, "ok": False},
    ]


def test_mistakes(tool: Tool, scenario: Write) -> None:
    file = scenario(SCENARIO.replace("steps:", "stepps:"))

    document = json.loads(tool("run", file, "--json").out)

    assert document["exitStatus"] == 2
    assert document["scenarios"][0]["mistakes"] == [
        {
            "file": str(file),
            "line": 10,
            "column": 1,
            "where": "stepps",
            "message": 'unknown key "stepps"',
            "remedy": 'Did you mean "steps"?',
        }
    ]
