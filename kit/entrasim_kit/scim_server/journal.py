"""The port through which a store keeps its changes, and the one that keeps nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from entrasim_kit.scim_server.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A resource is new or has changed; its members are told apart."""

    resource_type: str
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """A resource is gone."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersChanged:
    """Some members came, some left."""

    group: str
    added: Sequence[str] = ()
    removed: Sequence[str] = ()


Change = Saved | Deleted | MembersChanged


class Journal(Protocol):
    """Keeps what one store holds."""

    def read(self) -> Iterator[Saved | MembersChanged]:
        """What is kept, as the changes that lead to it: resources first, then members."""

    def write(self, changes: Iterable[Change]) -> None:
        """Keep all of these changes or none; when this returns, they outlive the process.

        Raises:
            StorageFailure: they cannot be kept.
        """

    def clear(self) -> None:
        """Forget everything.

        Raises:
            StorageFailure: it cannot be forgotten.
        """


class NoJournal:
    """Keeps nothing: the data lives as long as the process."""

    def read(self) -> Iterator[Saved | MembersChanged]:
        """Nothing."""
        return iter(())

    def write(self, changes: Iterable[Change]) -> None:
        """Nothing is kept."""

    def clear(self) -> None:
        """There is nothing to forget."""
