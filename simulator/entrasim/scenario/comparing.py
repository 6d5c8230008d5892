"""Comparing values: what a scenario names must be there; what it does not name may be anything."""

from collections.abc import Iterator, Mapping
from typing import Any

from entrasim.scim.path import PathError, lookup, parse_path

Location = tuple[str | int, ...]


def differences(
    expected: Any, actual: Any, key: Location = ()
) -> Iterator[tuple[Location, Any, Any]]:
    """Where `actual` lacks what `expected` names; what is not named is not compared.

    Each element of an expected list must have its like in the actual one. A key may be an
    attribute path, such as `emails[type eq "work"].value`.
    """
    if isinstance(expected, Mapping):
        for name, wanted in expected.items():
            yield from differences(wanted, _at(actual, name), (*key, name))
    elif isinstance(expected, list):
        held = actual if isinstance(actual, list) else []
        for position, wanted in enumerate(expected):
            if not any(not list(differences(wanted, each)) for each in held):
                yield (*key, position), wanted, actual
    elif expected != actual or isinstance(expected, bool) != isinstance(actual, bool):
        yield key, expected, actual


def _at(actual: Any, name: str) -> Any:
    found = lookup(actual, name)
    if found is None and isinstance(actual, Mapping):
        try:
            return parse_path(name).read(actual)
        except PathError:
            return None
    return found
