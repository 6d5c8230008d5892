"""Running the server: a socket, uvicorn, and an end that is clean."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import uvicorn

from entrasim_kit.scim_server.app import App
from entrasim_kit.scim_server.config import ServerConfig, ServerError

_KEEP_ALIVE_SECONDS = 75
_GRACE_SECONDS = 1


def serve(config: ServerConfig, *, started: Callable[[int], None] | None = None) -> None:
    """Serve in the foreground until SIGINT or SIGTERM, then end within about a second.

    `started` is told the port as soon as connections are accepted.

    Raises:
        ServerError: the port is taken, or a file cannot be used.
    """
    with closing(App(config)) as app, listening(config) as sock:
        port = sock.getsockname()[1]
        HttpServer(app, lambda: started and started(port)).run(sockets=[sock])


@contextmanager
def listening(config: ServerConfig) -> Iterator[socket.socket]:
    """The socket of a configuration, bound.

    Raises:
        ServerError: it cannot be had.
    """
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        sock = socket.create_server((config.host, config.port), family=family)
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (while")[0]
        raise ServerError(f"cannot listen on {config.host}, port {config.port}: {reason}") from None
    with sock:
        yield sock


class HttpServer(uvicorn.Server):
    """uvicorn that tells when it accepts connections, and ends quietly on a signal."""

    def __init__(self, app: App, started: Callable[[], object]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                interface="asgi3",
                lifespan="off",
                ws="none",
                log_config=None,
                log_level="error",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=_KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=_GRACE_SECONDS,
            )
        )
        self._tell_started = started

    def stop(self) -> None:
        """End after the requests that are being answered."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept connections, then tell."""
        await super().startup(sockets=sockets)
        self._tell_started()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on a signal; uvicorn's own way raises it again after a clean stop."""
        numbers = (signal.SIGINT, signal.SIGTERM)
        previous = [signal.signal(number, lambda *_: self.stop()) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, previous, strict=True):
                signal.signal(number, handler)
