"""What a server is started with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

DEFAULT_PATH: Final = "/scim/v2"


class ServerError(Exception):
    """The server cannot start, or cannot do what its owner tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A base path with resources and tokens of its own, like one customer of a vendor.

    Real servers differ in whether two groups may have one name; Entra needs them to be unique.
    """

    path: str = DEFAULT_PATH
    tokens: tuple[str, ...] = field(repr=False)
    unique_group_names: bool = True

    def __post_init__(self) -> None:
        if not self.path.startswith("/") or self.path.rstrip("/") != self.path:
            raise ServerError(f'"{self.path}" is no base path; write for example {DEFAULT_PATH}')
        if not all(self.tokens) or not self.tokens:
            raise ServerError(f"the base path {self.path} needs a token")

    def as_json(self) -> dict[str, Any]:
        """The base in the form of the protocol between a child process and its parent."""
        return {
            "path": self.path,
            "tokens": list(self.tokens),
            "unique_group_names": self.unique_group_names,
        }

    @classmethod
    def from_json(cls, sent: Mapping[str, Any]) -> "Base":
        """The base that `as_json` has written."""
        return cls(**{**sent, "tokens": tuple(sent["tokens"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerConfig:
    """Where to listen, what to serve and what to keep.

    Port 0 takes any free one. With a `seed` the ids of new resources are always the same
    sequence. `load` fills the first base, unless `data` has kept something there already.
    """

    bases: tuple[Base, ...]
    host: str = "127.0.0.1"
    port: int = 0
    seed: str | None = None
    data: Path | None = None
    load: Path | None = None

    def as_json(self) -> dict[str, Any]:
        """The configuration in the form of the protocol between a child and its parent."""
        return {
            "bases": [base.as_json() for base in self.bases],
            "host": self.host,
            "port": self.port,
            "seed": self.seed,
            "data": self.data and str(self.data),
            "load": self.load and str(self.load),
        }

    @classmethod
    def from_json(cls, sent: Mapping[str, Any]) -> "ServerConfig":
        """The configuration that `as_json` has written."""
        return cls(
            bases=tuple(map(Base.from_json, sent["bases"])),
            host=sent["host"],
            port=sent["port"],
            seed=sent["seed"],
            data=sent["data"] and Path(sent["data"]),
            load=sent["load"] and Path(sent["load"]),
        )
