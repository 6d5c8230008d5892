"""Attribute mappings: how one target attribute gets its value.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-attributemapping
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from entrasim.mapping.expressions.tree import Attribute, Constant, Node
from entrasim.scim.path import AttributePath

if TYPE_CHECKING:  # the table of target attributes is made from the default mappings
    from entrasim.mapping.target_attributes import TargetAttribute


class FlowType(StrEnum):
    """When a value may flow; the portal shows the first two as *Apply this mapping*."""

    ALWAYS = "Always"
    OBJECT_ADD_ONLY = "ObjectAddOnly"
    MULTI_VALUE_ADD_ONLY = "MultiValueAddOnly"
    VALUE_ADD_ONLY = "ValueAddOnly"
    ATTRIBUTE_ADD_ONLY = "AttributeAddOnly"


class FlowBehavior(StrEnum):
    """Whether a value flows when the source object changed, or in every cycle."""

    FLOW_WHEN_CHANGED = "FlowWhenChanged"
    FLOW_ALWAYS = "FlowAlways"


class MappingType(StrEnum):
    """The portal's *Mapping type*.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
    """

    DIRECT = "Direct"
    CONSTANT = "Constant"
    EXPRESSION = "Expression"
    NONE = "None"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeMapping:
    """One row of the mapping table.

    `source` None leaves the target alone and only fills it from `default` when it is empty.
    `default` otherwise counts on creation only. A `matching_priority` of 0 means: not matching.
    `definition` is that of an imported schema, for an attribute that is not known otherwise.
    """

    target: AttributePath
    source: Node | None
    default: str | None = None
    matching_priority: int = 0
    flow_type: FlowType = FlowType.ALWAYS
    flow_behavior: FlowBehavior = FlowBehavior.FLOW_WHEN_CHANGED
    definition: "TargetAttribute | None" = None

    @property
    def is_matching(self) -> bool:
        """Whether this attribute helps find an existing object in the target."""
        return self.matching_priority > 0

    @property
    def mapping_type(self) -> MappingType:
        """What the portal would show as the type of this mapping."""
        match self.source:
            case None:
                return MappingType.NONE
            case Attribute():
                return MappingType.DIRECT
            case Constant():
                return MappingType.CONSTANT
        return MappingType.EXPRESSION

    @property
    def reference(self) -> str | None:
        """The reference attribute that is mapped directly (`manager`, `members`), or None."""
        if isinstance(self.source, Attribute) and self.source.name in REFERENCE_ATTRIBUTES:
            return self.source.name
        return None


REFERENCE_ATTRIBUTES = frozenset({"manager", "members"})
"""Attributes that point at other objects; they are written after all objects exist.

Source: https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works
"""
