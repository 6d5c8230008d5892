"""`entrasim run`: what it prints, what it writes, and how it ends."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.kit.cli.conftest import ROOT, Tool, Write
from tests.simulator.wire.servers import (
    EMPTY_LIST,
    SCIM,
    Reply,
    http_server,
    raw_server,
    unused_port,
)

SMALL = """\
version: 1
name: Small
tenant:
  users:
    - {userPrincipalName: ana@contoso.example, displayName: Ana Silva}
application:
  displayName: Lumen Desk
  provisioning:
    tenantUrl: https://lumen.example/scim/v2
    secretToken: ${SCIM_TOKEN}
    status: On
    settings: {requestTimeout: 1s}
  assignments: [{user: ana@contoso.example}]
steps:
"""


def test_the_guide(tool: Tool) -> None:
    result = tool("run", ROOT / "scenarios/qualytics-directory-sync.yaml")
    assert (result.status, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0].startswith("Directory Sync with Microsoft Entra  (")
    assert any(
        "Ida Berg is a member of Data Interns, which is nested in Data Platform; " in each
        for each in lines
    )
    assert lines[-1].startswith("Good: 15 steps, 25 requests, 5 created, 1 skipped, 4 updated, ")


def test_several_files_in_one_run(tool: Tool, scenario: Write) -> None:
    """Each file begins with an empty target."""
    first = scenario(SMALL + "  - cycle:\n  - expect: {target: {count: {users: 1}}}\n", "a.yaml")
    second = scenario(SMALL + "  - expect: {target: {count: {users: 0}}}\n", "b.yaml")
    result = tool("run", first, second, "--json")
    report = json.loads(result.out)
    assert (result.status, report["exitStatus"]) == (0, 0)
    assert [each["name"] for each in report["scenarios"]] == ["Small", "Small"]
    assert report["scenarios"][0]["requests"] == {
        "GET /Users": 1,
        "POST /Users": 1,
        "probe": 2,
    }


# -- exit 1 ------------------------------------------------------------------------------------------


def test_a_failed_expectation_shows_what_came_instead(tool: Tool, scenario: Write) -> None:
    file = scenario(
        SMALL
        + """\
  - cycle:
  - expect:
      requests: {POST /Users: 2}
      target:
        users: [{userName: ana@contoso.example, displayName: Ana Lima}]
        absent: [ana@contoso.example]
      log: {create: {success: 0}}
      job: Quarantine
"""
    )
    result = tool("run", file)
    assert result.status == 1
    shown = [each.strip() for each in result.out.splitlines()]
    start = next(number for number, each in enumerate(shown) if each.startswith("2 FAIL"))
    body = (
        '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",'
        '"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],'
        '"userName":"ana@contoso.example","active":true,"displayName":"Ana Silva","externa...'
    )
    assert shown[start + 1 : -1] == [
        "line 17, steps[1].expect.requests.POST /Users",
        "expected 2",
        "actual   1",
        f"request  POST /Users {body} -> 201",
        "line 19, steps[1].expect.target.users[0].displayName",
        'expected "Ana Lima"',
        'actual   "Ana Silva"',
        "request  GET /Users?filter=userName+eq+%22ana%40contoso.example%22 -> 200",
        f"request  POST /Users {body} -> 201",
        'log      create success, user "Ana Silva"',
        "line 20, steps[1].expect.target.absent[0]",
        'expected no "ana@contoso.example"',
        "actual   the target holds it",
        "request  GET /Users?filter=userName+eq+%22ana%40contoso.example%22 -> 200",
        f"request  POST /Users {body} -> 201",
        'log      create success, user "Ana Silva"',
        "line 21, steps[1].expect.log.create.success",
        "expected 0",
        "actual   1",
        'log      create success, user "Ana Silva"',
        "line 22, steps[1].expect.job",
        "expected Quarantine",
        "actual   Active",
    ]


def test_a_failed_object_that_nothing_covers_fails_the_run(tool: Tool, scenario: Write) -> None:
    refuse_creation = lambda received: (  # noqa: E731
        (409, SCIM, b'{"detail": "taken"}')
        if received.method == "POST"
        else (200, SCIM, EMPTY_LIST)
    )
    bare = scenario(SMALL + "  - cycle:\n")
    covered = scenario(
        SMALL + "  - cycle:\n  - expect: {log: {create: {failure: 1}}}\n", "covered.yaml"
    )
    with http_server(refuse_creation) as server:
        result = tool("run", bare, "--target", server.url, "--token", "t")
        assert result.status == 1
        assert (
            'create failure, user "Ana Silva": Conflict, POST /Users was answered with 409: taken '
            "(no expectation covers it)"
        ) in result.out
        assert tool("run", covered, "--target", server.url, "--token", "t").status == 0


# -- exit 2 ------------------------------------------------------------------------------------------


def test_nothing_is_sent_while_a_file_has_a_mistake(tool: Tool, scenario: Write) -> None:
    good = scenario(SMALL + "  - cycle:\n", "good.yaml")
    bad = scenario(SMALL + "  - cicle:\n", "bad.yaml")
    with http_server(lambda _: (200, SCIM, EMPTY_LIST)) as server:
        result = tool("run", good, bad, "--target", server.url, "--token", "t")
        assert server.requests == []
    assert result.status == 2
    assert result.err.startswith(f'{bad}:15:5: steps[0].cicle: unknown key "cicle"\n')


def test_an_undefined_variable(
    tool: Tool, scenario: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SCIM_TOKEN", raising=False)
    result = tool("run", scenario(SMALL + "  - cycle:\n"), "--target", "scenario")
    assert result.status == 2
    assert result.err.splitlines()[0].partition(": ")[2] == (
        "application.provisioning.secretToken: the environment variable SCIM_TOKEN is not defined"
    )


REFUSED_TARGETS = {
    "remote": (
        "http://8.8.8.8/scim",
        "Error: 8.8.8.8 is not on this machine or network (8.8.8.8); if this target may really be "
        "written to, pass --allow-remote",
    ),
    "Microsoft": (
        "https://graph.microsoft.com/beta",
        "Error: graph.microsoft.com belongs to Microsoft; entrasim never sends anything there",
    ),
    "no URL": (
        "somewhere",
        'Error: --target is embedded, container or scenario, or a URL: "somewhere" is not an '
        "absolute URL; write for example https://app.example/scim/v2",
    ),
    "a password in the URL": (
        "http://u:hunter2@127.0.0.1/scim",
        "Error: --target is embedded, container or scenario, or a URL: a tenant URL holds no user "
        "name or password; use secretToken",
    ),
}


@pytest.mark.parametrize(
    ("target", "message"), REFUSED_TARGETS.values(), ids=REFUSED_TARGETS.keys()
)
def test_refused_targets(tool: Tool, scenario: Write, target: str, message: str) -> None:
    result = tool("run", scenario(SMALL + "  - cycle:\n"), "--target", target, "--token", "t")
    assert (result.status, result.err.splitlines()[-1]) == (2, message)
    assert "hunter2" not in result.out + result.err


def test_a_remote_target_that_the_file_names(
    tool: Tool, scenario: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCIM_TOKEN", "t")
    file = scenario(SMALL.replace("lumen.example", "8.8.8.8") + "  - cycle:\n")
    result = tool("run", file, "--target", "scenario")
    assert result.status == 2
    assert "pass --allow-remote" in result.out


def test_insecure_is_for_this_machine_only(tool: Tool, scenario: Write) -> None:
    file = scenario(SMALL + "  - cycle:\n")
    result = tool(
        "run", file, "--target", "https://8.8.8.8", "--token", "t", "--allow-remote", "--insecure"
    )
    assert (result.status, result.err.splitlines()[-1]) == (
        2,
        "Error: --insecure is for targets on this machine only, and 8.8.8.8 is not",
    )


# -- exit 3 ------------------------------------------------------------------------------------------

TROUBLES = {
    "HTML instead of JSON": (
        (200, {"Content-Type": "text/html"}, b"<html>Sign in</html>"),
        "GET /Users was answered with 200 and no JSON (text/html). Check that tenantUrl is the base "
        "of a SCIM 2.0 service, not a web page in front of it",
    ),
    "a redirect": (
        (302, {"Location": "https://login.example/"}, b""),
        "GET /Users was answered with 302. Redirects are not followed; enter the final address "
        "(https://login.example/) as tenantUrl",
    ),
    "a wrong token": (
        (401, SCIM, b'{"detail": "no"}'),
        "GET /Users was answered with 401: no. Check secretToken: enter the token alone, without "
        "the word Bearer",
    ),
    "a wrong path": (
        (404, {"Content-Type": "text/plain"}, b"Not Found"),
        "GET /Users was answered with 404. Check the path of tenantUrl: /Users and /Groups are "
        "appended to it",
    ),
    "404 instead of an empty list": (
        (404, SCIM, b'{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"]}'),
        "GET /Users was answered with 404 and a SCIM error, although a query without hits is no "
        "error. The server must answer 200 with a ListResponse whose totalResults is 0",
    ),
}


@pytest.mark.parametrize(("reply", "message"), TROUBLES.values(), ids=TROUBLES.keys())
def test_a_target_that_cannot_be_used(
    tool: Tool, scenario: Write, tmp_path: Path, reply: Reply, message: str
) -> None:
    file = scenario(SMALL + "  - cycle:\n")
    with http_server(lambda _: reply) as server:
        result = tool(
            "run", file, "--target", server.url, "--token", "t", "--report", tmp_path / "out"
        )
    assert result.status == 3
    assert f"initial cycle failed, job Quarantine: {message}" in result.out
    report = json.loads((tmp_path / "out/report.json").read_text())
    assert report["exitStatus"] == 3


def test_a_server_that_is_down_and_one_that_hangs(tool: Tool, scenario: Write) -> None:
    file = scenario(SMALL + "  - testConnection:\n")
    down = tool("run", file, "--target", f"http://127.0.0.1:{unused_port()}", "--token", "t")
    assert down.status == 3
    assert "Unreachable" in down.out
    with raw_server(None) as url:
        hangs = tool("run", file, "--target", url, "--token", "t")
    assert hangs.status == 3
    assert "Timeout" in hangs.out


def test_an_expected_refusal_is_good(tool: Tool, scenario: Write) -> None:
    file = scenario(SMALL + "  - testConnection: {secretToken: wrong, expect: Unauthorized}\n")
    assert tool("run", file).status == 0


# -- reports -----------------------------------------------------------------------------------------


def test_the_report_folder(tool: Tool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = tool("run", ROOT / "scenarios/joiner-mover-leaver.yaml", "--report", out)
    assert result.status == 0
    names = sorted(each.name for each in out.iterdir())
    assert names == ["junit.xml", "provisioning-log.json", "report.json", "traffic.har"]

    report = json.loads((out / "report.json").read_text())
    (played,) = report["scenarios"]
    log = json.loads((out / "provisioning-log.json").read_text())
    actions = [each["provisioningAction"] for each in log]
    assert len(log) == sum(sum(each.values()) for each in played["log"].values())
    assert actions[:3] == ["create", "create", "update"]
    assert actions.count("disable") == 2
    assert actions[-1] == "delete"

    har = json.loads((out / "traffic.har").read_text())["log"]
    assert har["version"] == "1.2"
    assert len(har["entries"]) == sum(played["requests"].values())
    starts = [each["startedDateTime"] for each in har["entries"]]
    assert starts == sorted(starts)
    authorization = {"name": "Authorization", "value": "Bearer ***"}
    assert all(authorization in each["request"]["headers"] for each in har["entries"])
    posts = [each for each in har["entries"] if each["request"]["method"] == "POST"]
    assert json.loads(posts[0]["request"]["postData"]["text"])["displayName"] == "Mia Holm"
    assert json.loads(posts[0]["response"]["content"]["text"])["id"]

    suites = ET.parse(out / "junit.xml").getroot()
    assert [each.get("tests") for each in suites] == [str(len(played["steps"]))]
    assert suites.findall(".//failure") == []


def test_no_file_of_the_report_holds_a_token(tool: Tool, scenario: Write, tmp_path: Path) -> None:
    file = scenario(SMALL + "  - testConnection: {secretToken: hunter2, expect: Unauthorized}\n")
    result = tool("run", file, "--report", tmp_path / "out")
    written = "".join(each.read_text() for each in (tmp_path / "out").iterdir())
    for text in (written, result.out, result.err):
        assert "hunter2" not in text
        assert "entrasim_" not in text  # how minted tokens begin


def test_junit_tells_failures(tool: Tool, scenario: Write, tmp_path: Path) -> None:
    file = scenario(SMALL + "  - title: Say no\n    expect: {target: {count: {users: 7}}}\n")
    tool("run", file, "--report", tmp_path)
    suite = ET.parse(tmp_path / "junit.xml").getroot()[0]
    (case,) = suite
    assert (suite.get("failures"), case.get("name"), case.get("line")) == ("1", "1. Say no", "15")
    assert case[0].text == "expected 7\nactual   0"


def test_a_report_folder_that_cannot_be_made(tool: Tool, scenario: Write, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    result = tool("run", scenario(SMALL + "  - cycle:\n"), "--report", blocked / "out")
    assert (result.status, result.err.splitlines()[-1]) == (
        2,
        f"Error: --report {blocked / 'out'}: Not a directory",
    )
