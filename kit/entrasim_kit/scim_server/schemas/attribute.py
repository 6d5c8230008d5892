"""What a schema says about one attribute (RFC 7643, section 7).

The same value steers the server (which case, which type, who may write) and is served under
`/Schemas`, so what is published is what is done.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Type(StrEnum):
    """The data types of RFC 7643, section 2.3, that the served schemas use."""

    STRING = "string"
    BOOLEAN = "boolean"
    DATE_TIME = "dateTime"
    BINARY = "binary"
    REFERENCE = "reference"
    COMPLEX = "complex"
    UNKNOWN = "unknown"
    """The attribute belongs to an extension that the server has no schema of; never published."""


class Mutability(StrEnum):
    """Who may write an attribute, and when."""

    READ_WRITE = "readWrite"
    READ_ONLY = "readOnly"
    IMMUTABLE = "immutable"
    WRITE_ONLY = "writeOnly"


class Returned(StrEnum):
    """When an attribute is part of a response."""

    ALWAYS = "always"
    DEFAULT = "default"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Attribute:
    """One attribute, or a sub-attribute of a complex one."""

    name: str
    description: str = ""
    type: Type = Type.STRING
    multi_valued: bool = False
    required: bool = False
    case_exact: bool = False
    mutability: Mutability = Mutability.READ_WRITE
    returned: Returned = Returned.DEFAULT
    unique: bool = False
    canonical_values: tuple[str, ...] = ()
    reference_types: tuple[str, ...] = ()
    sub_attributes: tuple["Attribute", ...] = ()

    def sub(self, name: str) -> "Attribute | None":
        """The sub-attribute called `name` in any case; what is unknown may hold anything."""
        if self.type is Type.UNKNOWN:
            return unknown(name)
        return find(self.sub_attributes, name)

    @property
    def has_types(self) -> bool:
        """Whether elements tell themselves apart by a label, such as work and home."""
        type_ = self.sub("type")
        return self.multi_valued and type_ is not None and bool(type_.canonical_values)

    @property
    def is_reference(self) -> bool:
        """Whether it points to another resource by `value`, as `manager` does."""
        return not self.multi_valued and self.sub("$ref") is not None

    def as_json(self) -> dict[str, Any]:
        """The definition as `/Schemas` serves it."""
        definition: dict[str, Any] = {
            "name": self.name,
            "type": self.type.value,
            "multiValued": self.multi_valued,
            "description": self.description,
            "required": self.required,
            "mutability": self.mutability.value,
            "returned": self.returned.value,
        }
        if self.type is Type.COMPLEX:
            definition["subAttributes"] = [each.as_json() for each in self.sub_attributes]
        else:
            definition["caseExact"] = self.case_exact
            definition["uniqueness"] = "server" if self.unique else "none"
        if self.canonical_values:
            definition["canonicalValues"] = list(self.canonical_values)
        if self.reference_types:
            definition["referenceTypes"] = list(self.reference_types)
        return definition


def unknown(name: str) -> Attribute:
    """An attribute of an extension without a schema: anything may stand there."""
    return Attribute(name=name, type=Type.UNKNOWN)


def find(attributes: Sequence[Attribute], name: str) -> Attribute | None:
    """The attribute called `name`, in any case (RFC 7643, section 2.1)."""
    folded = name.casefold()
    return next((each for each in attributes if each.name.casefold() == folded), None)
