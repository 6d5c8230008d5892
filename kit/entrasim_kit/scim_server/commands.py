"""What the owner of a child process can tell it: one JSON object a line, one answer a line.

    {"command": "reset", "base": "/scim/v2"}     forget all resources there, or everywhere
    {"command": "add_base", "base": {...}}       serve another base path, see `Base.as_json`
    {"command": "stop"}                          end after the requests that are being answered

An answer is `{"ok": true}` or `{"error": "why not"}`.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson

from entrasim_kit.scim_server.app import App
from entrasim_kit.scim_server.config import Base, ServerError
from entrasim_kit.scim_server.errors import StorageFailure


class Commands:
    """Carries out commands on a running application."""

    def __init__(self, app: App, stop: Callable[[], None]) -> None:
        self.app = app
        self.stop = stop

    def answer(self, line: bytes) -> bytes:
        """Do what one line says."""
        sent = orjson.loads(line)
        command = _COMMANDS.get(sent["command"])
        if command is None:
            return orjson.dumps({"error": f"there is no command {sent['command']}"})
        try:
            command(self, sent)
        except (ServerError, StorageFailure) as error:
            return orjson.dumps({"error": str(error)})
        return orjson.dumps({"ok": True})


def _reset(commands: Commands, sent: Mapping[str, Any]) -> None:
    commands.app.reset(sent.get("base"))


def _add_base(commands: Commands, sent: Mapping[str, Any]) -> None:
    commands.app.add_base(Base.from_json(sent["base"]))


def _stop(commands: Commands, _sent: Mapping[str, Any]) -> None:
    commands.stop()


_COMMANDS: Final[Mapping[str, Callable[[Commands, Mapping[str, Any]], None]]] = {
    "reset": _reset,
    "add_base": _add_base,
    "stop": _stop,
}
