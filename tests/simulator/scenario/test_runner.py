"""The runner: what each step does, and what ends a scenario."""

import pytest
from tests.simulator.scenario.conftest import Play, at
from tests.simulator.wire.servers import EMPTY_LIST, SCIM, Received, Reply, http_server

from entrasim.scenario.model.steps import Change, Step, TargetChange
from entrasim.scenario.target import ScenarioTarget

HEAD = """\
version: 1
name: Test
tenant:
  users:
    - {userPrincipalName: ana@contoso.example, displayName: Ana Silva}
    - {userPrincipalName: bo@contoso.example, displayName: Bo Lind}
  groups:
    - {displayName: Desk, members: [ana@contoso.example]}
"""
APPLICATION = """\
application:
  displayName: Lumen Desk
  appRoles: [{value: Reader}]
  provisioning: {status: On}
  assignments: [{group: Desk}]
"""
TEXT = HEAD + APPLICATION + "steps:\n"

# -- connection tests --------------------------------------------------------------------------------

UNAUTHORIZED = (
    "GET /Users was answered with 401: the bearer token is missing or wrong. "
    "Check secretToken: enter the token alone, without the word Bearer"
)
CONNECTION_TESTS = {
    "what is saved": ("testConnection:", [], 0),
    "a bare name": ("testConnection", [], 0),
    "an expected refusal": ("testConnection: {secretToken: no, expect: Unauthorized}", [], 0),
    "an unexpected refusal": (
        "testConnection: {secretToken: no}",
        [f"15: steps[0]\nexpected Success\nactual   Unauthorized. {UNAUTHORIZED}"],
        3,
    ),
    "an unexpected success": (
        "testConnection: {expect: Unauthorized}",
        ["15: steps[0]\nexpected Unauthorized\nactual   Success"],
        1,
    ),
}


@pytest.mark.parametrize(
    ("step", "troubles", "status"), CONNECTION_TESTS.values(), ids=CONNECTION_TESTS.keys()
)
def test_connection_tests(play: Play, step: str, troubles: list[str], status: int) -> None:
    played = play(f"{TEXT}  - {step}\n")
    assert (played.troubles, played.report.status) == (troubles, status)


def test_values_that_are_tried_are_not_saved(play: Play) -> None:
    tried = "  - testConnection: {secretToken: no, expect: Unauthorized}\n"
    assert play(TEXT + tried + "  - testConnection\n  - cycle\n").troubles == []


# -- time --------------------------------------------------------------------------------------------

TIMES = {
    "the first cycle is due now": ("[cycle]", ["05 09:00 Lumen Desk initial"]),
    "the next after forty minutes": (
        "[cycle, cycle]",
        ["05 09:00 Lumen Desk initial", "05 09:40 Lumen Desk incremental"],
    ),
    "a wait runs the cycle at its end": (
        "[cycle, {wait: 40m}]",
        ["05 09:00 Lumen Desk initial", "05 09:40 Lumen Desk incremental"],
    ),
    "a wait that ends before the next cycle": (
        "[cycle, {wait: 39m}]",
        ["05 09:00 Lumen Desk initial"],
    ),
    "a wait runs the cycle at its beginning": (
        "[{wait: 0s}]",
        ["05 09:00 Lumen Desk initial"],
    ),
    "a cycle after a wait comes at its own time": (
        "[cycle, {wait: 30m}, cycle]",
        ["05 09:00 Lumen Desk initial", "05 09:40 Lumen Desk incremental"],
    ),
    "many cycles without anything to do": (
        "[cycle, {wait: 2d}]",
        [
            "05 09:00 Lumen Desk initial",
            "05 09:40 Lumen Desk incremental",
            "05 10:20 Lumen Desk 70 idle",
            "07 09:00 Lumen Desk incremental",
        ],
    ),
    "no cycle while paused": (
        "[cycle, pause, {wait: 1d}, start, cycle]",
        ["05 09:00 Lumen Desk initial", "06 09:00 Lumen Desk incremental"],
    ),
    "a restart makes the next cycle initial, and due": (
        "[cycle, restart, cycle]",
        ["05 09:00 Lumen Desk initial", "05 09:00 Lumen Desk initial"],
    ),
}


@pytest.mark.parametrize(("steps", "cycles"), TIMES.values(), ids=TIMES.keys())
def test_when_cycles_run(play: Play, steps: str, cycles: list[str]) -> None:
    played = play(f"{HEAD}{APPLICATION}steps: {steps}\n")
    assert (played.troubles, played.cycles) == ([], cycles)


def test_in_quarantine_the_next_cycle_is_the_next_attempt(play: Play) -> None:
    wrong = "{change: {setCredentials: {secretToken: no}}}"
    right = "{change: {setCredentials: {secretToken: minted}}}"
    played = play(f"{HEAD}{APPLICATION}steps: [cycle, {wrong}, cycle, cycle, {right}, cycle]\n")
    assert (played.troubles, played.cycles) == (
        [],
        [
            "05 09:00 Lumen Desk initial",
            "05 09:40 Lumen Desk incremental",
            "05 15:40 Lumen Desk incremental",
            "06 03:40 Lumen Desk incremental",
        ],
    )


NOTHING_DUE = {
    "paused": (
        "  - pause\n  - cycle\n",
        '16: steps[1]\nprovisioning of "Lumen Desk" is paused; a step start makes it go on',
    ),
    "off": (
        "  - change: {setProvisioning: {status: Off}}\n  - cycle\n",
        '16: steps[1]\nprovisioning of "Lumen Desk" is off; set its status to On',
    ),
    "manual": (
        "  - change: {setProvisioning: {mode: Manual}}\n  - cycle\n",
        '16: steps[1]\n"Lumen Desk" is provisioned manually; set its mode to Automatic',
    ),
    "a new application": (
        "  - change: {createApplication: {displayName: New}}\n  - {cycle: , application: New}\n",
        '16: steps[1]\n"New" has no tenantUrl and secretToken yet; set them with setProvisioning',
    ),
}


@pytest.mark.parametrize(("steps", "trouble"), NOTHING_DUE.values(), ids=NOTHING_DUE.keys())
def test_a_cycle_that_cannot_be_ends_the_scenario(play: Play, steps: str, trouble: str) -> None:
    played = play(f"{TEXT}{steps}  - wait: 1h\n")
    assert (played.troubles, played.report.status) == ([trouble], 1)
    assert len(played.report.steps) == 2


# -- changes -----------------------------------------------------------------------------------------

CHANGES = {
    "createApplication": (
        "createApplication: {displayName: Other, provisioning: {status: On}, "
        "assignments: [{user: bo@contoso.example}]}",
        "{application: Other, expect: {target: {count: {users: 1}}}}",
    ),
    "setProvisioning": (
        "setProvisioning: {mappings: {groups: off}, secretToken: no}",
        "{expect: {job: Quarantine, requests: {probe: 1}}}",
    ),
    "setMappings": (
        "setMappings: {users: {replace: [{target: title, source: 'ToUpper([city])'}]}, groups: off}",
        "{expect: {requests: {GET /Groups: 0}}}",
    ),
    "setScopingFilters": (
        "setScopingFilters: {users: [{title: T, "
        "clauses: [{attribute: city, operator: IS NOT NULL}]}]}",
        "{expect: {target: {users: [{userName: ana@contoso.example, active: false}]}}}",
    ),
    "setCredentials": ("setCredentials: {secretToken: no}", "{expect: {job: Quarantine}}"),
    "createUser": (
        "[{createUser: {id: cy, userPrincipalName: cy@contoso.example, displayName: Cy}}, "
        "{addMember: {group: Desk, member: cy}}]",
        "{expect: {target: {users: [{userName: cy@contoso.example}]}}}",
    ),
    "updateUser": (
        "updateUser: {user: ana@contoso.example, jobTitle: Lead, postalCode: 01234, "
        "extensionAttribute1: x, manager: bo@contoso.example}",
        "{expect: {target: {users: [{userName: ana@contoso.example, title: Lead, "
        "addresses: [{postalCode: 01234}]}]}}}",
    ),
    "deleteUser": (
        "deleteUser: ana@contoso.example",
        "{expect: {target: {count: {users: 1}}, log: {disable: {success: 1}}}}",
    ),
    "restoreUser": (
        "[{deleteUser: ana@contoso.example}, {restoreUser: ana@contoso.example}]",
        "{expect: {target: {users: [{userName: ana@contoso.example, active: true}]}}}",
    ),
    "purgeUser": (
        "[{deleteUser: ana@contoso.example}, {purgeUser: ana@contoso.example}]",
        "{expect: {requests: {DELETE /Users: 1}, target: {count: {users: 0}}}}",
    ),
    "createGroup": (
        "[{createGroup: {displayName: New, members: [bo@contoso.example]}}, {assign: {group: New}}]",
        "{expect: {target: {groups: [{displayName: New, members: [bo@contoso.example]}]}}}",
    ),
    "updateGroup": (
        "updateGroup: {group: Desk, displayName: Table}",
        "{expect: {target: {groups: [{displayName: Table}], absent: [Desk]}}}",
    ),
    "deleteGroup": ("deleteGroup: Desk", "{expect: {target: {absent: [Desk]}}}"),
    "addMember": (
        "addMember: {group: Desk, members: [bo@contoso.example]}",
        "{expect: {target: {groups: [{displayName: Desk, "
        "members: [ana@contoso.example, bo@contoso.example]}]}}}",
    ),
    "removeMember": (
        "removeMember: {group: Desk, member: ana@contoso.example}",
        "{expect: {target: {groups: [{displayName: Desk, members: []}]}}}",
    ),
    "assign": (
        "assign: {user: bo@contoso.example, role: Reader}",
        "{expect: {target: {users: [{userName: bo@contoso.example}]}}}",
    ),
    "unassign": (
        "unassign: {group: Desk}",
        "{expect: {target: {absent: [Desk], "
        "users: [{userName: ana@contoso.example, active: false}]}}}",
    ),
}
"""Each change with what it leads to in the next cycle."""


@pytest.mark.parametrize(("change", "expectation"), CHANGES.values(), ids=CHANGES.keys())
def test_what_changes_lead_to(play: Play, change: str, expectation: str) -> None:
    cycle = "  - cycle\n  - expect:\n"
    text = f"{TEXT}{cycle}  - change: {{{change}}}\n  - cycle\n  - {expectation}\n"
    if change.startswith("["):
        text = text.replace(f"{{{change}}}", change)
    if "application: Other" in expectation:
        text = text.replace("  - expect:\n", "")
    assert play(text).troubles == []


def keys(model: type[Step | Change | TargetChange]) -> set[str]:
    fields = model.model_fields.items()
    return {str(field.alias) for name, field in fields if name not in model.beside()}


def test_the_table_holds_every_change() -> None:
    assert set(CHANGES) == keys(Change)


EDITS = {
    "createUser": (
        "createUser: {userName: cy@contoso.example, active: true}",
        "{users: [{userName: cy@contoso.example, active: true}]}",
    ),
    "updateUser": (
        "updateUser: {userName: ana@contoso.example, set: {title: Edited}}",
        "{users: [{userName: ana@contoso.example, title: Edited}]}",
    ),
    "deleteUser": ("deleteUser: ana@contoso.example", "{count: {users: 0}}"),
    "createGroup": (
        "createGroup: {displayName: Own, members: [ana@contoso.example]}",
        "{groups: [{displayName: Own, members: [ana@contoso.example]}]}",
    ),
    "updateGroup": (
        "updateGroup: {displayName: Desk, set: {displayName: Table}}",
        "{groups: [{displayName: Table}], absent: [Desk]}",
    ),
    "deleteGroup": ("deleteGroup: Desk", "{count: {groups: 0}}"),
    "addMember": (
        "[{createUser: {userName: cy}}, {addMember: {displayName: Desk, members: cy}}]",
        "{groups: [{displayName: Desk, members: [ana@contoso.example, cy]}]}",
    ),
    "removeMember": (
        "removeMember: {displayName: Desk, members: [ana@contoso.example]}",
        "{groups: [{displayName: Desk, members: []}]}",
    ),
}


@pytest.mark.parametrize(("edit", "held"), EDITS.values(), ids=EDITS.keys())
def test_edits_of_the_target_are_in_no_count(play: Play, edit: str, held: str) -> None:
    edits = edit if edit.startswith("[") else f"{{{edit}}}"
    played = play(
        f"{TEXT}  - cycle\n  - expect:\n  - changeTarget: {edits}\n"
        f"  - expect: {{target: {held}}}\n  - expect: {{requests: none}}\n"
    )
    assert played.troubles == []
    assert played.report.requests == {
        "probe": 2,
        "GET /Users": 1,
        "POST /Users": 1,
        "GET /Groups": 2,
        "POST /Groups": 1,
        "PATCH /Groups": 1,
    }


def test_the_table_holds_every_edit() -> None:
    assert set(EDITS) == keys(TargetChange)


def test_an_edit_that_cannot_be_made_ends_the_scenario(play: Play) -> None:
    played = play(TEXT + "  - changeTarget: {deleteUser: nobody}\n  - cycle\n")
    assert played.troubles == ['15: steps[0]\nthe target holds no user "nobody"']
    assert (played.report.status, len(played.report.steps)) == (3, 1)


def test_what_exists_before_the_first_step(play: Play) -> None:
    existing = (
        "existing: {users: [{userName: ana@contoso.example, active: false}, {userName: old}], "
        "groups: [{displayName: Desk, members: [old]}]}\n"
    )
    expected = """\
  - cycle
  - expect:
      requests: {POST /Users: 0, POST /Groups: 0}
      target:
        users: [{userName: ana@contoso.example, active: true}]
        groups: [{displayName: Desk, members: [ana@contoso.example, old]}]
"""
    assert play(HEAD + APPLICATION + existing + "steps:\n" + expected).troubles == []


# -- several applications ----------------------------------------------------------------------------

TWO = (
    HEAD
    + """\
applications:
  - displayName: One
    provisioning: {status: On}
    assignments: [{user: ana@contoso.example}]
  - displayName: Two
    provisioning: {status: On}
    assignments: [{user: bo@contoso.example}]
steps:
"""
)


def test_cycles_run_in_the_order_of_the_file(play: Play) -> None:
    played = play(TWO + "  - cycle\n  - {cycle: , application: Two}\n  - wait: 40m\n")
    assert played.troubles == []
    assert played.cycles == [
        "05 09:00 One initial",
        "05 09:00 Two initial",
        "05 09:40 Two incremental",
        "05 09:40 One incremental",
        "05 10:20 One incremental",
        "05 10:20 Two incremental",
    ]


def test_each_application_has_a_target_of_its_own(play: Play) -> None:
    played = play(
        TWO
        + """\
  - cycle
  - {application: One, expect: {target: {absent: [bo@contoso.example], count: {users: 1}}}}
  - {application: Two, expect: {target: {absent: [ana@contoso.example], count: {users: 1}}}}
"""
    )
    assert played.troubles == []


def test_requests_and_log_need_no_application(play: Play) -> None:
    expectation = "{requests: {POST /Users: 2}, log: {create: {success: 2}}}"
    assert play(f"{TWO}  - cycle\n  - expect: {expectation}\n").troubles == []


def test_the_target_of_which_application(play: Play) -> None:
    played = play(TWO + "  - cycle\n  - expect: {target: {count: {users: 1}}}\n")
    assert played.troubles == [
        "18: steps[1]\nthe tenant has several applications. Say which with the key application."
    ]


def test_one_application_in_quarantine_beside_a_good_one(play: Play) -> None:
    """The cycle of the second does not cover up that the first is refused."""
    played = play(
        TWO
        + "  - {application: One, change: {setCredentials: {secretToken: no}}}\n"
        + "  - cycle\n"
    )
    assert played.troubles == [
        f'provisioning of "One" is in quarantine: {UNAUTHORIZED} (no expectation covers it)'
    ]
    assert played.report.status == 3


def test_an_expectation_covers_the_quarantine_of_its_own_application(play: Play) -> None:
    wrong = "  - {application: %s, change: {setCredentials: {secretToken: no}}}\n"
    played = play(
        TWO
        + wrong % "One"
        + wrong % "Two"
        + "  - cycle\n  - {application: Two, expect: {job: Quarantine}}\n"
    )
    assert played.troubles == [
        f'provisioning of "One" is in quarantine: {UNAUTHORIZED} (no expectation covers it)'
    ]


# -- trouble -----------------------------------------------------------------------------------------


def refuse_creation(received: Received) -> Reply:
    if received.method == "GET":
        return 200, SCIM, EMPTY_LIST
    return 409, SCIM, b'{"detail": "taken"}'


COVER = {
    "by no expectation": ("", False),
    "by one of the log": ("  - expect: {log: {create: {failure: 2}}}\n", True),
    "by one of another action": ("  - expect: {log: {update: {failure: 0}}}\n", False),
    "by one of its successes": ("  - expect: {log: {create: {success: 0}}}\n", False),
    "by a later one": (
        "  - expect: {requests: {POST /Users: 1}}\n  - expect: {log: {create: {failure: 0}}}\n",
        True,
    ),
}


@pytest.mark.parametrize(("steps", "covered"), COVER.values(), ids=COVER.keys())
def test_a_failed_object_must_be_covered(play: Play, steps: str, covered: bool) -> None:
    with http_server(refuse_creation) as server:
        played = play(f"{TEXT}  - cycle\n{steps}", at=at(server))
    taken = "Conflict, POST /{} was answered with 409: taken (no expectation covers it)"
    uncovered = [
        f'create failure, user "Ana Silva": {taken.format("Users")}',
        f'create failure, group "Desk": {taken.format("Groups")}',
    ]
    assert played.troubles == ([] if covered else uncovered)


def test_an_expectation_that_fails_does_not_end_the_scenario(play: Play) -> None:
    played = play(TEXT + "  - cycle\n  - expect: {job: Paused}\n  - testConnection\n")
    assert [each.ok for each in played.report.steps] == [True, False, True]
    assert played.report.status == 1


def test_requests_count_since_the_last_expectation(play: Play) -> None:
    steps = """\
  - cycle
  - expect: {requests: {POST /Users: 1}}
  - expect: {requests: none, log: {create: {success: 0}}}
  - testConnection
  - expect: {requests: {probe: 2}}
"""
    assert play(TEXT + steps).troubles == []


def test_a_step_tells_its_title_its_place_and_its_time(play: Play) -> None:
    played = play(TEXT + "  - {title: Later, wait: 1h}\n  - cycle\n")
    told = [(f"{each.at:%H:%M}", each.title, each.verb, each.place) for each in played.report.steps]
    assert told == [("10:00", "Later", "wait", (15, 5)), ("10:20", "", "cycle", (16, 5))]


STEPS = {"testConnection", "cycle", "wait", "change", "changeTarget", "start", "pause", "restart", "expect"}  # fmt: skip


def test_these_are_the_steps() -> None:
    """Each is played above."""
    assert keys(Step) == STEPS


# -- credentials -------------------------------------------------------------------------------------


def test_credentials_come_from_the_environment(play: Play) -> None:
    page = "{tenantUrl: 'http://127.0.0.1:${PORT}/scim', secretToken: '${TOKEN}', status: On}"
    text = TEXT.replace("{status: On}", page)
    with http_server(lambda _: (200, SCIM, EMPTY_LIST)) as server:
        environment = {"PORT": server.url.rpartition(":")[2], "TOKEN": "s3cret"}
        played = play(text + "  - testConnection\n", ScenarioTarget(), environment)
    assert played.troubles == []
    assert {each.headers["authorization"] for each in server.requests} == {"Bearer s3cret"}
    assert server.requests[0].target.startswith("/scim/Users?")
