"""What a path points to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from entrasim_kit.scim_server.filters.expressions import Expression
from entrasim_kit.scim_server.schemas.attribute import Attribute, Type


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An attribute, those of its elements that fulfil a condition, or a part of it or of them."""

    attribute: Attribute
    condition: Expression | None = None
    sub: Attribute | None = None

    def is_list(self, current: Any) -> bool:
        """Whether it has elements; without a schema, what is stored or asked for tells."""
        if self.attribute.type is Type.UNKNOWN:
            return isinstance(current, list) or (current is None and self.condition is not None)
        return self.attribute.multi_valued


def stored_key(holder: Mapping[str, Any], name: str) -> str:
    """The key of `holder` that is `name` in any case, or else `name` itself."""
    if name in holder:
        return name
    folded = name.casefold()
    return next((key for key in holder if key.casefold() == folded), name)
