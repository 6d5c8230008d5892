"""The compose file, with the engine and with whichever compose command there is."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from tests.kit.cli.conftest import ROOT
from tests.kit.cli.test_interruption import eventually
from tests.simulator.wire.servers import unused_port

from entrasim_kit.cli.main import invoke
from entrasim_kit.images import write_context
from entrasim_kit.scim_server.tokens import mint_token

Compose = Callable[..., str]


def compose_command() -> list[str] | None:
    """`docker compose`, else the older `docker-compose`, else None."""
    plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    if plugin.returncode == 0:
        return ["docker", "compose"]
    return ["docker-compose"] if shutil.which("docker-compose") else None


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Compose, str, str]]:
    """The compose file in a folder of its own, brought down afterwards; with URL and token."""
    command = compose_command()
    if command is None:
        pytest.skip("no compose command is installed")
    wheels = os.environ.get("ENTRASIM_WHEELS")
    write_context(tmp_path / "build/scim-server", wheels=Path(wheels) if wheels else None)
    shutil.copytree(ROOT / "compose", tmp_path / "compose")
    port, token = unused_port(), mint_token()
    monkeypatch.setenv("ENTRASIM_TOKEN", token)
    monkeypatch.setenv("ENTRASIM_PORT", str(port))
    where = ["-f", str(tmp_path / "compose/compose.yaml"), "-p", f"entrasim-test-{port}"]

    def compose(*arguments: str) -> str:
        done = subprocess.run(
            [*command, *where, *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    try:
        yield compose, f"http://127.0.0.1:{port}/scim/v2", token
    finally:
        compose("down", "--volumes", "--rmi", "local", "--timeout", "10")


@pytest.mark.docker
def test_compose_serves_what_it_keeps(project: tuple[Compose, str, str]) -> None:
    compose, url, token = project

    def users() -> int | None:
        try:
            header = {"Authorization": f"Bearer {token}"}
            answer = httpx.get(f"{url}/Users", headers=header, trust_env=False)
        except httpx.TransportError:
            return None
        total: int = answer.json()["totalResults"]
        return total

    compose("up", "--build", "--detach")
    assert eventually(lambda: users() == 0)
    scenario = str(ROOT / "scenarios/nested-groups.yaml")
    assert invoke(["run", "--target", url, "--token", token, scenario]) == 0
    kept = users()
    assert kept

    compose("restart", "--timeout", "10")

    assert eventually(lambda: users() == kept)
