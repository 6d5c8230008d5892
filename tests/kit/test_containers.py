"""The image of the SCIM server, containers of it, and what is left of them."""

import signal
from collections.abc import Iterator
from pathlib import Path

import docker
import httpx
import pytest
from docker.models.containers import Container
from tests.kit.cli.conftest import ROOT, start_tool
from tests.kit.cli.test_interruption import EMBEDDED, eventually

from entrasim_kit.cli.main import invoke
from entrasim_kit.containers import EntraScimContainer, scim_server_image

USER = {
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
    "userName": "ana@contoso.example",
}


def containers_of_ours() -> set[str]:
    """The ids of the containers of the image, whatever their state."""
    engine = docker.from_env()
    try:
        found = engine.containers.list(all=True, filters={"ancestor": scim_server_image()})
        return {str(each.id) for each in found}
    finally:
        engine.close()


@pytest.fixture(scope="module")
def server() -> Iterator[EntraScimContainer]:
    with EntraScimContainer() as started:
        yield started


def get(server: EntraScimContainer, path: str, token: str | None = None) -> httpx.Response:
    header = {"Authorization": f"Bearer {token or server.token}"}
    return httpx.get(f"{server.url}{path}", headers=header, trust_env=False)


def inspected(server: EntraScimContainer) -> Container:
    container = server.get_wrapped_container()
    container.reload()
    return container


@pytest.mark.docker
class TestEntraScimContainer:
    def test_a_request_needs_the_minted_token(self, server: EntraScimContainer) -> None:
        statuses = [get(server, "/Users").status_code, get(server, "/Users", "wrong").status_code]

        assert statuses == [200, 401]

    def test_nobody_is_root_in_it(self, server: EntraScimContainer) -> None:
        _, output = server.get_wrapped_container().exec_run(["id", "-u"])

        assert output == b"10001\n"

    def test_it_tells_that_it_is_healthy(self, server: EntraScimContainer) -> None:
        def healthy() -> bool:
            return str(inspected(server).attrs["State"]["Health"]["Status"]) == "healthy"

        assert eventually(healthy)

    def test_it_listens_on_loopback_alone(self, server: EntraScimContainer) -> None:
        ports = inspected(server).attrs["NetworkSettings"]["Ports"]

        assert ports["8880/tcp"] == [{"HostIp": "127.0.0.1", "HostPort": str(server.port)}]

    def test_port_and_resources_are_kept_over_a_restart(self, server: EntraScimContainer) -> None:
        header = {"Authorization": f"Bearer {server.token}"}
        created = httpx.post(f"{server.url}/Users", json=USER, headers=header, trust_env=False)

        server.restart()

        assert get(server, f"/Users/{created.json()['id']}").json() == created.json()

    def test_it_stops_cleanly(self) -> None:
        with EntraScimContainer() as server:
            container = server.get_wrapped_container()
            container.stop(timeout=10)
            assert container.wait()["StatusCode"] == 0


@pytest.mark.docker
class TestTargetContainer:
    @pytest.mark.parametrize("name", ["qualytics-directory-sync", "nested-groups"])
    def test_a_shipped_scenario_passes_and_no_container_is_left(self, name: str) -> None:
        before = containers_of_ours()

        status = invoke(["run", "--target", "container", f"{ROOT}/scenarios/{name}.yaml"])

        assert status == 0
        assert eventually(lambda: containers_of_ours() == before)

    @pytest.mark.parametrize(
        ("number", "status"),
        [(signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGKILL, -signal.SIGKILL)],
        ids=["Ctrl-C", "SIGTERM", "SIGKILL"],
    )
    def test_the_container_goes_with_the_tool(
        self, tmp_path: Path, number: signal.Signals, status: int
    ) -> None:
        file = tmp_path / "scenario.yaml"
        file.write_text(EMBEDDED, encoding="utf-8")
        before = containers_of_ours()
        tool = start_tool("run", "--target", "container", file)
        assert eventually(lambda: containers_of_ours() > before)

        tool.send_signal(number)
        tool.communicate(timeout=20)

        assert tool.returncode == status
        assert eventually(lambda: containers_of_ours() == before)


def test_without_an_engine_the_run_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    tool = start_tool("run", "--target", "container", ROOT / "scenarios/nested-groups.yaml")

    shown, complaints = tool.communicate(timeout=20)

    assert (tool.returncode, complaints) == (3, "")
    assert shown == (
        "              no container engine answers at unix:///nowhere/docker.sock; "
        "start Docker, or use --target embedded\n"
        "No target: 0 steps, 0 requests, nothing provisioned, 0.0 s\n"
    )
