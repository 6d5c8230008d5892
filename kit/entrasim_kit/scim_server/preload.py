"""`--load FILE`: users and groups that are there from the beginning.

The file holds SCIM resources as JSON lines, as a list, or as a ListResponse. Ids are kept where
given, so that groups can name their members.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import orjson

from entrasim_kit.scim_server import members, urns, values
from entrasim_kit.scim_server.config import ServerError
from entrasim_kit.scim_server.errors import InvalidSyntax, InvalidValue, NotUnique, ScimError
from entrasim_kit.scim_server.members import MembersChange
from entrasim_kit.scim_server.records import Record
from entrasim_kit.scim_server.schemas.resource_type import GROUP, USER
from entrasim_kit.scim_server.store import Store
from entrasim_kit.scim_server.views import Views

_ID: Final = re.compile(r"[A-Za-z0-9._~@:+=-]+")
"""Ids stand in URLs and in JSON as they are."""


def load_file(path: Path, store: Store) -> None:
    """Fill a store that is empty; one that has kept something is left alone.

    Raises:
        ServerError: the file cannot be read, or a resource in it cannot be created.
    """
    if len(store):
        return
    joining: list[tuple[str, Record, Any]] = []
    for where, resource in _resources(path):
        with _placed(path, where):
            record, sent = _create(store, resource)
            if sent is not None:
                joining.append((where, record, sent))
    directory = Views(store, base_url="")
    for where, record, sent in joining:
        with _placed(path, where):
            change = MembersChange(record.members)
            members.add(change, directory, sent)
            store.update(GROUP, record, record.attributes(), change)


def _create(store: Store, resource: Any) -> tuple[Record, Any]:
    """Create one resource; its members come when all resources are there."""
    if not isinstance(resource, dict):
        raise InvalidSyntax("a resource is a JSON object")
    schemas = resource.get("schemas")
    is_group = isinstance(schemas, list) and urns.CORE_GROUP in schemas
    kind = GROUP if is_group else USER
    attributes = values.resource(resource, kind)
    sent = attributes.pop("members", None)
    return store.create(kind, attributes, resource_id=_id(store, resource)), sent


def _id(store: Store, resource: Mapping[str, Any]) -> str | None:
    given = resource.get("id")
    if given is None:
        return None
    if not isinstance(given, str) or not _ID.fullmatch(given):
        raise InvalidValue("an id has letters, digits and - . _ ~ @ : + = only")
    if store.type_of(given) is not None:
        raise NotUnique(f"another resource has the id {given}")
    return given


def _resources(path: Path) -> Iterator[tuple[str, Any]]:
    """The resources of the file, each with the place that a message names."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ServerError(f"{path} cannot be read: {error.strerror}") from None
    try:
        whole = orjson.loads(content)
    except orjson.JSONDecodeError:
        yield from _lines(path, content)
        return
    if isinstance(whole, dict) and isinstance(whole.get("Resources"), list):
        whole = whole["Resources"]
    for number, resource in enumerate(whole if isinstance(whole, list) else [whole], start=1):
        yield f"resource {number}", resource


def _lines(path: Path, content: bytes) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            try:
                yield f"line {number}", orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise ServerError(f"{path}, line {number}: not JSON: {error}") from None


@contextmanager
def _placed(path: Path, where: str) -> Iterator[None]:
    """Tell where in the file a refusal comes from."""
    try:
        yield
    except ScimError as error:
        raise ServerError(f"{path}, {where}: {error.detail}") from None
