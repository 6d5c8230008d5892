"""Requests that Entra is known to send, and the situations that make entrasim send them.

The samples were typed from the sources that they name, with made-up data. Each situation plays
cycles in memory; one of its requests must equal the sample, byte for byte but for random GUIDs.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.kit.cli.conftest import ROOT
from tests.simulator.provisioning.world import APPLICATION, ENTERPRISE, World

from entrasim.mapping.attribute_mapping import AttributeMapping
from entrasim.mapping.expressions.parser import parse
from entrasim.provisioning.cycle import Cycle
from entrasim.scim.messages import ScimRequest
from entrasim.scim.path import parse_path

SAMPLES = {
    path.stem: json.loads(path.read_text()) for path in (ROOT / "tests/samples").glob("*.json")
}
CLASSIC = "https://lumen.example/scim/v2"
COMPLIANT = f"{CLASSIC}?aadOptscim062020"
ANA = {"user_principal_name": "ana.silva@contoso.example", "mail_nickname": "ana.silva",
       "display_name": "Ana Silva"}  # fmt: skip
Situation = Callable[[World], list[ScimRequest]]


def probes(world: World) -> list[ScimRequest]:
    sent: list[ScimRequest] = []
    cycle = Cycle(world.job, world.context(), world.log.append)
    world._perform(next(iter(cycle.phases())), sent)
    return sent


def ana(world: World, **attributes: Any) -> list[ScimRequest]:
    world.user("ana", **{**ANA, **attributes})
    return world.cycle()


def whole_ana(world: World) -> list[ScimRequest]:
    return ana(
        world,
        mail="ana.silva@contoso.example",
        given_name="Ana",
        surname="Silva",
        department="Legal",
        employee_id="1042",
    )


def bo(world: World) -> list[ScimRequest]:
    name = {"user_principal_name": "bo.lind@contoso.example", "mail_nickname": "bo.lind"}
    place = {"city": "Bergen", "country": "Norway", "mobile": "+47 55 55 01 43"}
    world.user("bo", display_name="Bo Lind", **name, **place)
    return world.cycle()


def map_also(world: World, target: str, source: str, *, matching: bool = False) -> None:
    """Add a row to the mapping of users; when it matches, it alone does."""
    mapping = world.configuration.user_mapping
    rows = mapping.attribute_mappings
    if matching:
        rows = tuple(
            replace(each, matching_priority=int(each.target.text == target)) for each in rows
        )
    else:
        rows += (AttributeMapping(target=parse_path(target), source=parse(source)),)
    world.configure(user_mapping=replace(mapping, attribute_mappings=rows))


def matched_by(target: str) -> Situation:
    def situation(world: World) -> list[ScimRequest]:
        map_also(world, target, "", matching=True)
        return ana(world, mail="ana.silva@contoso.example")

    return situation


def with_badge(world: World) -> list[ScimRequest]:
    map_also(
        world,
        "urn:ietf:params:scim:schemas:extension:Lumen:2.0:User:badge",
        "[extensionAttribute1]",
    )
    return ana(world, extension={"extensionAttribute1": "B-17"})


def several_changes(world: World) -> list[ScimRequest]:
    """Ana leaves while name, address and department change: all in one request."""
    held = {"surname": "Silva", "mail": "ana.silva@contoso.example"}
    ana(world, **held)
    changes = {"display_name": "Ana S. Lima", "surname": "Lima", "department": "Tax"}
    world.tenant.update_user("ana", changes | {"mail": "ana.lima@contoso.example"})
    formatted = world.configuration.user_mapping
    rows = (each for each in formatted.attribute_mappings if each.target.text != "name.formatted")
    world.configure(user_mapping=replace(formatted, attribute_mappings=tuple(rows)))
    world.unassign("ana")
    return world.cycle()


def changed(**attributes: Any) -> Situation:
    def situation(world: World) -> list[ScimRequest]:
        ana(world)
        world.tenant.update_user("ana", attributes)
        return world.cycle()

    return situation


def unassigned(world: World) -> list[ScimRequest]:
    ana(world)
    world.unassign("ana")
    return world.cycle()


def assigned_again(world: World) -> list[ScimRequest]:
    unassigned(world)
    world.tenant.assign(world.context().application.id, "ana")
    return world.cycle()


def purged(world: World) -> list[ScimRequest]:
    ana(world)
    world.tenant.delete_user("ana", at=world.now)
    world.tenant.purge_user("ana")
    return world.cycle()


def finance(world: World) -> list[ScimRequest]:
    world.group("Finance")
    return world.cycle()


def renamed(world: World) -> list[ScimRequest]:
    finance(world)
    world.tenant.update_group("finance", {"display_name": "Treasury"})
    return world.cycle()


def ungrouped(world: World) -> list[ScimRequest]:
    finance(world)
    world.unassign("finance")
    return world.cycle()


def member_added(world: World) -> list[ScimRequest]:
    world.user("ana", **ANA)
    world.group("Finance", "ana")
    return world.cycle()


def member_removed(world: World) -> list[ScimRequest]:
    member_added(world)
    world.tenant.remove_member("finance", "ana")
    return world.cycle()


def managed(world: World) -> list[ScimRequest]:
    world.user("bo")
    world.user("ana", manager="bo")
    return world.cycle()


def unmanaged(world: World) -> list[ScimRequest]:
    managed(world)
    held = world.target.held["Users"]["u-2"]
    held[ENTERPRISE]["manager"] = {"value": "u-1"}  # as a server would return it
    world.tenant.update_user("ana", {"manager": None})
    return world.cycle()


def in_role(target: str, function: str) -> Situation:
    """Ana is assigned as an administrator."""

    def situation(world: World) -> list[ScimRequest]:
        map_also(world, target, f"{function}([appRoleAssignments])")
        world.user("ana", assigned=False, **ANA)
        world.tenant.assign(APPLICATION.id, "ana", APPLICATION.app_roles[0])
        return world.cycle()

    return situation


def in_another_role(function: str) -> Situation:
    """Later she becomes a member too."""

    def situation(world: World) -> list[ScimRequest]:
        in_role("roles", function)(world)
        world.tenant.assign(APPLICATION.id, "ana", APPLICATION.app_roles[1])
        return world.cycle()

    return situation


COMPLEX, ASSERTIVE = "AppRoleAssignmentsComplex", "AssertiveAppRoleAssignmentsComplex"
PRIMARY = 'roles[primary eq "True"].value'

SITUATIONS: dict[str, tuple[Situation, str]] = {
    "learn-user-probe": (probes, CLASSIC),
    "learn-group-probe": (probes, CLASSIC),
    "learn-user-match": (ana, CLASSIC),
    "learn-user-match_external_id": (matched_by("externalId"), CLASSIC),
    "learn-user-match_work_email": (matched_by('emails[type eq "work"].value'), CLASSIC),
    "learn-user-read": (unassigned, CLASSIC),
    "learn-user-create": (whole_ana, CLASSIC),
    "learn-user-create_phone_and_address": (bo, CLASSIC),
    "stackoverflow-user-create_custom_extension": (with_badge, CLASSIC),
    "laravel-user-update_several-classic": (several_changes, CLASSIC),
    "compatibility-user-update_several-compliant": (several_changes, COMPLIANT),
    "compatibility-user-add_one-classic": (changed(job_title="Analyst"), CLASSIC),
    "compatibility-user-add_one-compliant": (changed(job_title="Analyst"), COMPLIANT),
    "compatibility-user-disable-classic": (unassigned, CLASSIC),
    "compatibility-user-disable-compliant": (unassigned, COMPLIANT),
    "compatibility-user-enable-classic": (assigned_again, CLASSIC),
    "compatibility-user-enable-compliant": (assigned_again, COMPLIANT),
    "learn-user-delete": (purged, CLASSIC),
    "learn-group-match": (finance, CLASSIC),
    "learn-group-read": (renamed, CLASSIC),
    "answers-group-create": (finance, CLASSIC),
    "learn-group-rename-classic": (renamed, CLASSIC),
    "learn-group-rename-compliant": (renamed, COMPLIANT),
    "compatibility-group-add_member-classic": (member_added, CLASSIC),
    "keycloak-group-add_member-compliant": (member_added, COMPLIANT),
    "compatibility-group-remove_member-classic": (member_removed, CLASSIC),
    "compatibility-group-remove_member-compliant": (member_removed, COMPLIANT),
    "learn-group-delete": (ungrouped, CLASSIC),
    "scim_sdk-user-set_manager-classic": (managed, CLASSIC),
    "validation-user-clear_manager-classic": (unmanaged, CLASSIC),
    "scim_patch-user-clear_manager-compliant": (unmanaged, COMPLIANT),
    "learn-user-create_single_role": (in_role(PRIMARY, "SingleAppRoleAssignment"), CLASSIC),
    "learn-user-create_roles": (in_role("roles", COMPLEX), CLASSIC),
    "learn-user-create_roles_assertive": (in_role("roles", ASSERTIVE), CLASSIC),
    "learn-user-add_role-classic": (in_another_role(COMPLEX), CLASSIC),
    "learn-user-add_role-compliant": (in_another_role(COMPLEX), COMPLIANT),
    "learn-user-replace_roles-compliant": (in_another_role(ASSERTIVE), COMPLIANT),
}


def test_every_sample_has_its_situation() -> None:
    assert set(SITUATIONS) == set(SAMPLES)


def as_sample(request: ScimRequest) -> dict[str, Any]:
    guid = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    shown: dict[str, Any] = {"method": request.method, "path": request.path}
    if request.query:
        shown["query"] = re.sub(f"%22{guid}%22", "%22{guid}%22", request.query)
    if request.body is not None:
        shown["body"] = request.body
    return shown


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_request_is_sent_as_it_was_seen(name: str) -> None:
    situation, url = SITUATIONS[name]
    sample = SAMPLES[name]["request"]

    sent = [as_sample(each) for each in situation(World(url=url))]

    alike = [each for each in sent if each["method"] == sample["method"]]
    same_kind = [each for each in alike if each["path"] == sample["path"]]
    assert sample in same_kind, same_kind or sent
