"""Object mappings: one kind of source object, its attribute mappings, and what may be done.

Source: https://learn.microsoft.com/graph/api/resources/synchronization-objectmapping
"""

from dataclasses import dataclass
from enum import StrEnum

from entrasim.directory.assignment import ObjectType
from entrasim.mapping.attribute_mapping import AttributeMapping
from entrasim.mapping.expressions.tree import attributes_of


class TargetObjectAction(StrEnum):
    """The portal's *Target Object Actions*. A disable is an update.

    Source: https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes
    """

    CREATE = "Create"
    UPDATE = "Update"
    DELETE = "Delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectMapping:
    """The mapping of users, or of groups. Group mapping can be off, user mapping cannot."""

    object_type: ObjectType
    attribute_mappings: tuple[AttributeMapping, ...]
    enabled: bool = True
    actions: frozenset[TargetObjectAction] = frozenset(TargetObjectAction)

    @property
    def matching(self) -> tuple[AttributeMapping, ...]:
        """The matching attributes, in ascending precedence."""
        found = [each for each in self.attribute_mappings if each.is_matching]
        return tuple(sorted(found, key=lambda each: each.matching_priority))

    @property
    def source_attributes(self) -> frozenset[str]:
        """Every attribute of the directory that the mappings read."""
        sources = (each.source for each in self.attribute_mappings if each.source is not None)
        return frozenset(name for source in sources for name in attributes_of(source))

    def reference_mapping(self, attribute: str) -> AttributeMapping | None:
        """The mapping of the reference `attribute` ("manager", "members"), if there is one."""
        rows = (each for each in self.attribute_mappings if each.reference == attribute)
        return next(rows, None)
