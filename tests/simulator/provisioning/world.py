"""A small tenant, one application, and a SCIM target in memory: cycles without a network.

The target answers as a plain RFC 7644 server would, and can be told to answer otherwise. It shares
no code with the simulator's dialects.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from urllib.parse import unquote_plus

from entrasim.directory.application import AppRole, EnterpriseApplication
from entrasim.directory.assignment import ObjectType
from entrasim.directory.group import Group
from entrasim.directory.tenant import Tenant
from entrasim.directory.user import User
from entrasim.mapping.expressions.context import EvaluationContext
from entrasim.mapping.flow import Flow
from entrasim.provisioning.configuration import (
    ProvisioningConfiguration,
    ProvisioningMode,
    ProvisioningStatus,
    Secret,
)
from entrasim.provisioning.context import CycleContext, dialect_for
from entrasim.provisioning.cycle import Cycle, Phase
from entrasim.provisioning.job import new_job
from entrasim.provisioning.outcome import LogEntry
from entrasim.provisioning.settings import ProvisioningSettings
from entrasim.scim.messages import Purpose, ScimRequest, ScimResponse
from entrasim.scim.tenant_url import parse_tenant_url

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
Json = dict[str, Any]
Answer = Callable[[ScimRequest], ScimResponse | None]


class MemoryTarget:
    """Users and Groups in memory. `answer` may answer in its place; None lets it answer itself."""

    def __init__(self, answer: Answer = lambda _: None) -> None:
        self.held: dict[str, dict[str, Json]] = {"Users": {}, "Groups": {}}
        self.answer = answer
        self._created = 0

    def put(self, endpoint: str, resource: Json) -> str:
        """Hold a resource; ids are u-1, u-2, ... and g-1, ..., unless it brings one."""
        self._created += 1
        target_id = str(resource.get("id") or f"{endpoint[0].lower()}-{self._created}")
        self.held[endpoint][target_id] = {**resource, "id": target_id}
        return target_id

    def __call__(self, request: ScimRequest) -> ScimResponse:
        """Answer one request."""
        return self.answer(request) or self._answer(request)

    def _answer(self, request: ScimRequest) -> ScimResponse:
        _, endpoint, *rest = request.path.split("/")
        held = self.held[endpoint]
        if request.method == "POST":
            created = self.put(endpoint, dict(request.body or {}))
            return ScimResponse(status=201, body=held[created])
        if not rest:
            found = [each for each in held.values() if _matches(each, request.query)]
            return _listed([_shown(each, request) for each in found])
        if rest[0] not in held:
            return ScimResponse(status=404, body={"detail": "not found"})
        if request.method == "DELETE":
            del held[rest[0]]
            return ScimResponse(status=204)
        if request.method == "PATCH":
            for operation in (request.body or {})["Operations"]:
                _apply(held[rest[0]], operation)
            return ScimResponse(status=204)
        return ScimResponse(status=200, body=_shown(held[rest[0]], request))


def _shown(resource: Json, request: ScimRequest) -> Json:
    left_out = "members" if "excludedAttributes=members" in request.query else ""
    return {key: value for key, value in resource.items() if key != left_out}


def _listed(found: list[Json]) -> ScimResponse:
    return ScimResponse(status=200, body={"totalResults": len(found), "Resources": found})


def _matches(resource: Json, query: str) -> bool:
    found = re.search(r'filter=(\S+) eq "([^"]*)"', unquote_plus(query))
    assert found is not None
    held = _read(resource, found[1])
    return held is not None and str(held).casefold() == found[2].casefold()


def _read(resource: Json, path: str) -> Any:
    complex_path = re.fullmatch(r'(\w+)\[type eq "(\w+)"\]\.(\w+)', path)
    if complex_path is None:
        return resource.get(path)
    elements = resource.get(complex_path[1], [])
    return next((e.get(complex_path[3]) for e in elements if e["type"] == complex_path[2]), None)


def _apply(resource: Json, operation: Json) -> None:
    """Enough of PATCH for what these tests read back."""
    verb, path, value = operation["op"].lower(), operation.get("path", ""), operation.get("value")
    if not path:
        for key, each in value.items():
            _set(resource, key, each)
    elif path.startswith("members"):
        _change_members(resource, verb, path, value)
    else:
        _set(resource, path, value)


def _set(resource: Json, path: str, value: Any) -> None:
    if path.startswith(ENTERPRISE):
        resource.setdefault(ENTERPRISE, {})[path.removeprefix(f"{ENTERPRISE}:")] = value
    elif found := re.fullmatch(r'(\w+)\[type eq "(\w+)"\]\.(\w+)', path):
        elements = resource.setdefault(found[1], [])
        if all(each["type"] != found[2] for each in elements):
            elements.append({"type": found[2]})
        next(each for each in elements if each["type"] == found[2])[found[3]] = value
    elif "." in path:
        holder, _, name = path.partition(".")
        resource.setdefault(holder, {})[name] = value
    else:
        resource[path] = (
            {"True": True, "False": False}.get(value, value) if path == "active" else value
        )


def _change_members(resource: Json, verb: str, path: str, value: Any) -> None:
    members = resource.setdefault("members", [])
    if verb == "add":
        members += [each for each in value if each not in members]
        return
    gone = re.findall(r'"([^"]+)"', path) or [each["value"] for each in value]
    resource["members"] = [each for each in members if each["value"] not in gone]


APPLICATION = EnterpriseApplication(
    id="5b4f6cde-0000-4000-8000-00000000000a",
    app_id="5b4f6cde-0000-4000-8000-00000000000b",
    display_name="Lumen Desk",
    app_roles=(
        AppRole(id="5b4f6cde-0000-4000-8000-00000000000c", value="Admin", display_name="Admin"),
        AppRole(id="5b4f6cde-0000-4000-8000-00000000000d", value="Member", display_name="Member"),
    ),
)
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass
class World:
    """Everything that a cycle needs; `cycle()` plays one and returns what was sent."""

    url: str = "https://lumen.example/scim/v2"
    settings: ProvisioningSettings = field(default_factory=ProvisioningSettings)
    target: MemoryTarget = field(default_factory=MemoryTarget)

    def __post_init__(self) -> None:
        self.tenant = Tenant("contoso.example")
        self.tenant.create_application(APPLICATION)
        self.job = new_job(self.tenant.id, APPLICATION.id)
        self.now = START
        self.log: list[LogEntry] = []
        self.configuration = ProvisioningConfiguration(
            mode=ProvisioningMode.AUTOMATIC,
            tenant_url=parse_tenant_url(self.url),
            secret_token=Secret("t0ken"),
            status=ProvisioningStatus.ON,
            settings=self.settings,
        )

    # -- the directory -------------------------------------------------------------------------

    def user(self, name: str, *, assigned: bool = True, **attributes: Any) -> str:
        """Create a user called like the first part of the UPN; its object id is the name."""
        upn = attributes.pop("user_principal_name", f"{name}@contoso.example")
        values = {"display_name": name.title(), "mail_nickname": name} | attributes
        self.tenant.create_user(User(id=name, user_principal_name=upn, **values))
        if assigned:
            self.tenant.assign(APPLICATION.id, name)
        return name

    def group(self, name: str, *members: str, assigned: bool = True, **attributes: Any) -> str:
        """Create a group; its object id is the name in lower case."""
        group_id = name.casefold()
        self.tenant.create_group(Group(id=group_id, display_name=name, **attributes))
        for member in members:
            self.tenant.add_member(group_id, member)
        if assigned:
            self.tenant.assign(APPLICATION.id, group_id)
        return group_id

    def unassign(self, name: str) -> None:
        """Take the assignment away."""
        self.tenant.unassign(APPLICATION.id, name)

    def configure(self, **values: Any) -> None:
        """Change the configuration."""
        self.configuration = replace(self.configuration, **values)

    # -- cycles --------------------------------------------------------------------------------

    def context(self) -> CycleContext:
        """What the steps of a cycle know."""
        mappings = (self.configuration.user_mapping, self.configuration.group_mapping)
        return CycleContext(
            tenant=self.tenant,
            application=APPLICATION,
            configuration=self.configuration,
            links=self.job.links,
            flows={each.object_type: Flow(each) for each in mappings},
            dialect=dialect_for(self.configuration, APPLICATION),
            evaluation=EvaluationContext(
                now=self.now, random=Random(7).random, default_domain=self.tenant.domain
            ),
            now=self.now,
        )

    def cycle(self) -> list[ScimRequest]:
        """Play one cycle; the probes are left out of what comes back. Forty minutes pass."""
        sent: list[ScimRequest] = []
        self.log = []
        cycle = Cycle(self.job, self.context(), self.log.append)
        for phase in cycle.phases():
            self._perform(phase, sent)
        self.now += timedelta(minutes=40)
        return [each for each in sent if each.purpose is not Purpose.PROBE]

    def _perform(self, phase: Phase, sent: list[ScimRequest]) -> None:
        for task in phase.tasks:
            try:
                request = next(task)
                while True:
                    sent.append(request)
                    request = task.send(self.target(request))
            except StopIteration as done:
                phase.accept(done.value)

    @property
    def told(self) -> Iterator[tuple[str, str, str]]:
        """The log of the last cycle: action, status and name."""
        return ((e.outcome.action, e.outcome.status, e.outcome.name) for e in self.log)


def in_short(requests: list[ScimRequest]) -> list[str]:
    """Requests as `POST /Users` and the like."""
    return [f"{each.method} {each.path}" for each in requests]


USER = ObjectType.USER
GROUP = ObjectType.GROUP
