"""Containers: the embedded SCIM server's image, built on first use, and containers of it.

    with EntraScimContainer() as server:
        server.url, server.token

`docker` and `testcontainers` are slow to import, so that this module is imported where it is used.
"""

import hashlib
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Self

import docker
import orjson
from docker.errors import DockerException, ImageNotFound
from docker.utils.socket import frames_iter
from requests.exceptions import RequestException
from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import HttpWaitStrategy

from entrasim_kit.images import WHEELS_VARIABLE, write_context
from entrasim_kit.scim_server.config import DEFAULT_PATH, ServerError
from entrasim_kit.scim_server.tokens import mint_token

BASE_IMAGE_VARIABLE: Final = "ENTRASIM_BASE_IMAGE"
"""The environment variable that names another base image."""

BASE_IMAGE: Final = "python:3.12-slim"
REPOSITORY: Final = "entrasim-scim-server"
PORT: Final = 8880
_STDOUT: Final = 1
_GRACE_SECONDS: Final = 5


def scim_server_image() -> str:
    """The tag of the image of the running version; it is built where the engine has none.

    The environment variables ENTRASIM_BASE_IMAGE and ENTRASIM_WHEELS tell what it is built from.

    Raises:
        ServerError: there is no engine, or the image cannot be built.
    """
    wheels = os.environ.get(WHEELS_VARIABLE)
    base = os.environ.get(BASE_IMAGE_VARIABLE, BASE_IMAGE)
    with TemporaryDirectory(prefix="entrasim-image-") as folder, _engine() as engine:
        write_context(Path(folder), wheels=Path(wheels) if wheels else None)
        tag = f"{REPOSITORY}:{_digest(Path(folder), base)}"
        try:
            engine.images.get(tag)
        except ImageNotFound:
            arguments = {"BASE_IMAGE": base}
            engine.images.build(path=folder, tag=tag, buildargs=arguments, rm=True, forcerm=True)
        return tag


@contextmanager
def _engine() -> Iterator[docker.DockerClient]:
    """A client of the container engine; its failures become sentences."""
    try:
        engine = docker.from_env()
    except DockerException:
        where = os.environ.get("DOCKER_HOST", "its usual socket")
        raise ServerError(
            f"no container engine answers at {where}; start Docker, or use --target embedded"
        ) from None
    try:
        yield engine
    except DockerException as error:
        raise ServerError(f"the container engine refuses: {error}") from None
    finally:
        engine.close()


def _digest(folder: Path, base: str) -> str:
    """What the image is made of, in short: another content is another tag."""
    found = hashlib.sha256(base.encode())
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        found.update(path.relative_to(folder).as_posix().encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


class EntraScimContainer(DockerContainer):
    """The embedded SCIM server in a container, in the style of testcontainers.

    Its port on this machine stays the same over a restart of the container.

    Args:
        image: An image; by default that of the running version, built on first use.
        token: The token to accept; by default one is minted.
        port: The port of this machine; by default a free one.

    Raises:
        ServerError: there is no engine, or the image cannot be built.
    """

    def __init__(
        self, image: str | None = None, *, token: str | None = None, port: int | None = None
    ) -> None:
        super().__init__(image or scim_server_image())
        self.token = token or mint_token()
        self.port = port or _free_port()
        self.with_env("ENTRASIM_TOKEN", self.token)
        self.ports = {f"{PORT}/tcp": ("127.0.0.1", self.port)}  # type: ignore[dict-item]

    @property
    def url(self) -> str:
        """The tenant URL."""
        return f"http://127.0.0.1:{self.port}{DEFAULT_PATH}"

    def start(self) -> Self:
        """Start it, and wait until it answers."""
        super().start()
        self._await_answer()
        return self

    def restart(self) -> None:
        """Stop the server and start it again, with what it holds, at the same port."""
        self.get_wrapped_container().restart(timeout=_GRACE_SECONDS)
        self._await_answer()

    def _await_answer(self) -> None:
        HttpWaitStrategy(PORT, f"{DEFAULT_PATH}/ServiceProviderConfig").with_header(
            "Authorization", f"Bearer {self.token}"
        ).wait_until_ready(self)

    def get_container_host_ip(self) -> str:
        """Ports are published on loopback alone."""
        return "127.0.0.1"

    def get_exposed_port(self, port: int) -> int:  # noqa: ARG002 - there is one
        """The port of this machine."""
        return self.port


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


class ServerInContainer:
    """The server's process in a container that ends with its owner, even when that is killed.

    It is talked to through stdin and stdout, like the child process. The engine closes its stdin
    when the connection to it breaks, upon which the process ends and the container is removed.

    Raises:
        ServerError: there is no engine, or the image cannot be built.
    """

    listen_on: tuple[str, int | None] = ("0.0.0.0", PORT)  # noqa: S104 - within the container

    def __init__(self) -> None:
        image = scim_server_image()
        with ExitStack() as opened:
            self._engine = opened.enter_context(_engine())
            self._container = self._engine.containers.create(
                image,
                ["python", "-m", "entrasim_kit.scim_server"],
                stdin_open=True,
                auto_remove=True,
                ports={f"{PORT}/tcp": ("127.0.0.1",)},  # type: ignore[dict-item]
            )
            opened.callback(self._remove)
            # Attached before it starts: from its first moment on it ends when this process does.
            streams = {"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}
            self._socket: Any = self._container.attach_socket(params=streams)
            opened.callback(self._close_stdin)
            self._container.start()
            self._opened = opened.pop_all()
        self._frames = frames_iter(self._socket, tty=False)  # type: ignore[no-untyped-call]
        self._read = b""

    def ask(self, message: Mapping[str, Any]) -> Any:
        """Send one line and wait for the answer to it.

        Raises:
            ServerError: there is no answer, because the container has ended.
        """
        words = b""
        with suppress(OSError):
            self._socket._sock.sendall(orjson.dumps(message) + b"\n")  # noqa: SLF001 - no other way
            while b"\n" not in self._read:
                stream, data = next(self._frames, (None, b""))
                if stream is None:
                    break
                if stream == _STDOUT:
                    self._read += data
                else:
                    words += data
        line, found, self._read = self._read.partition(b"\n")
        if not found:
            raise ServerError(f"the SCIM server's container has ended: {words.decode().strip()}")
        return orjson.loads(line)

    def published(self, port: int) -> int:
        """The port of this machine that the engine has chosen."""
        self._container.reload()
        ports: Any = self._container.attrs["NetworkSettings"]["Ports"]
        return int(ports[f"{port}/tcp"][0]["HostPort"])

    def end(self) -> None:
        """Close its stdin, upon which it ends, and wait until the container is gone."""
        self._opened.close()

    def _close_stdin(self) -> None:
        self._socket._sock.close()  # noqa: SLF001 - no other way
        self._socket.close()
        with suppress(DockerException, RequestException):
            self._container.wait(timeout=_GRACE_SECONDS, condition="removed")

    def _remove(self) -> None:
        """What has not ended by itself, or has never started, is removed by its id."""
        with suppress(DockerException):
            self._container.remove(force=True)
