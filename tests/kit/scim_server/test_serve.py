"""The server in the foreground: from its start to a signal."""

import signal
import subprocess
import sys
import time
from typing import Any

import httpx
import pytest

CODE = """
from entrasim_kit.scim_server.config import Base, ServerConfig
from entrasim_kit.scim_server.server import serve
config = ServerConfig(bases=(Base(tokens=("a-token",)),))
serve(config, started=lambda port: print(port, flush=True))
print("ended")
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly_within_a_second(number: signal.Signals):
    with subprocess.Popen(
        [sys.executable, "-c", CODE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        url = f"http://127.0.0.1:{int(process.stdout.readline())}/scim/v2"
        headers = {"Authorization": "Bearer a-token"}
        with httpx.Client(base_url=url, headers=headers, trust_env=False) as client:
            assert client.get("/Users").status_code == 200  # the connection stays open
            began = time.monotonic()
            process.send_signal(number)
            assert process.wait(10) == 0
            assert time.monotonic() - began < 1
        assert process.stdout.read() == "ended\n"
        assert process.stderr.read() == ""


def test_a_port_that_is_taken_is_said_without_a_traceback(server: Any):
    code = f"""
from entrasim_kit.scim_server.config import Base, ServerConfig, ServerError
from entrasim_kit.scim_server.server import serve
try:
    serve(ServerConfig(bases=(Base(tokens=("t",)),), port={server.port}))
except ServerError as error:
    print(error)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == f"cannot listen on 127.0.0.1, port {server.port}: Address already in use\n"
    assert run.stderr == ""
