"""Files with a synchronization schema, beside the scenario that names them."""

import json
from pathlib import Path
from typing import Any, Final

from entrasim.mapping.graph_object_mapping import SchemaError
from entrasim.provisioning.synchronization_schema import SynchronizationSchema, read_schema

LARGEST: Final = 20_000_000
"""Bytes; exported schemas hold some hundred thousand."""


def read_schema_file(path: Path) -> SynchronizationSchema:
    """Read a schema from a file.

    Raises:
        SchemaError: the file cannot be read, is no JSON, or holds no schema.
    """
    try:
        return read_schema(_document(path))
    except SchemaError as error:
        raise SchemaError(f"{path.name}: {error}") from None


def _document(path: Path) -> Any:
    try:
        if path.stat().st_size <= LARGEST:
            return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SchemaError(f"the file cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise SchemaError(f"the file is not JSON: {error}") from None
    raise SchemaError("the file is larger than any schema")
