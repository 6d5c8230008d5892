"""What is left when a run is interrupted or killed: the report so far, and nothing that runs."""

import json
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from tests.kit.cli.conftest import Write, start_tool
from tests.simulator.wire.servers import EMPTY_LIST, SCIM, Received, Reply, http_server

SCENARIO = """\
version: 1
name: Slow
tenant:
  users:
    - {userPrincipalName: ana@contoso.example, displayName: Ana Silva}
    - {userPrincipalName: bo@contoso.example, displayName: Bo Lind}
application:
  displayName: Lumen Desk
  provisioning: {tenantUrl: "https://lumen.example", secretToken: "${T}", status: On}
  assignments: [{user: ana@contoso.example}, {user: bo@contoso.example}]
steps:
  - testConnection:
  - cycle:
"""


@contextmanager
def stuck_at_bo() -> Iterator[tuple[str, threading.Event]]:
    """A server that creates Ana and hangs at Bo; the event tells when it got there."""
    reached, end = threading.Event(), threading.Event()

    def reply(received: Received) -> Reply:
        if received.method == "GET":
            return 200, SCIM, EMPTY_LIST
        if b"bo@contoso.example" in received.body:
            reached.set()
            end.wait(30)
        return 201, SCIM, b'{"id": "u-1"}'

    with http_server(reply) as server:
        try:
            yield server.url, reached
        finally:
            end.set()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_the_report_so_far_is_written(
    scenario: Write, tmp_path: Path, number: signal.Signals
) -> None:
    out = tmp_path / "out"
    with stuck_at_bo() as (url, reached):
        tool = start_tool(
            "run", scenario(SCENARIO), "--target", url, "--token", "t", "--report", out
        )
        assert reached.wait(20)
        tool.send_signal(number)
        shown, complaints = tool.communicate(timeout=20)
    assert (tool.returncode, complaints) == (130, "")
    assert "Interrupted: 2 steps" in shown
    report = json.loads((out / "report.json").read_text())
    assert report["exitStatus"] == 130
    (played,) = report["scenarios"]
    assert played["interrupted"] is True
    assert [each["ok"] for each in played["steps"]] == [True, False]
    assert played["log"] == {"create": {"success": 1}}
    log = json.loads((out / "provisioning-log.json").read_text())
    assert [each["sourceIdentity"]["displayName"] for each in log] == ["Ana Silva"]
    har = json.loads((out / "traffic.har").read_text())
    assert [each["request"]["method"] for each in har["log"]["entries"]].count("POST") == 1
    assert (out / "junit.xml").read_text().count("<testcase") == 2


EMBEDDED = """\
version: 1
name: Long
tenant: {fake: {users: 20000}}
application:
  displayName: Lumen Desk
  provisioning: {scope: Sync all users and groups, status: On}
steps: [cycle]
"""


def children(pid: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(each) for each in listed.stdout.split()]


def is_running(pid: int) -> bool:
    listed = subprocess.run(
        ["ps", "-o", "state=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return listed.stdout.strip() not in ("", "Z")


def eventually(condition: Callable[[], object]) -> bool:
    deadline = monotonic() + 20
    while not condition():
        if monotonic() > deadline:
            return False
        sleep(0.02)
    return True


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGKILL, -signal.SIGKILL)],
    ids=["Ctrl-C", "SIGTERM", "SIGKILL"],
)
def test_the_embedded_server_goes_with_the_tool(
    scenario: Write, number: signal.Signals, status: int
) -> None:
    tool = start_tool("run", scenario(EMBEDDED))
    assert eventually(lambda: children(tool.pid))
    (server,) = children(tool.pid)
    tool.send_signal(number)
    tool.communicate(timeout=20)
    assert tool.returncode == status
    assert eventually(lambda: not is_running(server))
