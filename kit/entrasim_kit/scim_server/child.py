"""The server as a child process, seen from its parent.

    with EmbeddedServer() as server:
        url, token = server.access()

The child ends with the parent, even when the parent is killed.
"""

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self

import orjson

from entrasim_kit.scim_server.config import DEFAULT_PATH, Base, ServerConfig, ServerError
from entrasim_kit.scim_server.tokens import mint_token

_GRACE_SECONDS = 2


class Access(NamedTuple):
    """What a client needs: the URL of a base path, and a token for it."""

    url: str
    token: str

    def __repr__(self) -> str:
        return f"Access(url={self.url!r}, token=...)"


class ServerProcess(Protocol):
    """A process that runs the server and is talked to a line at a time, wherever it runs.

    `listen_on` is the address that it has to listen on, and the port if it is not free to choose.
    """

    listen_on: tuple[str, int | None]

    def ask(self, message: Mapping[str, Any]) -> Any:
        """Send one line and wait for the answer to it."""
        ...

    def published(self, port: int) -> int:
        """The port of this machine at which the process's own port is reached."""
        ...

    def end(self) -> None:
        """End it and wait for that."""
        ...


class EmbeddedServer:
    """A SCIM server in a child process, or in whatever `start_process` starts.

    It serves `/scim/v2` from the beginning; more base paths can be added while it runs, each
    with resources and a token of its own.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        seed: str | None = None,
        data: Path | None = None,
        load: Path | None = None,
        unique_group_names: bool = True,
        start_process: "Callable[[], ServerProcess] | None" = None,
    ) -> None:
        self._start_process = start_process or _Child
        self._settings: dict[str, Any] = {"port": port, "seed": seed, "data": data, "load": load}
        self._unique_group_names = unique_group_names
        self._bases = {DEFAULT_PATH: self._new_base(DEFAULT_PATH)}
        self._lock = Lock()
        self._child: ServerProcess | None = None
        self.port = 0

    def start(self) -> None:
        """Start the child; it accepts connections when this returns.

        Raises:
            ServerError: it has not started; the message tells why.
        """
        self._child = child = self._start_process()
        host, port = child.listen_on
        settings = self._settings | {"host": host, "port": port or self._settings["port"]}
        config = ServerConfig(bases=tuple(self._bases.values()), **settings)
        try:
            self.port = child.published(self._ask(config.as_json())["port"])
        except BaseException:
            self.close()
            raise

    def access(self, base: str = DEFAULT_PATH) -> Access:
        """The URL of a base path and its token."""
        (token,) = self._bases[base].tokens
        return Access(f"http://127.0.0.1:{self.port}{base}", token)

    def add_base(self, name: str) -> Access:
        """Serve a base path of its own for the application called `name`."""
        slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "app"
        path, number = f"/apps/{slug}/scim/v2", 1
        while path in self._bases:
            number += 1
            path = f"/apps/{slug}-{number}/scim/v2"
        base = self._new_base(path)
        self._ask({"command": "add_base", "base": base.as_json()})
        self._bases[path] = base
        return self.access(path)

    def reset(self, base: str | None = None) -> None:
        """Forget all resources below one base path, or everywhere."""
        self._ask({"command": "reset", "base": base})

    def close(self) -> None:
        """End the child and wait for it, so that nothing of it is left."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def _new_base(self, path: str) -> Base:
        return Base(path=path, tokens=(mint_token(),), unique_group_names=self._unique_group_names)

    def _ask(self, message: Mapping[str, Any]) -> Any:
        if self._child is None:
            raise ServerError("the SCIM server is not running")
        with self._lock:
            answer = self._child.ask(message)
        if "error" in answer:
            raise ServerError(answer["error"])
        return answer

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Child:
    """The process, the pipes to it, and a file for what it writes to stderr."""

    listen_on: tuple[str, int | None] = ("127.0.0.1", None)

    def __init__(self) -> None:
        with ExitStack() as opened:
            self._errors = opened.enter_context(TemporaryFile())
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "entrasim_kit.scim_server"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                start_new_session=True,  # Ctrl-C is for the parent, which then ends the child
            )
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._in = opened.enter_context(self._process.stdin)
            self._out = opened.enter_context(self._process.stdout)
            self._opened = opened.pop_all()

    def ask(self, message: Mapping[str, Any]) -> Any:
        """Send one line and wait for the answer to it.

        Raises:
            ServerError: there is no answer, because the process has ended.
        """
        try:
            self._in.write(orjson.dumps(message) + b"\n")
            self._in.flush()
            line = self._out.readline()
        except BrokenPipeError:
            line = b""
        if not line:
            raise ServerError(f"the SCIM server has ended: {self._last_words()}")
        return orjson.loads(line)

    def published(self, port: int) -> int:
        """A child listens on this machine itself."""
        return port

    def end(self) -> None:
        """Close its stdin, upon which it ends, and wait for that."""
        with self._opened:
            with suppress(BrokenPipeError):
                self._in.close()
            try:
                self._process.wait(_GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _last_words(self) -> str:
        """What it has written to stderr, or else its exit status."""
        status = self._process.wait(_GRACE_SECONDS)
        self._errors.seek(0)
        words = self._errors.read().decode(errors="replace").strip()
        return words or f"exit status {status}"
