"""Members of groups: how they come, how they leave, what is told of them."""

import time
from pathlib import Path
from typing import Any

import orjson
import pytest

CORE_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"


ADDING = {
    "Entra, by default": [("Add", "members", [{"value": "ana"}])],
    "Entra, with the reference of its documentation": [
        ("Add", "members", [{"$ref": None, "value": "ana"}])
    ],
    "Entra, with the flag": [("add", "members", [{"value": "ana"}])],
    "one after the other": [
        ("Add", "members", [{"value": "bo"}]),
        ("Remove", "members", [{"value": "bo"}]),
        ("Add", "members", [{"value": "ana"}]),
    ],
    "an object": [("add", "members", {"value": "ana"})],
    "without path": [("add", None, {"members": [{"value": "ana"}]})],
    "by reference": [("add", "members", [{"$ref": "https://scim.example/Users/ana"}])],
    "with type and display": [
        ("add", "members", [{"value": "ana", "type": "User", "display": "A"}])
    ],
    "twice": [("Add", "members", [{"value": "ana"}, {"value": "ana"}])],
    "replace": [("Add", "members", [{"value": "bo"}]), ("Replace", "members", [{"value": "ana"}])],
    "replace without path": [("replace", None, {"members": [{"value": "ana"}]})],
}


@pytest.fixture
def people(scim: Any) -> dict[str, str]:
    """The ids of three users."""
    return {
        name: scim.create("Users", userName=f"{name}@contoso.example")
        for name in ("ana", "bo", "cy")
    }


def with_ids(operations: Any, people: dict[str, str]) -> Any:
    """The operations with the ids of the people in place of their names."""
    match operations:
        case dict() | list() | tuple() as several:
            kind = type(several)
            if isinstance(several, dict):
                return {name: with_ids(part, people) for name, part in several.items()}
            return kind(with_ids(each, people) for each in several)
        case str() as text:
            for name, each in people.items():
                text = each if text == name else text.replace(f'"{name}"', f'"{each}"')
                text = text.replace(f"/Users/{name}", f"/Users/{each}")
            return text
    return operations


def members_of(scim: Any, group: str, people: dict[str, str]) -> list[str]:
    names = {each: name for name, each in people.items()}
    listed = scim.request("GET", f"/Groups/{group}").json.get("members", [])
    return [names[each["value"]] for each in listed]


@pytest.mark.parametrize("operations", ADDING.values(), ids=ADDING.keys())
def test_a_member_is_added(scim: Any, people: Any, patch_body: Any, operations: Any):
    group = scim.create("Groups", displayName="Legal", members=[])
    body = patch_body(with_ids(operations, people))
    answer = scim.request("PATCH", f"/Groups/{group}", body)
    assert (answer.status, answer.body) == (204, b"")
    assert members_of(scim, group, people) == ["ana"]


REMOVING = {
    "Entra, by default: a value list": ([("Remove", "members", [{"value": "ana"}])], ["bo", "cy"]),
    "a value list of two": (
        [("Remove", "members", [{"value": "ana"}, {"value": "cy"}])],
        ["bo"],
    ),
    "Entra, with the flag: a condition": ([("remove", 'members[value eq "ana"]')], ["bo", "cy"]),
    "condition in another case": ([("remove", 'MEMBERS[VALUE EQ "ana"]')], ["bo", "cy"]),
    "several conditions": (
        [("remove", 'members[value eq "ana" or value eq "bo"]')],
        ["cy"],
    ),
    "condition on the type": ([("remove", 'members[type eq "User"]')], []),
    "condition that fits nobody": ([("remove", 'members[type eq "Group"]')], ["ana", "bo", "cy"]),
    "somebody who is no member": (
        [("Remove", "members", [{"value": "nobody"}])],
        ["ana", "bo", "cy"],
    ),
    "somebody who is no member, by condition": (
        [("remove", 'members[value eq "nobody"]')],
        ["ana", "bo", "cy"],
    ),
    "an empty value list": ([("Remove", "members", [])], ["ana", "bo", "cy"]),
    "all": ([("remove", "members")], []),
    "all by replacing": ([("replace", "members", [])], []),
    "all but one": ([("replace", "members", [{"value": "bo"}])], ["bo"]),
    "and back again": (
        [("Remove", "members", [{"value": "bo"}]), ("Add", "members", [{"value": "bo"}])],
        ["ana", "bo", "cy"],
    ),
}


@pytest.mark.parametrize(("operations", "left"), REMOVING.values(), ids=REMOVING.keys())
def test_members_leave(scim: Any, people: Any, patch_body: Any, operations: Any, left: Any):
    members = [{"value": each} for each in people.values()]
    group = scim.create("Groups", displayName="Legal", members=members)
    body = patch_body(with_ids(operations, people))
    assert scim.request("PATCH", f"/Groups/{group}", body).status == 204
    assert members_of(scim, group, people) == left


REFUSED = {
    "an unknown id": (
        [("Add", "members", [{"value": "nobody"}])],
        "invalidValue",
        "members: no User or Group has the id nobody",
    ),
    "no value": (
        [("Add", "members", [{"display": "Ana"}])],
        "invalidValue",
        'members is a list of objects such as {"value": "the id of a user"}',
    ),
    "text": (
        [("Add", "members", ["ana"])],
        "invalidValue",
        'members is a list of objects such as {"value": "the id of a user"}',
    ),
    "a part of a member": (
        [("replace", 'members[value eq "ana"].value', "bo")],
        "mutability",
        "a member comes and goes as a whole, its parts do not change",
    ),
    "a part of all members": (
        [("replace", "members.value", "bo")],
        "mutability",
        "a member comes and goes as a whole, its parts do not change",
    ),
    "adding by a condition": (
        [("add", 'members[value eq "ana"]', {"value": "bo"})],
        "noTarget",
        "members are added with the path members, without a condition",
    ),
    "an unknown part in the condition": (
        [("remove", 'members[name eq "ana"]')],
        "invalidPath",
        'the path "members[name eq "ana"]" cannot be read: character 9: members has no part name',
    ),
    "displayName cleared": (
        [("Replace", "displayName", "")],
        "invalidValue",
        "a Group needs displayName",
    ),
}


@pytest.mark.parametrize(
    ("operations", "scim_type", "detail"), REFUSED.values(), ids=REFUSED.keys()
)
def test_what_cannot_be_done_with_members_is_refused_as_a_whole(
    scim: Any, people: Any, patch_body: Any, operations: Any, scim_type: str, detail: str
):
    path = (
        f"/Groups/{scim.create('Groups', displayName='Legal', members=[{'value': people['cy']}])}"
    )
    before = scim.request("GET", path).json
    first = ("Add", "members", [{"value": people["bo"]}])
    answer = scim.request("PATCH", path, patch_body([first, *operations]))
    assert (answer.status, answer.json["scimType"]) == (400, scim_type)
    assert answer.json["detail"] == detail
    assert scim.request("GET", path).json == before


def test_members_and_groups_tell_of_each_other(scim: Any):
    ana = scim.create("Users", userName="ana@contoso.example")
    inner = scim.create("Groups", displayName="Interns")
    outer = scim.create("Groups", displayName="Legal", members=[{"value": ana}, {"value": inner}])
    base = "https://scim.example/scim/v2"
    assert scim.request("GET", f"/Groups/{outer}").json["members"] == [
        {"value": ana, "$ref": f"{base}/Users/{ana}", "type": "User"},
        {"value": inner, "$ref": f"{base}/Groups/{inner}", "type": "Group"},
    ]
    assert scim.request("GET", f"/Users/{ana}").json["groups"] == [
        {"value": outer, "$ref": f"{base}/Groups/{outer}", "display": "Legal", "type": "direct"}
    ]


def test_each_client_sees_the_address_that_it_uses(scim: Any):
    ana = scim.create("Users", userName="ana@contoso.example")
    group = scim.create("Groups", displayName="Legal", members=[{"value": ana}])
    for host in ("scim.example", "localhost:8080", "[::1]:8080"):
        seen = scim.request("GET", f"/Groups/{group}", headers={"host": host}).json
        assert seen["members"][0]["$ref"] == f"https://{host}/scim/v2/Users/{ana}"
        assert seen["meta"]["location"] == f"https://{host}/scim/v2/Groups/{group}"
    odd = scim.request("GET", f"/Groups/{group}", headers={"host": 'x"y'}).json
    assert odd["meta"]["location"] == f"https://127.0.0.1:80/scim/v2/Groups/{group}"


@pytest.mark.parametrize("endpoint", ["Users", "Groups"])
def test_what_is_deleted_leaves_its_groups(scim: Any, endpoint: str):
    names = {"Users": "userName", "Groups": "displayName"}
    gone = scim.create(endpoint, **{names[endpoint]: "gone"})
    stays = scim.create("Users", userName="bo@contoso.example")
    both = [{"value": gone}, {"value": stays}]
    groups = [scim.create("Groups", displayName=f"G{n}", members=both) for n in range(2)]
    assert scim.request("DELETE", f"/{endpoint}/{gone}").status == 204
    for group in groups:
        seen = scim.request("GET", f"/Groups/{group}").json
        assert [each["value"] for each in seen["members"]] == [stays]
        assert seen["meta"]["version"] == 'W/"2"'


def test_a_group_that_is_deleted_is_no_longer_told_of_its_members(scim: Any):
    ana = scim.create("Users", userName="ana@contoso.example")
    group = scim.create("Groups", displayName="Legal", members=[{"value": ana}])
    assert scim.request("DELETE", f"/Groups/{group}").status == 204
    assert "groups" not in scim.request("GET", f"/Users/{ana}").json


def test_a_group_may_be_its_own_member_and_still_be_deleted(scim: Any, patch_body: Any):
    group = scim.create("Groups", displayName="Circle")
    adding = patch_body([("Add", "members", [{"value": group}])])
    assert scim.request("PATCH", f"/Groups/{group}", adding).status == 204
    assert scim.request("DELETE", f"/Groups/{group}").status == 204
    assert scim.request("GET", f"/Groups/{group}").status == 404
    assert scim.request("GET", "/Groups").json["totalResults"] == 0


def test_the_version_of_a_user_follows_his_groups(scim: Any, patch_body: Any):
    path = f"/Users/{scim.create('Users', userName='ana@contoso.example')}"
    versions = [scim.request("GET", path).headers["etag"]]
    group = scim.create("Groups", displayName="Legal", members=[{"value": path[7:]}])
    versions.append(scim.request("GET", path).headers["etag"])
    renaming = patch_body([("Replace", "displayName", "Tax")])
    scim.request("PATCH", f"/Groups/{group}", renaming)
    versions.append(scim.request("GET", path).headers["etag"])
    assert len(set(versions)) == 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('members.value eq "ana"', ["Legal"]),
        ('members eq "ana"', ["Legal"]),
        ('members[value eq "ana"]', ["Legal"]),
        ('members[value eq "bo" and type eq "User"]', ["Legal", "Tax"]),
        ('displayName eq "Tax" and members eq "ana"', []),
        ("members pr", ["Legal", "Tax"]),
        ("not (members pr)", ["Empty"]),
    ],
)
def test_groups_are_found_by_their_members(scim: Any, people: Any, text: str, found: Any):
    scim.create("Groups", displayName="Empty")
    ana, bo = {"value": people["ana"]}, {"value": people["bo"]}
    scim.create("Groups", displayName="Legal", members=[ana, bo])
    scim.create("Groups", displayName="Tax", members=[bo])
    listed = scim.request("GET", "/Groups", filter=with_ids(text, people)).json
    assert [each["displayName"] for each in listed["Resources"]] == found


def test_users_are_found_by_their_groups(scim: Any, people: Any):
    group = scim.create("Groups", displayName="Legal", members=[{"value": people["bo"]}])
    listed = scim.request("GET", "/Users", filter=f'groups.value eq "{group}"').json
    assert [each["id"] for each in listed["Resources"]] == [people["bo"]]


def test_put_replaces_the_members(scim: Any, people: Any):
    members = [{"value": people["ana"]}, {"value": people["bo"]}]
    path = f"/Groups/{scim.create('Groups', displayName='Legal', members=members)}"
    sent = {"displayName": "Legal", "members": [{"value": people["cy"]}]}
    answer = scim.request("PUT", path, sent)
    assert [each["value"] for each in answer.json["members"]] == [people["cy"]]
    assert "members" not in scim.request("PUT", path, {"displayName": "Legal"}).json
    assert "groups" not in scim.request("GET", f"/Users/{people['cy']}").json


def test_one_more_member_of_twenty_thousand_costs_no_more_than_of_twenty(
    serve_in_process: Any, patch_body: Any, tmp_path: Path
):
    def seconds_for_100_more(size: int) -> float:
        users = [{"id": f"u{n}", "userName": f"u{n}"} for n in range(size + 100)]
        members = [{"value": f"u{n}"} for n in range(size)]
        group = {"schemas": [CORE_GROUP], "id": "g", "displayName": "G", "members": members}
        file = tmp_path / f"{size}.json"
        file.write_bytes(orjson.dumps([*users, group]))
        scim = serve_in_process(load=file)
        began = time.process_time()
        for n in range(size, size + 100):
            adding = patch_body([("Add", "members", [{"value": f"u{n}"}])])
            assert scim.request("PATCH", "/Groups/g", adding).status == 204
        took = time.process_time() - began
        assert len(scim.request("GET", "/Groups/g").json["members"]) == size + 100
        return took

    few = seconds_for_100_more(20)
    assert seconds_for_100_more(20_000) < 4 * few  # 100 times as long when written anew each time
