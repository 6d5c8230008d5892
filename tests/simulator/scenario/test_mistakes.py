"""Mistakes in scenario files: the whole message of each, with line, column and remedy."""

import time
from pathlib import Path

import pytest

from entrasim.scenario.checking import check_file
from entrasim.scenario.mistakes import ScenarioError

HEAD = "version: 1\nname: Test\n"

USERS = """\
tenant:
  users:
    - {userPrincipalName: ana@contoso.example, displayName: Ana}
    - {id: bo, userPrincipalName: bo@contoso.example, displayName: Bo}
  groups:
    - {displayName: Desk}
    - {displayName: Twin}
    - {displayName: Twin}
"""

APPLICATION = """\
application:
  displayName: Lumen Desk
"""


def complaint(tmp_path: Path, text: str) -> str:
    file = tmp_path / "scenario.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        check_file(file)
    return str(caught.value).replace(str(file), "FILE")


FORM = {
    "unknown key, with the nearest known one": (
        "tenant:\n  licence: P1\n",
        """\
FILE:4:3: tenant.licence: unknown key "licence"
  4 |   licence: P1
    |   ^
  Did you mean "license"?""",
    ),
    "unknown key that is near to none": (
        "frobnicate: 1\n",
        """\
FILE:3:1: frobnicate: unknown key "frobnicate"
  3 | frobnicate: 1
    | ^
  Known here: application, applications, description, existing, name, steps, tenant, version.""",
    ),
    "duplicate key": (
        "tenant:\n  domain: a.example\n  domain: b.example\n",
        """\
FILE:5:3: the key "domain" stands here twice; first in line 4
  5 |   domain: b.example
    |   ^""",
    ),
    "wrong type: a mapping is expected": (
        "tenant: none\n",
        """\
FILE:3:9: tenant: a mapping of keys and values is expected here
  3 | tenant: none
    |         ^""",
    ),
    "wrong type: a list is expected": (
        "tenant: {users: ana}\n",
        """\
FILE:3:17: tenant.users: a list is expected here
  3 | tenant: {users: ana}
    |                 ^""",
    ),
    "wrong type: a truth value is expected": (
        "tenant:\n  groups: [{displayName: A, securityEnabled: perhaps}]\n",
        """\
FILE:4:46: tenant.groups[0].securityEnabled: "perhaps" is neither true nor false
  4 |   groups: [{displayName: A, securityEnabled: perhaps}]
    |                                              ^""",
    ),
    "missing key": (
        "tenant:\n  users:\n    - displayName: Ana\n",
        """\
FILE:5:7: tenant.users[0]: the key "userPrincipalName" is missing
  5 |     - displayName: Ana
    |       ^""",
    ),
    "no user principal name": (
        "tenant:\n  users: [{userPrincipalName: ana, displayName: Ana}]\n",
        """\
FILE:4:31: tenant.users[0].userPrincipalName: "ana" is no user principal name; \
write a name, @ and a domain
  4 |   users: [{userPrincipalName: ana, displayName: Ana}]
    |                               ^""",
    ),
    "a name of Graph": (
        "tenant:\n  users:\n    - {userPrincipalName: a@b.example, displayName: A, mobilePhone: '1'}\n",
        """\
FILE:5:56: tenant.users[0].mobilePhone: "mobilePhone" is the name that Graph uses
  5 |     - {userPrincipalName: a@b.example, displayName: A, mobilePhone: '1'}
    |                                                        ^
  Entra's mappings, and this file, call it "mobile".""",
    ),
    "a value that is not offered": (
        APPLICATION + "  provisioning:\n    scope: Sync only assigned user\n",
        """\
FILE:6:12: application.provisioning.scope: "Sync only assigned user" is not offered
  6 |     scope: Sync only assigned user
    |            ^
  Did you mean "Sync only assigned users and groups"? \
Offered: Sync only assigned users and groups, Sync all users and groups.""",
    ),
    "a nonsense duration": (
        "steps:\n  - wait: 40 minutes\n",
        """\
FILE:4:11: steps[0].wait: "40 minutes" is no duration; \
write a number and s, m, h or d, such as 40m or 1d12h
  4 |   - wait: 40 minutes
    |           ^""",
    ),
    "a duration beyond all time": (
        "steps:\n  - wait: 99999999999d\n",
        """\
FILE:4:11: steps[0].wait: a duration ends at 999999999 days
  4 |   - wait: 99999999999d
    |           ^""",
    ),
    "a nonsense instant": (
        "tenant: {startsAt: tomorrow}\n",
        """\
FILE:3:20: tenant.startsAt: "tomorrow" is no instant; write for example 2026-01-05T09:00:00Z
  3 | tenant: {startsAt: tomorrow}
    |                    ^""",
    ),
    "two steps in one": (
        "steps:\n  - {cycle: , wait: 40m}\n",
        """\
FILE:4:5: steps[0]: cycle and wait stand together; write one of them per item
  4 |   - {cycle: , wait: 40m}
    |     ^""",
    ),
    "a count of nothing": (
        "steps:\n  - expect: {requests: {POST /People: 1}}\n",
        """\
FILE:4:25: steps[0].expect.requests.POST /People: "POST /People" counts nothing; \
write a method and /Users or /Groups, such as POST /Users, or probe
  4 |   - expect: {requests: {POST /People: 1}}
    |                         ^""",
    ),
    "a tenant URL of another kind": (
        APPLICATION + "  provisioning: {tenantUrl: 'ftp://lumen.example'}\n",
        """\
FILE:5:29: application.provisioning.tenantUrl: "ftp://lumen.example" is not an absolute URL; \
write for example https://app.example/scim/v2
  5 |   provisioning: {tenantUrl: 'ftp://lumen.example'}
    |                             ^""",
    ),
    "an assignment of nobody": (
        APPLICATION + "  assignments: [{role: Admin}]\n",
        """\
FILE:5:17: application.assignments[0]: an assignment names either a user or a group
  5 |   assignments: [{role: Admin}]
    |                 ^""",
    ),
    "members of a dynamic group": (
        "tenant:\n  groups: [{displayName: A, members: [x], membershipRule: user.city -eq null}]\n",
        """\
FILE:4:12: tenant.groups[0]: the members of "A" follow from its membershipRule; take members away
  4 |   groups: [{displayName: A, members: [x], membershipRule: user.city -eq null}]
    |            ^""",
    ),
    "a membership rule that does not parse": (
        'tenant:\n  groups: [{displayName: A, membershipRule: user.dept -eq "X"}]\n',
        """\
FILE:4:45: tenant.groups[0].membershipRule: users have no attribute "dept"
    user.dept -eq "X"
    ^""",
    ),
    "an application said in two ways": (
        APPLICATION + "applications: [{displayName: Other}]\n",
        "FILE:1:1: application and applications stand together; write one of them\n"
        "  1 | version: 1\n"
        "    | ^",
    ),
}


@pytest.mark.parametrize(("text", "expected"), FORM.values(), ids=FORM.keys())
def test_mistakes_of_form(tmp_path: Path, text: str, expected: str) -> None:
    assert complaint(tmp_path, HEAD + text) == expected


MEANING = {
    "duplicate user principal name": (
        "tenant:\n  users:\n"
        "    - {userPrincipalName: ana@contoso.example, displayName: Ana}\n"
        "    - {userPrincipalName: ANA@contoso.example, displayName: Ana Two}\n",
        """\
FILE:6:27: tenant.users[1].userPrincipalName: another user is called "ANA@contoso.example"
  6 |     - {userPrincipalName: ANA@contoso.example, displayName: Ana Two}
    |                           ^""",
    ),
    "an ambiguous group name, where it is used": (
        USERS + APPLICATION + "  assignments: [{group: Twin}]\n",
        """\
FILE:13:25: application.assignments[0].group: 2 groups are called "Twin"
  13 |   assignments: [{group: Twin}]
     |                         ^
  Give the group that is meant an id, and refer to that.""",
    ),
    "a reference to nobody": (
        USERS + APPLICATION + "  assignments: [{user: ann@contoso.example}]\n",
        """\
FILE:13:24: application.assignments[0].user: no user is called "ann@contoso.example"
  13 |   assignments: [{user: ann@contoso.example}]
     |                        ^
  Did you mean "ana@contoso.example"?""",
    ),
    "a group where a user is meant": (
        USERS + "steps:\n  - change: {addMember: {group: Twin, member: Desk}}\n",
        """\
FILE:12:33: steps[0].change.addMember.group: 2 groups are called "Twin"
  12 |   - change: {addMember: {group: Twin, member: Desk}}
     |                                 ^
  Give the group that is meant an id, and refer to that.""",
    ),
    "a manager who is nobody": (
        "tenant:\n  users:\n"
        "    - {userPrincipalName: a@contoso.example, displayName: A, manager: zoe}\n",
        """\
FILE:5:71: tenant.users[0].manager: no user is called "zoe"
  5 |     - {userPrincipalName: a@contoso.example, displayName: A, manager: zoe}
    |                                                                       ^
  Add it to the tenant, or correct the name.""",
    ),
    "a step about a user who has been deleted": (
        USERS + "steps:\n"
        "  - change: {deleteUser: bo}\n"
        "  - change: {updateUser: {user: bo@contoso.example, city: Oslo}}\n",
        """\
FILE:13:33: steps[1].change.updateUser.user: no user is called "bo@contoso.example"
  13 |   - change: {updateUser: {user: bo@contoso.example, city: Oslo}}
     |                                 ^
  Did you mean "ana@contoso.example"?""",
    ),
    "license Free refuses a group": (
        "tenant:\n  license: Free\n  groups: [{displayName: Desk}]\n"
        + APPLICATION
        + "  assignments: [{group: Desk}]\n",
        """\
FILE:8:17: application.assignments[0]: "Desk" cannot be assigned: assigning a group needs the \
license P1 or P2; set tenant.license or assign its members one by one
  8 |   assignments: [{group: Desk}]
    |                 ^""",
    ),
    "a group that is not security-enabled": (
        "tenant:\n  groups: [{displayName: Desk, type: Microsoft 365}]\n"
        + APPLICATION
        + "  assignments: [{group: Desk}]\n",
        """\
FILE:7:17: application.assignments[0]: "Desk" cannot be assigned: it is not security-enabled; \
set securityEnabled: true on the group or assign another
  7 |   assignments: [{group: Desk}]
    |                 ^""",
    ),
    "an app role that the application lacks": (
        USERS + APPLICATION + "  appRoles: [{value: Reader}]\n"
        "  assignments: [{user: bo, role: Admin}]\n",
        """\
FILE:14:34: application.assignments[0].role: "Lumen Desk" has no app role "Admin"
  14 |   assignments: [{user: bo, role: Admin}]
     |                                  ^
  It has: Reader.""",
    ),
    "an expression that does not parse": (
        APPLICATION + "  provisioning:\n    mappings:\n      users:\n"
        "        replace: [{target: title, source: 'ToLower([jobTitle]'}]\n",
        """\
FILE:8:43: application.provisioning.mappings.users.replace[0].source: expected "," or ")" in the call of ToLower
    ToLower([jobTitle]
                      ^""",
    ),
    "a mapping to an unknown attribute": (
        APPLICATION + "  provisioning:\n    mappings:\n      users:\n"
        "        add: [{target: titel, source: jobTitle}]\n",
        """\
FILE:8:24: application.provisioning.mappings.users.add[0].target: the target has no attribute "titel"
  8 |         add: [{target: titel, source: jobTitle}]
    |                        ^
  Did you mean "title"? A custom attribute is called \
urn:ietf:params:scim:schemas:extension:YourName:2.0:User:yourAttribute.""",
    ),
    "a mapping from an unknown attribute": (
        APPLICATION + "  provisioning:\n    mappings:\n      users:\n"
        "        add: [{target: nickName, source: 'ToLower([givenname])'}]\n",
        """\
FILE:8:42: application.provisioning.mappings.users.add[0].source: users have no attribute \
"givenname"; did you mean "givenName"?
  8 |         add: [{target: nickName, source: 'ToLower([givenname])'}]
    |                                          ^""",
    ),
    "mappings without a matching attribute": (
        APPLICATION + "  provisioning:\n    mappings:\n"
        "      users: [{target: userName, source: userPrincipalName}]\n",
        """\
FILE:7:14: application.provisioning.mappings.users: no mapping is a matching attribute
  7 |       users: [{target: userName, source: userPrincipalName}]
    |              ^
  Give one a matchingPriority of 1; without it no object can be found in the target.""",
    ),
    "a made-up company outside of .example": (
        "tenant:\n  domain: contoso.com\n  fake: {users: 5}\n",
        """\
FILE:4:11: tenant.domain: the domain of a made-up company must end in ".example", not \
"contoso.com": a target may send mail to the people it is given, and a made-up address elsewhere \
may be somebody's own
  4 |   domain: contoso.com
    |           ^""",
    ),
    "a step without an application": (
        "steps: [testConnection]\n",
        """\
FILE:3:9: steps[0]: there is no application
  3 | steps: [testConnection]
    |         ^
  Add one under application, or with the change createApplication.""",
    ),
}


@pytest.mark.parametrize(("text", "expected"), MEANING.values(), ids=MEANING.keys())
def test_mistakes_of_meaning(tmp_path: Path, text: str, expected: str) -> None:
    assert complaint(tmp_path, HEAD + text) == expected


NO_SCENARIO = {
    "an empty file": ("", "FILE: the file is empty\n  Run `entrasim init` for a starter."),
    "only comments": (
        "# nothing\n",
        "FILE: the file is empty\n  Run `entrasim init` for a starter.",
    ),
    "not YAML": (
        "name: [unclosed\n",
        """\
FILE:2:1: this is not YAML: while parsing a flow sequence, did not find expected ',' or ']'""",
    ),
    "a list": (
        "- a\n- b\n",
        "FILE:1:1: a scenario is a mapping of keys and values\n  1 | - a\n    | ^",
    ),
    "two documents": (
        "name: a\n---\nname: b\n",
        "FILE:2:1: a scenario is a single YAML document\n  2 | ---\n    | ^",
    ),
    "an alias without an anchor": (
        "name: *nobody\n",
        'FILE:1:7: no anchor "&nobody" stands before this alias\n  1 | name: *nobody\n    |       ^',
    ),
    "an alias inside of itself": (
        "name: &a [*a]\n",
        'FILE:1:11: the alias "*a" stands inside of itself\n  1 | name: &a [*a]\n    |           ^',
    ),
    "a tag that would run code": (
        "name: !!python/object/apply:os.getcwd []\n",
        'FILE:1:7: the tag "tag:yaml.org,2002:python/object/apply:os.getcwd" means nothing here\n'
        "  1 | name: !!python/object/apply:os.getcwd []\n"
        "    |       ^",
    ),
}


@pytest.mark.parametrize(("text", "expected"), NO_SCENARIO.values(), ids=NO_SCENARIO.keys())
def test_texts_that_are_no_scenario(tmp_path: Path, text: str, expected: str) -> None:
    assert complaint(tmp_path, text) == expected


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        check_file(tmp_path / "none.yaml")
    expected = f"{tmp_path / 'none.yaml'}: the file cannot be read: No such file or directory"
    assert str(caught.value) == expected


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    file = tmp_path / "picture.yaml"
    file.write_bytes(b"\x89PNG\r\n\xff\xfe")
    with pytest.raises(ScenarioError) as caught:
        check_file(file)
    assert str(caught.value) == f"{file}: the file is not text in UTF-8\n  Save it as UTF-8."


BOMBS = {
    "200,000 opening brackets": ("name: " + "[" * 200_000, "values are nested more than 64 deep"),
    "200,000 opening braces": ("{a: " * 200_000, "values are nested more than 64 deep"),
    "nested block sequences": ("- " * 200_000, "values are nested more than 64 deep"),
    "an alias bomb": (
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n"
            for level in range(1, 12)
        ),
        "aliases stand for more than 100,000 values",
    ),
}


@pytest.mark.parametrize(("text", "message"), BOMBS.values(), ids=BOMBS.keys())
def test_bombs_are_refused_at_once(tmp_path: Path, text: str, message: str) -> None:
    began = time.process_time()
    assert message in complaint(tmp_path, text).splitlines()[0]
    assert time.process_time() - began < 1


def test_all_mistakes_of_a_file_come_at_once(tmp_path: Path) -> None:
    text = HEAD + USERS + "steps:\n  - wait: soon\n  - change: {deleteUser: nobody}\n"
    text = text.replace("displayName: Bo}", "displayName: Bo, jobtitle: X, manager: zoe}")
    firsts = [each.splitlines()[0] for each in complaint(tmp_path, text).split("\nFILE")]
    assert [each.split(": ", 1)[1] for each in firsts] == [
        'tenant.users[1].jobtitle: unknown key "jobtitle"',
        'tenant.users[1].manager: no user is called "zoe"',
        'steps[0].wait: "soon" is no duration; write a number and s, m, h or d, '
        "such as 40m or 1d12h",
        'steps[1].change.deleteUser: no user is called "nobody"',
    ]


def test_a_secret_in_a_quoted_line_is_masked(tmp_path: Path) -> None:
    text = HEAD + APPLICATION + "  provisioning: {secretToken: hunter2, scoope: x}\n"
    shown = complaint(tmp_path, text)
    assert "hunter2" not in shown
    assert "secretToken: *******" in shown


def test_an_undefined_variable_is_told_only_where_it_is_needed(tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text(
        HEAD
        + APPLICATION
        + "  provisioning: {tenantUrl: 'http://127.0.0.1', secretToken: '${NONE}'}\n"
    )
    assert check_file(file).scenario.name == "Test"
