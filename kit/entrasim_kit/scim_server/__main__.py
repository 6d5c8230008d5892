"""The child process: `python -m entrasim_kit.scim_server`, owned through its stdin and stdout.

The first line in is the configuration, so that no token stands in arguments or environment; the
first line out is `{"port": N}`, when connections are accepted. What follows is in `commands`.
The end of stdin ends the process at once: that is how it learns that its owner is gone, however
that came about.
"""

import asyncio
import os
import sys
from contextlib import closing
from io import FileIO
from threading import Thread

import orjson

from entrasim_kit.scim_server.app import App
from entrasim_kit.scim_server.commands import Commands
from entrasim_kit.scim_server.config import ServerConfig, ServerError
from entrasim_kit.scim_server.server import HttpServer, listening


def main() -> int:
    """Serve until told to stop; 1 with a sentence on stderr when that cannot begin."""
    # Unbuffered, because a thread that waits in a buffered read spoils the interpreter's end.
    owner = FileIO(sys.stdin.fileno(), closefd=False)
    first = owner.readline()
    if not first:
        return 0
    try:
        _serve(ServerConfig.from_json(orjson.loads(first)), owner)
    except ServerError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the owner reads it there
        return 1
    return 0


def _serve(config: ServerConfig, owner: FileIO) -> None:
    with closing(App(config)) as app, listening(config) as sock:

        def started() -> None:
            loop = asyncio.get_running_loop()
            Thread(target=_obey, args=(owner, commands, loop), daemon=True).start()
            _say(orjson.dumps({"port": sock.getsockname()[1]}))

        server = HttpServer(app, started)
        commands = Commands(app, server.stop)
        server.run(sockets=[sock])


def _obey(owner: FileIO, commands: Commands, loop: asyncio.AbstractEventLoop) -> None:
    """Pass commands to the loop, which does them between two requests."""
    for line in owner:
        loop.call_soon_threadsafe(_answer, commands, line)
    os._exit(0)


def _answer(commands: Commands, line: bytes) -> None:
    _say(commands.answer(line))


def _say(line: bytes) -> None:
    os.write(sys.stdout.fileno(), line + b"\n")


if __name__ == "__main__":
    sys.exit(main())
