"""The child process: its start, its commands, and its end with its parent."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

import httpx
import orjson
import pytest

from entrasim_kit.scim_server.child import EmbeddedServer
from entrasim_kit.scim_server.config import Base, ServerConfig, ServerError

DEADLINE = 10


def wait_until_closed(port: int) -> None:
    """Return when nobody accepts connections at the port."""
    until = time.monotonic() + DEADLINE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return
        time.sleep(0.01)
    pytest.fail(f"port {port} is still open after {DEADLINE} s")


def process_of(server: EmbeddedServer) -> "subprocess.Popen[bytes]":
    assert server._child is not None
    return server._child._process


def test_it_serves_and_leaves_nothing_behind():
    with EmbeddedServer() as server:
        url, token = server.access()
        assert url == f"http://127.0.0.1:{server.port}/scim/v2"
        headers = {"Authorization": f"Bearer {token}"}
        assert httpx.get(f"{url}/Users", headers=headers, trust_env=False).status_code == 200
        process = process_of(server)
    assert process.returncode == 0  # it has been waited for, so it is no zombie
    wait_until_closed(server.port)
    server.close()


def test_it_can_be_started_again():
    server = EmbeddedServer()
    for _ in range(2):
        with server:
            url, token = server.access()
            headers = {"Authorization": f"Bearer {token}"}
            assert httpx.get(f"{url}/Users", headers=headers, trust_env=False).status_code == 200


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads /proc, which Linux has")
def test_neither_arguments_nor_environment_hold_a_token():
    with EmbeddedServer() as server:
        token = server.access().token.encode()
        for file in ("cmdline", "environ"):
            assert token not in Path(f"/proc/{process_of(server).pid}/{file}").read_bytes()
        assert token.decode() not in repr(server.access())


def test_it_is_quick_to_start_because_it_imports_little():
    code = "import sys, entrasim_kit.scim_server.__main__; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    ).stdout.split()
    packages = {name.partition(".")[0] for name in loaded}
    assert not packages & {"entrasim", "httpx", "pydantic", "rich", "yaml", "faker", "regex"}


def test_it_says_why_it_does_not_start(tmp_path: Path):
    missing = tmp_path / "missing.json"
    server = EmbeddedServer(load=missing)
    with pytest.raises(ServerError) as caught:
        server.start()
    assert str(caught.value) == (
        f"the SCIM server has ended: {missing} cannot be read: No such file or directory"
    )
    assert server._child is None


def test_it_says_when_the_port_is_taken(server: Any):
    with pytest.raises(ServerError) as caught:
        EmbeddedServer(port=server.port).start()
    assert str(caught.value) == (
        "the SCIM server has ended: "
        f"cannot listen on 127.0.0.1, port {server.port}: Address already in use"
    )


def test_it_says_when_the_child_has_died():
    with EmbeddedServer() as server:
        process_of(server).kill()
        with pytest.raises(ServerError) as caught:
            server.reset()
        assert str(caught.value) == "the SCIM server has ended: exit status -9"


def test_it_cannot_be_told_anything_unless_it_runs():
    with pytest.raises(ServerError) as caught:
        EmbeddedServer().reset()
    assert str(caught.value) == "the SCIM server is not running"


def test_a_base_that_is_not_served_cannot_be_reset(server: Any):
    with pytest.raises(ServerError) as caught:
        server.reset("/nothing")
    assert str(caught.value) == "the base path /nothing is not served"


def test_it_dies_with_a_parent_that_is_killed():
    code = (
        "from entrasim_kit.scim_server.child import EmbeddedServer\n"
        "server = EmbeddedServer()\n"
        "server.start()\n"
        "print(server.port, flush=True)\n"
        "input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        port = int(parent.stdout.readline())
        socket.create_connection(("127.0.0.1", port)).close()
        parent.send_signal(signal.SIGKILL)
    wait_until_closed(port)


class Pipes:
    """The protocol of `python -m entrasim_kit.scim_server`, without `EmbeddedServer`."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "entrasim_kit.scim_server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def tell(self, message: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(orjson.dumps(message) + b"\n")
        self.process.stdin.flush()
        return orjson.loads(self.process.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self.process:
            pass


CONFIG = ServerConfig(bases=(Base(tokens=("t",)),))


def test_it_ends_at_once_without_a_configuration():
    with Pipes() as child:
        assert child.process.stdin is not None
        child.process.stdin.close()
        assert child.process.wait(DEADLINE) == 0


def test_it_ends_at_once_when_its_stdin_ends():
    with Pipes() as child:
        port = child.tell(CONFIG.as_json())["port"]
        with socket.create_connection(("127.0.0.1", port)):  # an open connection delays nothing
            assert child.process.stdin is not None
            child.process.stdin.close()
            assert child.process.wait(DEADLINE) == 0
    wait_until_closed(port)


def test_stop_ends_it():
    with Pipes() as child:
        port = child.tell(CONFIG.as_json())["port"]
        assert child.tell({"command": "stop"}) == {"ok": True}
        assert child.process.wait(DEADLINE) == 0
    wait_until_closed(port)


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ({"command": "reset"}, {"ok": True}),
        ({"command": "reset", "base": "/x"}, {"error": "the base path /x is not served"}),
        (
            {"command": "add_base", "base": Base(tokens=("t",)).as_json()},
            {"error": "the base path /scim/v2 is served already"},
        ),
        ({"command": "dance"}, {"error": "there is no command dance"}),
    ],
)
def test_each_command_has_one_answer(message: Any, answer: Any):
    with Pipes() as child:
        child.tell(CONFIG.as_json())
        assert child.tell(message) == answer


@pytest.mark.parametrize(
    ("path", "tokens", "message"),
    [
        ("scim", ("t",), '"scim" is no base path; write for example /scim/v2'),
        ("/scim/", ("t",), '"/scim/" is no base path; write for example /scim/v2'),
        ("/", ("t",), '"/" is no base path; write for example /scim/v2'),
        ("/scim", (), "the base path /scim needs a token"),
        ("/scim", ("",), "the base path /scim needs a token"),
    ],
)
def test_a_base_has_a_path_and_a_token(path: str, tokens: tuple[str, ...], message: str):
    with pytest.raises(ServerError) as caught:
        Base(path=path, tokens=tokens)
    assert str(caught.value) == message


def test_a_configuration_comes_through_the_pipe_unchanged_and_shows_no_token():
    config = ServerConfig(
        bases=(Base(tokens=("secret",), unique_group_names=False), Base(path="/b", tokens=("c",))),
        host="0.0.0.0",
        port=8080,
        seed="7",
        data=Path("data.db"),
        load=Path("load.json"),
    )
    assert ServerConfig.from_json(orjson.loads(orjson.dumps(config.as_json()))) == config
    assert "secret" not in repr(config)
