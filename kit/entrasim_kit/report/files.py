"""Files that grow while a run goes on, and are whole JSON whenever it ends."""

from pathlib import Path
from typing import Any

import orjson


class JsonArrayFile:
    """A JSON array that is written item by item, so that memory stays flat.

    Args:
        path: The file; it is written anew.
        head: What stands before the first item.
        tail: What stands after the last.
    """

    def __init__(self, path: Path, *, head: str = "[\n", tail: str = "\n]\n") -> None:
        self._file = path.open("w", encoding="utf-8")
        self._tail = tail
        self._separator = ""
        self._file.write(head)

    def write(self, item: Any) -> None:
        """Add one item."""
        self._file.write(self._separator + orjson.dumps(item).decode())
        self._separator = ",\n"

    def close(self) -> None:
        """End the array."""
        if not self._file.closed:
            self._file.write(self._tail)
            self._file.close()
