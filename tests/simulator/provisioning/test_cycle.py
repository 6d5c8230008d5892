"""Cycles in memory: what is sent, in which order, and what the log says."""

from dataclasses import replace
from typing import Any

import pytest
from tests.simulator.provisioning.world import MemoryTarget, World, in_short

from entrasim.mapping.attribute_mapping import AttributeMapping
from entrasim.mapping.expressions import parse
from entrasim.provisioning.settings import (
    LateMembers,
    MembersOnRestart,
    OnMissingAnchor,
    ProvisioningSettings,
    SpecialCharacters,
)
from entrasim.scim.dialects import ManagerClear
from entrasim.scim.messages import Fault, ScimRequest, ScimResponse
from entrasim.scim.path import parse_path
from entrasim.scoping.assignment_scope import SyncScope

Log = list[tuple[str, str, str]]


def told(world: World) -> Log:
    return list(world.told)


def team(**settings: Any) -> World:
    """Ana, whose manager is Bo, and a team with both; nothing provisioned yet."""
    world = World(settings=ProvisioningSettings(**settings))
    world.user("bo")
    world.user("ana", manager="bo")
    world.group("Team", "ana", "bo")
    return world


# -- the first cycle -----------------------------------------------------------------------------


def test_users_then_groups_then_managers_then_members() -> None:
    world = team()

    assert in_short(world.cycle()) == [
        "GET /Users",
        "POST /Users",
        "GET /Users",
        "POST /Users",
        "GET /Groups",
        "POST /Groups",
        "GET /Users/u-2",
        "PATCH /Users/u-2",
        "GET /Groups/g-3",
        "PATCH /Groups/g-3",
        "PATCH /Groups/g-3",
    ]
    assert told(world) == [
        ("create", "success", "Bo"),
        ("create", "success", "Ana"),
        ("create", "success", "Team"),
        ("update", "success", "Ana"),
        ("update", "success", "Team"),
    ]


def test_a_second_cycle_without_changes_sends_nothing() -> None:
    world = team()
    world.cycle()

    assert world.cycle() == []
    assert told(world) == []


def test_only_what_changed_is_looked_at() -> None:
    world = team()
    for number in range(50):
        world.user(f"other{number}")
    world.cycle()

    world.tenant.update_user("ana", {"job_title": "Head of Data"})

    assert in_short(world.cycle()) == ["GET /Users/u-2", "PATCH /Users/u-2"]


def test_an_attribute_that_nothing_reads_is_not_seen() -> None:
    world = team()
    world.cycle()

    world.tenant.update_user("ana", {"company_name": "Contoso Ltd"})

    assert world.cycle() == []


def test_assignments_reach_direct_members_only() -> None:
    world = World()
    world.user("ida", assigned=False)
    world.user("ana", assigned=False)
    world.group("Interns", "ida", assigned=False)
    world.group("Team", "ana", "interns")

    world.cycle()

    assert [each["userName"] for each in world.target.held["Users"].values()] == [
        "ana@contoso.example"
    ]
    assert [each["displayName"] for each in world.target.held["Groups"].values()] == ["Team"]


def test_a_circle_of_groups_ends() -> None:
    world = World()
    world.user("ana", assigned=False)
    world.group("One", "ana")
    world.group("Two", "one")
    world.tenant.add_member("one", "two")

    world.cycle()

    members = [each["members"] for each in world.target.held["Groups"].values()]
    assert members == [[{"value": "u-1"}, {"value": "g-3"}], [{"value": "g-2"}]]


def test_everybody_under_sync_all() -> None:
    world = World()
    world.user("ana", assigned=False)
    world.group("Team", assigned=False)
    world.configure(scope=SyncScope.ALL)

    assert in_short(world.cycle()) == ["GET /Users", "POST /Users", "GET /Groups", "POST /Groups"]


# -- matching ------------------------------------------------------------------------------------


def test_an_existing_account_is_taken_over_and_only_differences_are_sent() -> None:
    world = World()
    world.user("ana", job_title="Analyst")
    world.target.put(
        "Users", {"userName": "ANA@contoso.example", "displayName": "Ana", "active": True}
    )

    requests = world.cycle()

    assert in_short(requests) == ["GET /Users", "PATCH /Users/u-1"]
    assert requests[1].body is not None
    assert [each["path"] for each in requests[1].body["Operations"]] == ["title", "externalId"]
    assert told(world) == [("update", "success", "Ana")]


def test_two_matches_fail_the_object_alone() -> None:
    world = World()
    world.user("ana")
    world.user("bo")
    for _ in range(2):
        world.target.put("Users", {"userName": "ana@contoso.example"})

    world.cycle()

    assert told(world) == [("other", "failure", "Ana"), ("create", "success", "Bo")]
    assert world.log[0].outcome.failure is not None
    assert world.log[0].outcome.failure.code == "DuplicateTargetEntries"


# -- leaving -------------------------------------------------------------------------------------


def left_by(world: World, how: str) -> None:
    match how:
        case "unassigned":
            world.unassign("ana")
        case "blocked":
            world.tenant.update_user("ana", {"account_enabled": False})
        case "soft-deleted":
            world.tenant.delete_user("ana", at=world.now)


@pytest.mark.parametrize("how", ["unassigned", "blocked", "soft-deleted"])
def test_a_leaver_is_disabled(how: str) -> None:
    world = World()
    world.user("ana")
    world.cycle()

    left_by(world, how)
    requests = world.cycle()

    assert in_short(requests) == ["GET /Users/u-1", "PATCH /Users/u-1"]
    assert world.target.held["Users"]["u-1"]["active"] is False
    assert told(world) == [("disable", "success", "Ana")]


@pytest.mark.parametrize("tombstone", [True, False])
def test_a_soft_deleted_user_carries_a_tombstone_name_if_so_set(*, tombstone: bool) -> None:
    world = World(settings=ProvisioningSettings(tombstone_upn=tombstone))
    world.user("ana")
    world.cycle()

    world.tenant.delete_user("ana", at=world.now)
    world.cycle()

    name = world.target.held["Users"]["u-1"]["userName"]
    assert (name == "ana@contoso.example") is not tombstone
    assert name.endswith("ana@contoso.example")


def test_a_purged_user_is_deleted() -> None:
    world = World()
    world.user("ana")
    world.cycle()

    world.tenant.delete_user("ana", at=world.now)
    world.tenant.purge_user("ana")

    assert in_short(world.cycle()) == ["DELETE /Users/u-1"]
    assert told(world) == [("delete", "success", "ana")]


def test_a_group_out_of_scope_is_deleted() -> None:
    world = World()
    world.group("Team")
    world.cycle()

    world.unassign("team")

    assert in_short(world.cycle()) == ["DELETE /Groups/g-1"]


def test_whoever_was_never_provisioned_is_left_alone() -> None:
    world = World()
    world.user("ana", assigned=False)
    world.cycle()

    world.tenant.update_user("ana", {"account_enabled": False})

    assert world.cycle() == []
    assert told(world) == [("other", "skipped", "Ana")]


# -- references ----------------------------------------------------------------------------------


def test_a_manager_who_comes_into_scope_late_is_missed() -> None:
    world = World()
    world.user("bo", assigned=False)
    world.user("ana", manager="bo")
    world.cycle()
    assert told(world) == [("create", "success", "Ana"), ("update", "warning", "Ana")]

    world.tenant.assign(world.context().application.id, "bo")

    assert in_short(world.cycle()) == ["GET /Users", "POST /Users"]


@pytest.mark.parametrize(
    ("late", "sent"),
    [
        (LateMembers.ON_GROUP_CHANGE, ["u-1", "u-3", "u-4"]),
        (LateMembers.ON_RESTART, ["u-1", "u-4"]),
    ],
)
def test_a_member_who_comes_into_scope_late(late: LateMembers, sent: list[str]) -> None:
    """By the setting: sent when the group changes next, or not before a restart."""
    world = World(settings=ProvisioningSettings(late_members=late))
    world.configure(scope=SyncScope.ASSIGNED)
    world.user("ana")
    world.user("bo", assigned=False)
    world.user("cy", assigned=False)
    world.group("Team", "ana")
    world.tenant.create_user(_blocked("dee"))
    world.tenant.add_member("team", "dee")
    world.cycle()
    world.tenant.update_user("dee", {"account_enabled": True})
    world.cycle()

    world.tenant.add_member("team", "bo")
    world.cycle()

    held = [each["value"] for each in world.target.held["Groups"]["g-2"]["members"]]
    assert sorted(held) == sent


def _blocked(name: str) -> Any:
    from entrasim.directory.user import User  # noqa: PLC0415

    return User(
        id=name,
        user_principal_name=f"{name}@contoso.example",
        display_name=name.title(),
        mail_nickname=name,
        account_enabled=False,
    )


@pytest.mark.parametrize(
    ("again", "patches"), [(MembersOnRestart.ALL, 2), (MembersOnRestart.UNRESOLVED, 0)]
)
def test_members_on_a_restart(again: MembersOnRestart, patches: int) -> None:
    world = team(members_on_restart=again)
    world.cycle()

    world.job.watermark = None

    assert in_short(world.cycle()).count("PATCH /Groups/g-3") == patches


@pytest.mark.parametrize(("size", "patches"), [(1, 2), (2, 1)])
def test_members_per_patch(size: int, patches: int) -> None:
    assert in_short(team(members_per_patch=size).cycle()).count("PATCH /Groups/g-3") == patches


@pytest.mark.parametrize(
    ("form", "operation"),
    [
        (ManagerClear.REPLACE_EMPTY, {"op": "Replace", "value": ""}),
        (ManagerClear.REMOVE, {"op": "Remove"}),
    ],
)
def test_a_manager_is_cleared_in_the_form_that_is_set(
    form: ManagerClear, operation: dict[str, str]
) -> None:
    world = team(manager_clear=form)
    world.cycle()

    world.tenant.update_user("ana", {"manager": None})
    body = world.cycle()[-1].body

    assert body is not None
    path = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"
    assert body["Operations"] == [operation | {"path": path}]


# -- trouble -------------------------------------------------------------------------------------


def refusing(status: int, *, method: str, name: str) -> MemoryTarget:
    """A target that refuses what one user sends."""

    def answer(request: ScimRequest) -> ScimResponse | None:
        concerned = request.method == method and name in str(request.body)
        return ScimResponse(status=status, body={"detail": "no"}) if concerned else None

    return MemoryTarget(answer)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (409, "SystemForCrossDomainIdentityManagementConflict"),
        (400, "SystemForCrossDomainIdentityManagementServiceIncompatible"),
    ],
)
def test_an_object_that_fails_stops_no_other_and_is_tried_again(status: int, code: str) -> None:
    world = World(target=refusing(status, method="POST", name="ana@"))
    world.user("ana")
    world.user("bo")
    world.cycle()

    assert told(world) == [("create", "failure", "Ana"), ("create", "success", "Bo")]
    failure = world.log[0].outcome.failure
    assert failure is not None
    assert failure.code in (code, code.removeprefix("SystemForCrossDomainIdentityManagement"))

    world.target.answer = lambda _: None
    assert in_short(world.cycle()) == ["GET /Users", "POST /Users"]
    assert len(world.job.escrow) == 0


@pytest.mark.parametrize(
    ("setting", "requests", "log"),
    [
        (OnMissingAnchor.INVALID_ANCHOR, ["GET /Users/u-1"], ("other", "failure", "Ana")),
        (
            OnMissingAnchor.REMATCH,
            ["GET /Users/u-1", "GET /Users", "POST /Users"],
            ("create", "success", "Ana"),
        ),
    ],
)
def test_a_linked_account_that_is_gone(
    setting: OnMissingAnchor, requests: list[str], log: tuple[str, str, str]
) -> None:
    world = World(settings=ProvisioningSettings(on_missing_anchor=setting))
    world.user("ana")
    world.cycle()
    world.target.held["Users"].clear()

    world.tenant.update_user("ana", {"job_title": "Analyst"})

    assert in_short(world.cycle()) == requests
    assert told(world) == [log]


def test_a_probe_that_fails_ends_the_cycle_in_quarantine() -> None:
    world = World(target=MemoryTarget(lambda _: ScimResponse(fault=Fault.CONNECT)))
    world.user("ana")

    assert world.cycle() == []
    assert world.job.quarantine is not None
    assert world.job.watermark is None


@pytest.mark.parametrize(
    ("setting", "outcome"),
    [(SpecialCharacters.ESCAPE, "success"), (SpecialCharacters.REJECT, "failure")],
)
def test_a_quote_in_a_matching_value(setting: SpecialCharacters, outcome: str) -> None:
    world = World(settings=ProvisioningSettings(special_characters_in_filters=setting))
    world.user("ana", user_principal_name='a"na@contoso.example')

    requests = world.cycle()

    assert [status for _, status, _ in told(world)] == [outcome]
    if outcome == "success":
        assert requests[0].query == "filter=userName+eq+%22a%5C%22na%40contoso.example%22"


@pytest.mark.parametrize("sends", [True, False])
def test_empty_text_on_creation(*, sends: bool) -> None:
    """Join of two nulls is empty text."""
    world = World(settings=ProvisioningSettings(send_empty_text=sends))
    world.user("ana")

    body = world.cycle()[1].body

    assert body is not None
    assert ("name" in body) is sends


# -- expressions ---------------------------------------------------------------------------------


def with_mapping(target: str, source: str) -> World:
    world = World()
    mapping = world.configuration.user_mapping
    row = AttributeMapping(target=parse_path(target), source=parse(source))
    rows = (*mapping.attribute_mappings, row)
    world.configure(user_mapping=replace(mapping, attribute_mappings=rows))
    return world


def test_an_object_on_which_an_expression_fails_is_an_error_of_that_object() -> None:
    world = with_mapping("nickName", "NumFromDate([jobTitle])")
    world.user("ana", job_title="no date")
    world.user("bo")

    world.cycle()

    assert told(world) == [("other", "failure", "Ana"), ("create", "success", "Bo")]
    failure = world.log[0].outcome.failure
    assert failure is not None
    assert failure.reason == 'NumFromDate: "no date" is no date'


def test_a_unique_value_is_asked_for_in_the_target_on_creation_only() -> None:
    world = with_mapping(
        "nickName", 'SelectUniqueValue([mailNickname], Append([mailNickname], "2"))'
    )
    world.target.put("Users", {"userName": "other@contoso.example", "nickName": "ana"})
    world.user("ana")

    requests = world.cycle()

    assert [each.query for each in requests[1:3]] == [
        "filter=nickName+eq+%22ana%22",
        "filter=nickName+eq+%22ana2%22",
    ]
    assert requests[3].body is not None
    assert requests[3].body["nickName"] == "ana2"
    world.tenant.update_user("ana", {"job_title": "Analyst"})
    assert in_short(world.cycle()) == ["GET /Users/u-2", "PATCH /Users/u-2"]


def test_without_a_unique_value_left_the_object_waits_in_escrow() -> None:
    world = with_mapping("nickName", 'SelectUniqueValue([mailNickname], "x")')
    for taken in ("ana", "x"):
        world.target.put("Users", {"userName": f"{taken}@lumen.example", "nickName": taken})
    world.user("ana")

    world.cycle()

    assert told(world) == [("other", "failure", "Ana")]
    assert len(world.job.escrow) == 1
