"""Randomness as a function: the draws of number i follow from the seed and from i alone.

One BLAKE2b digest of (purpose, seed, number) gives sixteen independent numbers of 32 bits, one
for each thing to decide. Nothing has a state, so person 900,000 costs what person 0 costs, and
comes out the same on every platform and with every version of Python.
"""

import struct
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final

COUNT: Final = 16
"""How many draws a number has."""

_SPAN: Final = 2**32
_unpack: Final = struct.Struct(f"<{COUNT}I").unpack


class Draws:
    """The draws for one purpose (`"person"`, `"guest"`) under one seed."""

    __slots__ = ("_prefix",)

    def __init__(self, purpose: str, seed: int) -> None:
        self._prefix = blake2b(f"{purpose}/{seed}/".encode())

    def __call__(self, number: int | str) -> tuple[int, ...]:
        """The sixteen draws of `number`, each at least 0 and below 2 to the 32."""
        digest = self._prefix.copy()
        digest.update(b"%d" % number if isinstance(number, int) else number.encode())
        return _unpack(digest.digest())

    def stream(self) -> Iterator[int]:
        """All draws in a row: those of 0, then those of 1, and so on."""
        number = 0
        while True:
            yield from self(number)
            number += 1


def threshold(share: float) -> int:
    """The number that a draw falls below with the probability `share`."""
    return round(share * _SPAN)
