"""`mappings:` the defaults, a list of one's own, or changes to the defaults."""

from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, field_validator, model_validator
from pydantic_core import PydanticCustomError

from entrasim.mapping.attribute_mapping import FlowBehavior, FlowType
from entrasim.mapping.expressions.errors import ExpressionError
from entrasim.mapping.expressions.parser import parse
from entrasim.mapping.object_mapping import TargetObjectAction
from entrasim.scenario.model.base import Model
from entrasim.scim.path import PathError, parse_path


class MappingRow(Model):
    """One attribute mapping. `source` is an attribute's name or an expression."""

    target: str
    source: str | None = None
    default_value: str | None = None
    matching_priority: int = Field(0, ge=0)
    flow_type: FlowType = FlowType.ALWAYS
    flow_behavior: FlowBehavior = FlowBehavior.FLOW_WHEN_CHANGED

    @field_validator("target")
    @classmethod
    def _is_path(cls, target: str) -> str:
        try:
            parse_path(target)
        except PathError as error:
            raise PydanticCustomError("path", "{problem}", {"problem": str(error)}) from None
        return target

    @field_validator("source")
    @classmethod
    def _parses(cls, source: str | None) -> str | None:
        if source is not None:
            try:
                parse(as_expression(source))
            except ExpressionError as error:
                raise PydanticCustomError(
                    "expression", "{problem}", {"problem": str(error)}
                ) from None
        return source


def as_expression(source: str) -> str:
    """A bare attribute name stands for the attribute: `jobTitle` for `[jobTitle]`."""
    return f"[{source}]" if source.replace("_", "").isalnum() else source


class MappingChanges(Model):
    """Changes to the default mappings, by target attribute."""

    add: list[MappingRow] = []
    replace: list[MappingRow] = []
    remove: list[str] = []
    actions: list[TargetObjectAction] | None = None


def _kind_of_mappings(value: Any) -> str:
    if isinstance(value, list):
        return "rows"
    return "changes" if isinstance(value, dict | MappingChanges) else "word"


_Rows = Annotated[list[MappingRow], Tag("rows")]
_Changes = Annotated[MappingChanges, Tag("changes")]
UserMappings = Annotated[
    Annotated[Literal["default"], Tag("word")] | _Rows | _Changes,
    Discriminator(_kind_of_mappings),
]
GroupMappings = Annotated[
    Annotated[Literal["default", "off"], Tag("word")] | _Rows | _Changes,
    Discriminator(_kind_of_mappings),
]


class MappingsModel(Model):
    """`users` and `groups`: `default`, a list, or changes; groups can be `off`. Or a `schema`."""

    users: UserMappings = "default"
    groups: GroupMappings = "default"
    schema_file: str | None = Field(
        None, alias="schema", description="A schema exported from Entra, beside this file."
    )

    @model_validator(mode="after")
    def _schema_stands_alone(self) -> Self:
        if self.schema_file is not None and len(self.model_fields_set) > 1:
            raise PydanticCustomError(
                "schema", "schema brings all mappings along; take users and groups away"
            )
        return self
