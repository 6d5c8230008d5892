"""Attribute paths: how a mapping names one attribute of a SCIM resource.

Entra writes its target attributes as SCIM paths (RFC 7644, section 3.5.2), of these shapes only:

    userName
    name.givenName
    emails[type eq "work"].value
    urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department
    urn:ietf:params:scim:schemas:extension:Contoso:2.0:User:badge

Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
"""

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from entrasim.scim.urns import CORE_GROUP, CORE_USER

_PATH: Final = re.compile(
    r"""(?:(?P<urn>urn:[^\[\]\s]+):)?
        (?P<attribute>[A-Za-z$][\w$-]*)
        (?:\[\s*(?P<key>[A-Za-z$]\w*)\s+eq\s+"?(?P<value>[^"\]]*)"?\s*\])?
        (?:\.(?P<sub>[A-Za-z$][\w$-]*))?""",
    re.VERBOSE,
)


class PathError(ValueError):
    """The text is not an attribute path that Entra writes."""


@dataclass(frozen=True, slots=True)
class Selector:
    """Which element of a multi-valued attribute: `[type eq "work"]`."""

    key: str
    value: str

    def selects(self, element: object) -> bool:
        """Whether `element` is the one; Booleans compare by their text (`primary eq "True"`)."""
        if not isinstance(element, Mapping):
            return False
        found = lookup(element, self.key)
        return found is not None and str(found).casefold() == self.value.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributePath:
    """One attribute of a resource, and how to read and write it there."""

    text: str
    urn: str | None
    attribute: str
    selector: Selector | None
    sub_attribute: str | None

    @property
    def is_simple(self) -> bool:
        """Whether no element has to be selected: `title`, `name.givenName`."""
        return self.selector is None

    @property
    def in_core(self) -> bool:
        """Whether the attribute stands in the resource itself, not under an extension's URN."""
        return self.urn is None or self.urn in (CORE_USER, CORE_GROUP)

    def read(self, resource: Mapping[str, Any]) -> Any:
        """The value that `resource` holds here, or None; names ignore case (RFC 7643, 2.1)."""
        holder = resource if self.in_core else lookup(resource, self.urn or "")
        value = lookup(holder, self.attribute)
        if self.selector is not None:
            elements = value if isinstance(value, list) else ()
            value = next((each for each in elements if self.selector.selects(each)), None)
        if self.sub_attribute is not None:
            value = lookup(value, self.sub_attribute)
        return value

    def write(self, resource: MutableMapping[str, Any], value: Any) -> None:
        """Put `value` here into a resource that is being built, with the objects around it."""
        holder = resource if self.in_core else resource.setdefault(self.urn or "", {})
        if self.selector is not None:
            holder = self._element(holder.setdefault(self.attribute, []))
            holder[self.sub_attribute or "value"] = value
        elif self.sub_attribute is not None:
            holder.setdefault(self.attribute, {})[self.sub_attribute] = value
        else:
            holder[self.attribute] = value

    def _element(self, elements: list[dict[str, Any]]) -> dict[str, Any]:
        assert self.selector is not None
        for element in elements:
            if self.selector.selects(element):
                return element
        key, value = self.selector.key, self.selector.value
        element = {key: value.casefold() == "true" if key == "primary" else value}
        elements.append(element)
        return element

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def parse_path(text: str) -> AttributePath:
    """Read an attribute path.

    Raises:
        PathError: `text` has another shape than those above.
    """
    match = _PATH.fullmatch(text.strip())
    if match is None:
        raise PathError(
            f'"{text}" is not an attribute path; write for example userName, name.givenName, '
            'emails[type eq "work"].value or urn:...:User:department'
        )
    key = match["key"]
    return AttributePath(
        text=text.strip(),
        urn=match["urn"],
        attribute=match["attribute"],
        selector=None if key is None else Selector(key, match["value"]),
        sub_attribute=match["sub"],
    )


def lookup(holder: object, name: str) -> Any:
    """The member `name` of a JSON object whatever its case, or None."""
    if not isinstance(holder, Mapping):
        return None
    if name in holder:
        return holder[name]
    folded = name.casefold()
    return next((value for key, value in holder.items() if key.casefold() == folded), None)
