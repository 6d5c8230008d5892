"""Reading the body of a PATCH request."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from entrasim_kit.scim_server import urns
from entrasim_kit.scim_server.errors import InvalidSyntax, InvalidValue, NoTarget


class Op(StrEnum):
    """What an operation does."""

    ADD = "add"
    REPLACE = "replace"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation; without `path` the keys of `value` are paths."""

    op: Op
    path: str | None = None
    value: Any = None


def read_operations(body: Mapping[str, Any]) -> list[Operation]:
    """The operations in the order in which they apply.

    Raises:
        InvalidSyntax: the body is no PatchOp message.
        InvalidValue: an operation lacks its value.
        NoTarget: a removal lacks its path.
    """
    schemas = body.get("schemas")
    if schemas is not None and (not isinstance(schemas, list) or urns.PATCH_OP not in schemas):
        raise InvalidSyntax(f"schemas lacks {urns.PATCH_OP}")
    operations = _member(body, "Operations")
    if not isinstance(operations, list):
        raise InvalidSyntax("a PatchOp needs a list of Operations")
    return [_read(each, f"Operations[{place}]") for place, each in enumerate(operations)]


def _read(sent: Any, where: str) -> Operation:
    if not isinstance(sent, dict):
        raise InvalidSyntax(f"{where} is not an object")
    op, path = _op(sent, where), sent.get("path") or None
    if path is not None and not isinstance(path, str):
        raise InvalidSyntax(f"{where}: path is not text")
    if op is Op.REMOVE and path is None:
        raise NoTarget(f"{where}: remove needs a path")
    if op is not Op.REMOVE and "value" not in sent:
        raise InvalidValue(f"{where}: {op} needs a value")
    if path is None and not isinstance(sent["value"], dict):
        raise InvalidSyntax(f"{where}: without a path, value is an object of attributes")
    return Operation(op=op, path=path, value=sent.get("value"))


def _op(sent: Mapping[str, Any], where: str) -> Op:
    """The operation in any case: Entra writes `Add`, `Replace` and `Remove`.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
    """
    try:
        return Op(str(sent.get("op")).lower())
    except ValueError:
        raise InvalidSyntax(f"{where}: op is add, replace or remove") from None


def _member(body: Mapping[str, Any], name: str) -> Any:
    """A member of the message in any case, as names are (RFC 7643, section 2.1)."""
    folded = name.casefold()
    return next((value for key, value in body.items() if key.casefold() == folded), None)
