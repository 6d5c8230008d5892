"""`expect:` what must hold: requests and log since the last expectation, target and job now."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from entrasim.provisioning.job import JobStatusCode
from entrasim.scenario.model.base import Model
from entrasim.scenario.yaml_source import typed

FreeForm = Annotated[Any, BeforeValidator(typed)]
FreeObject = Annotated[dict[str, Any], BeforeValidator(typed)]


def _operation(key: str) -> str:
    """`METHOD /Type`, or `probe` for the credential probes."""
    method, _, endpoint = key.partition(" ")
    known = method in ("GET", "POST", "PATCH", "PUT", "DELETE") and endpoint in (
        "/Users",
        "/Groups",
    )
    if key != "probe" and not known:
        raise PydanticCustomError(
            "operation",
            '"{key}" counts nothing; write a method and /Users or /Groups, such as POST /Users, '
            "or probe",
            {"key": key},
        )
    return key


class RequestShape(Model):
    """A request that must have been sent; what is not named is not compared."""

    method: str
    path: str | None = None
    body: FreeForm = None


class RequestExpectation(Model):
    """Counts of requests, and shapes of some of them."""

    none: bool = False
    counts: dict[Annotated[str, BeforeValidator(_operation)], int] = {}
    matching: list[RequestShape] = []


def _requests(value: Any) -> Any:
    """`none`, or counts beside `matching`, which is not one of them."""
    if value == "none":
        return {"none": True}
    if not isinstance(value, dict):
        return value
    counts = {key: each for key, each in value.items() if key != "matching"}
    return {"counts": counts, "matching": value.get("matching") or []}


class TargetExpectation(Model):
    """What the target must hold. `absent` lists user names and group names that it must not."""

    users: list[FreeObject] = []
    groups: list[FreeObject] = []
    absent: list[str] = []
    count: dict[Literal["users", "groups"], int] = {}


LogCounts = dict[
    Literal["create", "update", "delete", "stagedDelete", "disable", "other"],
    dict[Literal["success", "failure", "skipped", "warning"], Annotated[int, Field(ge=0)]],
]


class Expectation(Model):
    """All parts of an expectation; what is not listed is not checked."""

    requests: Annotated[RequestExpectation, BeforeValidator(_requests)] | None = None
    target: TargetExpectation | None = None
    log: LogCounts | None = None
    job: JobStatusCode | None = None
