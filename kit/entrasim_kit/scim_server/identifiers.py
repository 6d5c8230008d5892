"""The ids that the server gives."""

from random import Random
from uuid import UUID, uuid4


class Identifiers:
    """Random ids, or with a seed always the same sequence of them."""

    def __init__(self, seed: str | None = None) -> None:
        self._seed = seed
        self.restart()

    def restart(self) -> None:
        """Begin the sequence anew."""
        self._random = None if self._seed is None else Random(self._seed)  # noqa: S311 - no secret

    def new(self) -> str:
        """The next id, a version 4 UUID."""
        if self._random is None:
            return str(uuid4())
        return str(UUID(int=self._random.getrandbits(128), version=4))
