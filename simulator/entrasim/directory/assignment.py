"""Assignments: who may use an application, in which role."""

from dataclasses import dataclass
from enum import StrEnum

from entrasim.directory.application import AppRole


class ObjectType(StrEnum):
    """The directory objects that are provisioned, as Graph names them."""

    USER = "User"
    GROUP = "Group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """One principal assigned to one application. `role` None is *Default Access*."""

    principal_id: str
    principal_type: ObjectType
    role: AppRole | None = None
