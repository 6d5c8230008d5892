"""The whole file."""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from entrasim.scenario.model.application import ApplicationModel
from entrasim.scenario.model.base import Model, one_or_many
from entrasim.scenario.model.expectation import FreeObject
from entrasim.scenario.model.steps import Step
from entrasim.scenario.model.tenant import TenantModel


class Existing(Model):
    """`existing:` SCIM resources that the target holds before the first step."""

    application: str | None = None
    users: list[FreeObject] = []
    groups: list[FreeObject] = []


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdigit() else value


class Scenario(Model):
    """A scenario: a tenant, its applications, and what happens."""

    version: Annotated[Literal[1], BeforeValidator(_number)]
    name: str
    description: str | None = None
    tenant: TenantModel = TenantModel()
    application: ApplicationModel | None = None
    applications: list[ApplicationModel] = []
    existing: Annotated[list[Existing], BeforeValidator(one_or_many)] = []
    steps: list[Step] = []

    @model_validator(mode="after")
    def _one_way_to_say_it(self) -> Self:
        if self.application is not None and self.applications:
            raise PydanticCustomError(
                "applications", "application and applications stand together; write one of them"
            )
        return self

    @property
    def all_applications(self) -> list[ApplicationModel]:
        """The applications that exist before the first step."""
        return [self.application] if self.application else self.applications
