"""`expect:` what holds passes, and what does not shows expected beside actual, with the reason."""

from collections import Counter
from collections.abc import Callable

import pytest
from tests.simulator.scenario.conftest import Play, at
from tests.simulator.wire.servers import EMPTY_LIST, SCIM, Received, Reply, http_server

from entrasim.directory.tenant import Tenant
from entrasim.scenario.expectations import failures
from entrasim.scenario.explaining import Observed
from entrasim.scenario.model.expectation import Expectation
from entrasim.scenario.recorder import Window

BEFORE = """\
version: 1
name: Test
tenant:
  users:
    - {userPrincipalName: ana@contoso.example, displayName: Ana Silva, jobTitle: Analyst,
       mail: ana@contoso.example, postalCode: 01234, manager: bo@contoso.example}
    - {userPrincipalName: bo@contoso.example, displayName: Bo Lind}
    - {userPrincipalName: ida@contoso.example, displayName: Ida Berg}
  groups:
    - {displayName: Desk, members: [ana@contoso.example, bo@contoso.example]}
application:
  displayName: Lumen Desk
  provisioning: {status: On}
  assignments: [{group: Desk}]
steps:
  - cycle:
  - expect: """
LINE = 17

HOLDS = {
    "counts of requests": "{requests: {POST /Users: 2, POST /Groups: 1, DELETE /Users: 0}}",
    "probes are counted apart": "{requests: {probe: 2, GET /Users: 3, GET /Groups: 2}}",
    "a request by method alone": "{requests: {matching: [{method: post}]}}",
    "a request by its path": "{requests: {matching: [{method: PATCH, path: '/Groups/{id}'}]}}",
    "a request by part of its body": (
        "{requests: {matching: [{method: POST, path: /Users, body: {title: Analyst, "
        "emails: [{type: work}], active: true}}]}}"
    ),
    "a request by path and query": (
        "{requests: {matching: [{method: GET, path: "
        "'/Users?filter=userName+eq+%22bo%40contoso.example%22'}]}}"
    ),
    "log": "{log: {create: {success: 3, failure: 0}, update: {success: 2}, disable: {success: 0}}}",
    "job": "{job: Active}",
    "a user by attribute paths": (
        "{target: {users: [{userName: ana@contoso.example, active: true, name.formatted: null, "
        "'emails[type eq \"work\"].value': ana@contoso.example}]}}"
    ),
    "a user's manager by name": (
        "{target: {users: [{userName: ana@contoso.example, manager: bo@contoso.example}]}}"
    ),
    "a user without a manager": "{target: {users: [{userName: bo@contoso.example, manager: null}]}}",
    "a text that looks like a number": (
        "{target: {users: [{userName: ana@contoso.example, "
        "addresses: [{type: work, postalCode: 01234}]}]}}"
    ),
    "members in any order": (
        "{target: {groups: [{displayName: Desk, "
        "members: [bo@contoso.example, ana@contoso.example]}]}}"
    ),
    "absent users and groups": "{target: {absent: [ida@contoso.example, Nowhere]}}",
    "counts of what is held": "{target: {count: {users: 2, groups: 1}}}",
}


@pytest.mark.parametrize("expectation", HOLDS.values(), ids=HOLDS.keys())
def test_what_holds(play: Play, expectation: str) -> None:
    assert play(BEFORE + expectation).troubles == []


CORE = "urn:ietf:params:scim:schemas:core:2.0"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
OPERATIONS = '"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":'
NEW = f'POST /Users {{"schemas":["{CORE}:User","{ENTERPRISE}"],"userName":'
SENT = {
    "<find ana>": "GET /Users?filter=userName+eq+%22ana%40contoso.example%22 -> 200",
    "<find bo>": "GET /Users?filter=userName+eq+%22bo%40contoso.example%22 -> 200",
    "<find desk>": (
        "GET /Groups?excludedAttributes=members&filter=displayName+eq+%22Desk%22 -> 200"
    ),
    "<probe users>": "GET /Users?filter=userName+eq+%22ID%22 -> 200",
    "<probe groups>": (
        "GET /Groups?excludedAttributes=members&filter=displayName+eq+%22ID%22 -> 200"
    ),
    "<post ana>": (
        f'{NEW}"ana@contoso.example","active":true,"displayName":"Ana Silva","title":... -> 201'
    ),
    "<post bo>": (
        f'{NEW}"bo@contoso.example","active":true,"displayName":"Bo Lind","externalId... -> 201'
    ),
    "<read ana>": "GET /Users/ID -> 200",
    "<read desk>": "GET /Groups/ID?excludedAttributes=members -> 200",
    "<patch manager>": (
        f'PATCH /Users/ID {{{OPERATIONS}[{{"op":"Add","path":"{ENTERPRISE}:manager",'
        '"value":"ID... -> 200'
    ),
    "<patch members>": (
        f'PATCH /Groups/ID {{{OPERATIONS}[{{"op":"Add","path":"members","value":[{{"value":"ID"}}]}}]}} '
        "-> 204"
    ),
}
"""Requests of the cycle, as failures show them."""


def spelled_out(message: str) -> str:
    """The message with its requests in full."""
    for short, whole in SENT.items():
        message = message.replace(short, whole)
    return message


FAILS = {
    "no requests": (
        "{requests: none}",
        """\
requests
expected no requests but probes
actual   GET /Groups: 2, GET /Users: 3, PATCH /Groups: 2, PATCH /Users: 1, POST /Groups: 1, POST /Users: 2
request  <read desk>
request  <patch members>
request  <patch members>
""",
    ),
    "a count of requests": (
        "{requests: {DELETE /Users: 1}}",
        """\
requests.DELETE /Users
expected 1
actual   0
request  <post ana>
request  <post bo>
request  <patch manager>
""",
    ),
    "a count of probes": (
        "{requests: {probe: 1}}",
        """\
requests.probe
expected 1
actual   2
request  <probe users>
request  <probe groups>
""",
    ),
    "no request of that shape": (
        "{requests: {matching: [{method: DELETE, path: '/Users/{id}'}]}}",
        """\
requests.matching[0]
expected a request like {"method":"DELETE","path":"/Users/{id}"}
actual   none
request  <patch members>
request  <read ana>
request  <patch manager>
""",
    ),
    "a body that is near": (
        "{requests: {matching: [{method: PATCH, body: {Operations: [{op: Add}, {op: Remove}]}}]}}",
        """\
requests.matching[0]
expected a request like {"method":"PATCH","body":{"Operations":[{"op":"Add"},{"op":"Remove"}]}}
actual   none
request  <patch manager>
request  <patch members>
request  <patch members>
""",
    ),
    "log": (
        "{log: {create: {success: 2}}}",
        """\
log.create.success
expected 2
actual   3
log      create success, user "Ana Silva"
log      create success, user "Bo Lind"
log      create success, group "Desk"
""",
    ),
    "log of what never happened": (
        "{log: {delete: {success: 1}}}",
        """\
log.delete.success
expected 1
actual   0
""",
    ),
    "job": (
        "{job: Quarantine}",
        """\
job
expected Quarantine
actual   Active
""",
    ),
    "no such user": (
        "{target: {users: [{userName: cy@contoso.example}]}}",
        """\
target.users[0]
expected a user "cy@contoso.example"
actual   the target holds none
""",
    ),
    "a Boolean is no text": (
        "{target: {users: [{userName: bo@contoso.example, active: 'true'}]}}",
        """\
target.users[0].active
expected "true"
actual   true
request  <find bo>
request  <post bo>
log      create success, user "Bo Lind"
""",
    ),
    "a manager": (
        "{target: {users: [{userName: bo@contoso.example, manager: ana@contoso.example}]}}",
        """\
target.users[0].manager
expected "ana@contoso.example"
actual   null
request  <find bo>
request  <post bo>
log      create success, user "Bo Lind"
""",
    ),
    "no such group": (
        "{target: {groups: [{displayName: Nowhere}]}}",
        """\
target.groups[0]
expected a group "Nowhere"
actual   the target holds none
""",
    ),
    "members": (
        "{target: {groups: [{displayName: Desk, members: [bo@contoso.example]}]}}",
        """\
target.groups[0].members
expected ["bo@contoso.example"]
actual   ["ana@contoso.example","bo@contoso.example"]
request  <read desk>
request  <patch members>
request  <patch members>
log      create success, group "Desk"
log      update success, group "Desk"
""",
    ),
    "an absent user": (
        "{target: {absent: [bo@contoso.example]}}",
        """\
target.absent[0]
expected no "bo@contoso.example"
actual   the target holds it
request  <find bo>
request  <post bo>
log      create success, user "Bo Lind"
""",
    ),
    "a count of what is held": (
        "{target: {count: {users: 3}}}",
        """\
target.count.users
expected 3
actual   2
""",
    ),
    "a user who is only in the directory": (
        "{target: {users: [{userName: ida@contoso.example}]}}",
        """\
target.users[0]
expected a user "ida@contoso.example"
actual   the target holds none
reason   Ida Berg is not assigned
""",
    ),
}


@pytest.mark.parametrize(("expectation", "message"), FAILS.values(), ids=FAILS.keys())
def test_what_does_not_hold(play: Play, expectation: str, message: str) -> None:
    (trouble,) = play(BEFORE + expectation).troubles
    assert f"{trouble}\n" == f"{LINE}: steps[1].expect.{spelled_out(message)}"


def test_a_message_names_every_mistake_at_its_own_place(play: Play) -> None:
    expectation = (
        "{job: Paused, log: {delete: {success: 1}}, target: {count: {users: 7, groups: 7}}}"
    )
    firsts = [each.splitlines()[0] for each in play(BEFORE + expectation).troubles]
    assert firsts == [
        f"{LINE}: steps[1].expect.{each}"
        for each in ("target.count.users", "target.count.groups", "log.delete.success", "job")
    ]


WHY = """\
version: 1
name: Test
tenant:
  users:
    - {userPrincipalName: ana@contoso.example, displayName: Ana Silva, department: Sales}
    - {userPrincipalName: bo@contoso.example, displayName: Bo Lind, department: Data}
application:
  displayName: Lumen Desk
  provisioning:
    status: On
    scope: Sync all users and groups
    scopingFilters:
      users: [{title: Data, clauses: [{attribute: department, operator: EQUALS, value: Data}]}]
steps:
  - cycle:
"""


def test_an_update_is_found_by_the_id_of_the_target(play: Play) -> None:
    """The PATCH names neither user name nor display name, and so does its entry in the log."""
    (trouble,) = play(
        WHY
        + """\
  - expect:
  - change: {updateUser: {user: bo@contoso.example, city: Oslo}}
  - cycle:
  - expect: {target: {users: [{userName: bo@contoso.example, addresses: [{locality: Rome}]}]}}
"""
    ).troubles
    assert trouble == (
        "19: steps[4].expect.target.users[0].addresses[0]\n"
        'expected {"locality":"Rome"}\n'
        'actual   [{"type":"work","locality":"Oslo"}]\n'
        "request  GET /Users/ID -> 200\n"
        f'request  PATCH /Users/ID {{{OPERATIONS}[{{"op":"Add",'
        '"path":"addresses[type eq \\"work\\"].locality","value":"Oslo"}]} -> 200\n'
        'log      update success, user "Bo Lind"'
    )


def test_a_user_who_was_skipped_is_missing_with_the_reason_of_the_log(play: Play) -> None:
    text = WHY + "  - expect: {target: {users: [{userName: ana@contoso.example}]}}\n"
    (trouble,) = play(text).troubles
    assert trouble == (
        "16: steps[1].expect.target.users[0]\n"
        'expected a user "ana@contoso.example"\n'
        "actual   the target holds none\n"
        'log      other skipped, user "Ana Silva": not admitted by a scoping filter: '
        '"department EQUALS \'Data\'" of "Data" is false'
    )


def refusing(status: int) -> Callable[[Received], Reply]:
    """A server that holds nothing and answers creations with `status`."""

    def reply(received: Received) -> Reply:
        if received.method == "GET":
            return 200, SCIM, EMPTY_LIST
        return status, SCIM, b'{"detail": "no room"}'

    return reply


def test_a_creation_that_failed_is_the_reason(play: Play) -> None:
    text = WHY + "  - expect: {requests: {POST /Users: 0}, log: {create: {failure: 2}}}\n"
    with http_server(refusing(409)) as server:
        requests, log = play(text, at=at(server)).troubles
    assert requests == spelled_out(
        "16: steps[1].expect.requests.POST /Users\n"
        "expected 0\n"
        "actual   1\n"
        "request  <post bo>\n"
        'log      create failure, user "Bo Lind": Conflict, '
        "POST /Users was answered with 409: no room"
    ).replace("201", "409")
    assert log == (
        "16: steps[1].expect.log.create.failure\n"
        "expected 2\n"
        "actual   1\n"
        'log      create failure, user "Bo Lind": Conflict, POST /Users was answered with 409: no room'
    )


def test_a_quarantine_tells_its_cause(play: Play) -> None:
    with http_server(lambda _: (401, SCIM, b"{}")) as server:
        (trouble,) = play(WHY + "  - expect: {job: Active}\n", at=at(server)).troubles
    assert trouble == (
        "16: steps[1].expect.job\n"
        "expected Active\n"
        "actual   Quarantine: GET /Users was answered with 401. Check secretToken: enter the token "
        "alone, without the word Bearer"
    )


def test_of_very_many_requests_only_the_first_are_compared() -> None:
    """And that is told, because the request may have been among the others."""
    expectation = Expectation.model_validate({"requests": {"matching": [{"method": "POST"}]}})
    window = Window(requests=Counter({"POST /Users": 2500}))
    observed = Observed(window=window, tenant=Tenant("contoso.example"))
    (failure,) = failures(expectation, observed)
    assert failure.actual == "none of the first 0 of 2,500 requests"
