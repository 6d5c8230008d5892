"""PATCH that cannot be done: the operations, and the whole refusal."""

from typing import Any

import pytest

CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
ANA = {"userName": "ana@contoso.example"}
WORK = {"type": "work", "value": "ana@contoso.example"}

REFUSALS = {
    "unknown attribute": (
        [("Add", "nick", "A")],
        400,
        "invalidPath",
        "a User has no attribute nick",
    ),
    "unknown part": (
        [("Add", "name.nick", "A")],
        400,
        "invalidPath",
        "a User has no attribute name.nick",
    ),
    "unknown part of an element": (
        [("Add", 'emails[type eq "work"].nick', "A")],
        400,
        "invalidPath",
        "emails has no part nick",
    ),
    "unknown part in a condition": (
        [("Add", 'emails[kind eq "work"].value', "A")],
        400,
        "invalidPath",
        (
            'the path "emails[kind eq "work"].value" cannot be read: character 8: '
            "emails has no part kind"
        ),
    ),
    "unknown attribute of the enterprise extension": (
        [("Add", f"{ENTERPRISE}:nick", "A")],
        400,
        "invalidPath",
        f"a User has no attribute {ENTERPRISE}:nick",
    ),
    "unknown key": (
        [("Add", None, {"nick": "A"})],
        400,
        "invalidPath",
        "a User has no attribute nick",
    ),
    "no path": (
        [("Add", "emails[type eq", "A")],
        400,
        "invalidPath",
        (
            'the path "emails[type eq" cannot be read: character 15: '
            'expected a value such as "text", 1, true or null, found the end'
        ),
    ),
    "more than a path": (
        [("Add", 'title eq "x"', "A")],
        400,
        "invalidPath",
        (
            'the path "title eq "x"" cannot be read: character 7: '
            "expected the end of the path, found eq"
        ),
    ),
    "condition on text": (
        [("Add", 'title[value eq "x"].value', "A")],
        400,
        "invalidPath",
        "title has no part value",
    ),
    "part of a part": (
        [("Add", 'name.givenName[value eq "x"].value', "A")],
        400,
        "invalidPath",
        "name.givenName has no elements to select from",
    ),
    "an extension as text": (
        [("Add", ENTERPRISE, "A")],
        400,
        "invalidPath",
        f"{ENTERPRISE} is no attribute",
    ),
    "an id": ([("Replace", "id", "A")], 400, "mutability", "id is the server's own"),
    "groups": (
        [("Add", "groups", [{"value": "g"}])],
        400,
        "mutability",
        "groups is the server's own",
    ),
    "the name of a manager": (
        [("Add", f"{ENTERPRISE}:manager.displayName", "Bo")],
        400,
        "mutability",
        f"{ENTERPRISE}:manager.displayName is the server's own",
    ),
    "remove without path": (
        [("remove", None)],
        400,
        "noTarget",
        "Operations[1]: remove needs a path",
    ),
    "no element to make": (
        [("Add", 'emails[type co "work"].value', "A")],
        400,
        "noTarget",
        "no element of emails fulfils the condition",
    ),
    "a manager who does not fit": (
        [("Replace", f'{ENTERPRISE}:manager[value eq "B2"].value', "C3")],
        400,
        "noTarget",
        "manager does not fit the condition",
    ),
    "userName cleared": (
        [("Replace", "userName", "")],
        400,
        "invalidValue",
        "a User needs userName",
    ),
    "userName removed": ([("Remove", "userName")], 400, "invalidValue", "a User needs userName"),
    "number for text": ([("Add", "title", 5)], 400, "invalidValue", "title is text, not a number"),
    "text for a Boolean": (
        [("Add", "active", "yes")],
        400,
        "invalidValue",
        'active is true or false, not "yes"',
    ),
    "text for a complex value": (
        [("Add", "name", "Ana")],
        400,
        "invalidValue",
        'name is an object, not "Ana"',
    ),
    "text for an element": (
        [("Add", "emails", "a@b")],
        400,
        "invalidValue",
        'emails is an object, not "a@b"',
    ),
    "two primaries": (
        [("Add", "emails", [{"value": "a", "primary": True}, {"value": "b", "primary": "True"}])],
        400,
        "invalidValue",
        "only one of emails can be primary",
    ),
    "two of a type": (
        [("Replace", "emails", [WORK, {**WORK, "value": "b"}])],
        400,
        "invalidValue",
        "emails has two elements of one type",
    ),
    "no value": ([("Add", "title")], 400, "invalidValue", "Operations[1]: add needs a value"),
    "no op": (
        [(None, "title", "A")],
        400,
        "invalidSyntax",
        "Operations[1]: op is add, replace or remove",
    ),
    "unknown op": (
        [("move", "title", "A")],
        400,
        "invalidSyntax",
        "Operations[1]: op is add, replace or remove",
    ),
    "no object": ([None], 400, "invalidSyntax", "Operations[1] is not an object"),
    "path is no text": ([("add", 5, "A")], 400, "invalidSyntax", "Operations[1]: path is not text"),
    "value without path is text": (
        [("add", None, "A")],
        400,
        "invalidSyntax",
        "Operations[1]: without a path, value is an object of attributes",
    ),
    "unknown part of an object": (
        [("Add", "name", {"nick": "A"})],
        400,
        "invalidSyntax",
        "name has no part nick",
    ),
    "the userName of another": (
        [("Replace", "userName", "BO@contoso.example")],
        409,
        "uniqueness",
        "another User has the same userName",
    ),
}


@pytest.mark.parametrize(
    ("operations", "status", "scim_type", "detail"),
    REFUSALS.values(),
    ids=REFUSALS.keys(),
)
def test_what_cannot_be_done_is_refused_and_nothing_changes(
    scim: Any, patch_body: Any, operations: Any, status: Any, scim_type: Any, detail: Any
):
    scim.create("Users", userName="bo@contoso.example")
    path = f"/Users/{scim.create('Users', **ANA, title='A')}"
    before = scim.request("GET", path).json
    first = ("Replace", "displayName", "never seen")
    answer = scim.request("PATCH", path, patch_body([first, *operations]))
    assert (answer.status, answer.json["scimType"], answer.json["detail"]) == (
        status,
        scim_type,
        detail,
    )
    assert scim.request("GET", path).json == before


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"schemas": [PATCH_OP]}, "a PatchOp needs a list of Operations"),
        ({"schemas": [PATCH_OP], "Operations": {}}, "a PatchOp needs a list of Operations"),
        ({"schemas": [CORE_USER], "Operations": []}, f"schemas lacks {PATCH_OP}"),
        ({"schemas": "x", "Operations": []}, f"schemas lacks {PATCH_OP}"),
    ],
)
def test_a_body_that_is_no_patch_is_refused(scim: Any, body: Any, detail: Any):
    path = f"/Users/{scim.create('Users', **ANA)}"
    answer = scim.request("PATCH", path, body)
    assert (answer.status, answer.json["scimType"]) == (400, "invalidSyntax")
    assert answer.json["detail"] == detail
