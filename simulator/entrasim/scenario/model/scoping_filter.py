"""`scopingFilters:` per kind of object a list of filters; one of them must admit the object."""

from pydantic import Field

from entrasim.scenario.model.base import Model
from entrasim.scoping.operators import Operator


class ClauseModel(Model):
    """One condition on an attribute of the directory."""

    attribute: str
    operator: Operator
    value: str = ""


class ScopingFilterModel(Model):
    """A titled filter; all its clauses must hold."""

    title: str = Field(min_length=1)
    clauses: list[ClauseModel] = Field(min_length=1)


class ScopingFiltersModel(Model):
    """The filters of users and of groups."""

    users: list[ScopingFilterModel] = []
    groups: list[ScopingFilterModel] = []
