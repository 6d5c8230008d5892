"""Object ids for a series of made-up objects."""

from hashlib import sha1
from uuid import UUID

_VERSION = 0x50
_VARIANT = 0x80


class ObjectIds:
    """The ids of objects 0, 1, 2 and so on.

    They are those that `identifiers.object_id` gives to the name `<series>/<number>`, in a third
    of the time: what they begin with is hashed once, and the GUID is put together by hand.
    """

    __slots__ = ("_prefix",)

    def __init__(self, tenant: str, kind: str, series: str) -> None:
        name = f"{kind}/{series}/".encode()
        self._prefix = sha1(UUID(tenant).bytes + name, usedforsecurity=False)

    def __call__(self, number: int) -> str:
        """The id of object `number`."""
        hashed = self._prefix.copy()
        hashed.update(b"%d" % number)
        octets = bytearray(hashed.digest()[:16])
        octets[6] = octets[6] & 0x0F | _VERSION
        octets[8] = octets[8] & 0x3F | _VARIANT
        text = octets.hex()
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
