"""Progress: shown on a terminal after a second of work, wiped away, and nowhere else."""

import io
import os
import pty
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.kit.cli.conftest import Write
from tests.kit.cli.test_interruption import SCENARIO
from tests.simulator.wire.servers import EMPTY_LIST, SCIM, Received, Reply, http_server

from entrasim_kit.report.progress import PATIENCE, Progress, wants_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


WATCHED = {
    "a terminal": (Terminal(), {"TERM": "xterm"}, True),
    "a terminal without TERM": (Terminal(), {}, True),
    "a pipe": (io.StringIO(), {"TERM": "xterm"}, False),
    "CI": (Terminal(), {"TERM": "xterm", "CI": "true"}, False),
    "a terminal that only prints": (Terminal(), {"TERM": "dumb"}, False),
}


@pytest.mark.parametrize(("stream", "environment", "wanted"), WATCHED.values(), ids=WATCHED.keys())
def test_it_is_shown_where_somebody_watches(
    stream: io.StringIO, environment: dict[str, str], wanted: bool
) -> None:
    assert wants_progress(stream, environment) is wanted


def test_work_that_is_quick_shows_nothing_and_leaves_no_thread(
    capsys: pytest.CaptureFixture[str],
) -> None:
    threads = threading.active_count()
    with Progress(wanted=True).during("quick"):
        pass
    assert capsys.readouterr() == ("", "")
    assert threading.active_count() == threads


def test_rich_is_not_imported_for_quick_work() -> None:
    program = (
        "import sys; from entrasim_kit.report.progress import Progress\n"
        "with Progress(wanted=True).during('quick'): pass\n"
        "print('rich' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


@contextmanager
def held_at_bo() -> Iterator[tuple[str, threading.Event]]:
    """A server that creates Ana at once, and Bo when it is let."""
    release = threading.Event()

    def reply(received: Received) -> Reply:
        if received.method == "GET":
            return 200, SCIM, EMPTY_LIST
        if b"bo@contoso.example" in received.body:
            release.wait(30)
        return 201, SCIM, b'{"id": "u-1"}'

    with http_server(reply) as server:
        try:
            yield server.url, release
        finally:
            release.set()


def run_on_a_terminal(file: Path, *options: str, hold: float, ci: str = "") -> tuple[str, str, int]:
    """Run the tool with a terminal as stderr; its stdout, what the terminal got, its status.

    The server is held until the terminal shows something, for `hold` seconds at most.
    """
    terminal, end = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100", "CI": ci}
    with held_at_bo() as (url, release):
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "entrasim_kit.cli",
                "run",
                str(file),
                *options,
                "--target",
                url,
                "--token",
                "t",
            ],
            stdout=subprocess.PIPE,
            stderr=end,
            env=environment,
            text=True,
        )
        os.close(end)
        seen = b""
        longest = threading.Timer(hold, release.set)
        longest.start()
        while chunk := read(terminal):
            seen += chunk
            if b"1 object" in seen:
                release.set()
        out, _ = process.communicate(timeout=20)
        longest.cancel()
    os.close(terminal)
    return out, seen.decode(), process.returncode


def read(terminal: int) -> bytes:
    """What the terminal got; Linux ends it with an error, macOS with nothing."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


def test_a_long_step_is_shown_and_wiped_away(scenario: Write) -> None:
    out, seen, status = run_on_a_terminal(scenario(SCENARIO), hold=20)

    assert status == 0
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen)
    assert re.search(r"step 2 .+ \d+ requests, 1 object, 1 s", plain)
    assert seen.endswith("\x1b[2K")  # the line is erased ...
    assert seen.count("\x1b[?25l") == seen.count("\x1b[?25h")  # ... and the cursor is back
    assert "step 2" not in out
    assert "Good: 2 steps" in out


@pytest.mark.parametrize(("options", "ci"), [(["--json"], ""), ([], "true")], ids=["--json", "CI"])
def test_programs_and_ci_see_none(scenario: Write, options: list[str], ci: str) -> None:
    _, seen, status = run_on_a_terminal(scenario(SCENARIO), *options, hold=2 * PATIENCE, ci=ci)

    assert (seen, status) == ("", 0)
