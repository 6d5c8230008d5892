"""`--data FILE`: the data of a server, kept in SQLite over restarts and kills.

A change is in the file before its request is answered. With a write-ahead log that holds when
the process is killed at any moment; a power cut may cost the last changes, never the file.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from entrasim_kit.scim_server.config import ServerError
from entrasim_kit.scim_server.errors import StorageFailure
from entrasim_kit.scim_server.journal import Change, Deleted, MembersChanged, Saved
from entrasim_kit.scim_server.records import Record

_APPLICATION_ID: Final = 0x5C1A0001
"""Marks the file as ours, in this form (https://sqlite.org/pragma.html#pragma_application_id)."""

_TABLES: Final = """
CREATE TABLE resource (
    base TEXT, id TEXT, type TEXT, head BLOB, created TEXT, modified TEXT, version INTEGER,
    UNIQUE (base, id)
);
CREATE TABLE member (
    base TEXT, group_id TEXT, member_id TEXT,
    UNIQUE (base, group_id, member_id)
);
"""

_SAVE: Final = """
INSERT INTO resource VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (base, id)
DO UPDATE SET head = excluded.head, modified = excluded.modified, version = excluded.version
"""


class DataFile:
    """One file for all bases of a server. A second server cannot open it at the same time."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Raises:
            ServerError: it cannot be opened, is used by another server, or is no data file.
        """
        with ExitStack() as opened:
            try:
                self._connection = sqlite3.connect(path, isolation_level=None, timeout=0)
                opened.callback(self._connection.close)
                _prepare(self._connection)
            except sqlite3.DatabaseError as error:
                reason = "another server uses it" if "locked" in str(error) else error
                raise ServerError(f"the data file {path} cannot be used: {reason}") from None
            self._opened = opened.pop_all()

    def journal(self, base: str) -> "FileJournal":
        """What belongs to one base path."""
        return FileJournal(self._connection, base)

    def close(self) -> None:
        """Put everything into the one file and let go of it."""
        self._opened.close()


class FileJournal:
    """The part of a data file that keeps one store."""

    def __init__(self, connection: sqlite3.Connection, base: str) -> None:
        self._connection = connection
        self._base = base

    def read(self) -> Iterator[Saved | MembersChanged]:
        """Resources in the order in which they were created, then members as they joined."""
        rows = self._connection.execute(
            "SELECT type, id, head, created, modified, version FROM resource"
            " WHERE base = ? ORDER BY rowid",
            (self._base,),
        )
        for type_, id_, head, created, modified, version in rows:
            record = Record(
                id=id_, head=head, keys=(), created=created, modified=modified, version=version
            )
            yield Saved(resource_type=type_, record=record)
        members = self._connection.execute(
            "SELECT group_id, member_id FROM member WHERE base = ? ORDER BY rowid", (self._base,)
        )
        for group, member in members:
            yield MembersChanged(group=group, added=(member,))

    def write(self, changes: Iterable[Change]) -> None:
        """Keep the changes, all or none."""
        with self._transaction():
            for change in changes:
                self._write(change)

    def clear(self) -> None:
        """Forget what this store held."""
        with self._transaction():
            self._connection.execute("DELETE FROM resource WHERE base = ?", (self._base,))
            self._connection.execute("DELETE FROM member WHERE base = ?", (self._base,))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise StorageFailure(f"the data file cannot be written: {error}") from None

    def _write(self, change: Change) -> None:
        run, base = self._connection.execute, self._base
        match change:
            case Saved(resource_type=type_, record=record):
                run(
                    _SAVE,
                    (
                        base,
                        record.id,
                        type_,
                        record.head,
                        record.created,
                        record.modified,
                        record.version,
                    ),
                )
            case Deleted(id=id_):
                run("DELETE FROM resource WHERE base = ? AND id = ?", (base, id_))
                run("DELETE FROM member WHERE base = ? AND group_id = ?", (base, id_))
            case MembersChanged(group=group, added=added, removed=removed):
                self._connection.executemany(
                    "DELETE FROM member WHERE base = ? AND group_id = ? AND member_id = ?",
                    [(base, group, each) for each in removed],
                )
                self._connection.executemany(
                    "INSERT INTO member VALUES (?, ?, ?)", [(base, group, each) for each in added]
                )


def _prepare(connection: sqlite3.Connection) -> None:
    """Take the file for this process alone, and make the tables in a new one."""
    run = connection.execute
    run("PRAGMA locking_mode = EXCLUSIVE")
    (mark,) = run("PRAGMA application_id").fetchone()
    (tables,) = run("SELECT count(*) FROM sqlite_master").fetchone()
    if mark != _APPLICATION_ID and tables:
        raise sqlite3.DatabaseError("it is another program's database")
    run("PRAGMA journal_mode = WAL")
    run("PRAGMA synchronous = NORMAL")
    run("BEGIN EXCLUSIVE")
    if not tables:
        run(f"PRAGMA application_id = {_APPLICATION_ID}")
        for statement in filter(str.strip, _TABLES.split(";")):
            run(statement)
    run("COMMIT")
