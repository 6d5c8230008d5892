"""Creating, reading, replacing and deleting resources."""

from typing import Any

import pytest
from scim2_models import Context, EnterpriseUser, Error, Group, ListResponse, User

CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User"
CORE_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
CONTOSO = "urn:ietf:params:scim:schemas:extension:Contoso:2.0:User"

# The shape of https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups
ANA = {
    "schemas": [CORE_USER, ENTERPRISE],
    "externalId": "ana.silva",
    "userName": "ana.silva@contoso.example",
    "active": True,
    "displayName": "Ana Silva",
    "emails": [{"primary": True, "type": "work", "value": "ana.silva@contoso.example"}],
    "meta": {"resourceType": "User"},
    "name": {"formatted": "Ana Silva", "familyName": "Silva", "givenName": "Ana"},
    "roles": [],
    ENTERPRISE: {"department": "Legal", "employeeNumber": "1042"},
}
LEGAL = {
    "schemas": [
        CORE_GROUP,
        "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group",
    ],
    "externalId": "6a0e0d5c-57a2-4e0e-9f0c-2f1d2a9b7c11",
    "displayName": "Legal",
    "members": [],
    "meta": {"resourceType": "Group"},
}


def test_a_user_is_created_as_entra_sends_it(scim: Any):
    answer = scim.request("POST", "/Users", ANA)
    assert answer.status == 201
    assert answer.headers["content-type"] == "application/scim+json; charset=utf-8"
    created = answer.json
    location = f"https://scim.example/scim/v2/Users/{created['id']}"
    assert answer.headers["location"] == location
    assert answer.headers["etag"] == 'W/"1"'
    assert created == {
        **{name: value for name, value in ANA.items() if name != "roles"},
        "id": created["id"],
        "meta": {
            "resourceType": "User",
            "created": "2026-01-05T09:00:00.000Z",
            "lastModified": "2026-01-05T09:00:00.000Z",
            "location": location,
            "version": 'W/"1"',
        },
    }
    User[EnterpriseUser].model_validate(created, scim_ctx=Context.RESOURCE_CREATION_RESPONSE)
    read = scim.request("GET", f"/Users/{created['id']}")
    assert (read.status, read.json) == (200, created)
    User[EnterpriseUser].model_validate(read.json, scim_ctx=Context.RESOURCE_QUERY_RESPONSE)
    listed = scim.request("GET", "/Users").json
    ListResponse[User[EnterpriseUser]].model_validate(
        listed, scim_ctx=Context.RESOURCE_QUERY_RESPONSE
    )


def test_a_group_is_created_as_entra_sends_it(scim: Any):
    answer = scim.request("POST", "/Groups", LEGAL)
    assert answer.status == 201
    created = answer.json
    assert created["schemas"] == [CORE_GROUP]
    assert created["displayName"] == "Legal"
    assert created["externalId"] == LEGAL["externalId"]
    assert "members" not in created
    Group.model_validate(created, scim_ctx=Context.RESOURCE_CREATION_RESPONSE)


STORED = {
    "names in another case": ({"USERNAME": "a", "Title": "T"}, {"userName": "a", "title": "T"}),
    "nulls are left out": ({"userName": "a", "title": None, "emails": None}, {"userName": "a"}),
    "so is what is empty": (
        {"userName": "a", "title": "", "emails": [], "name": {"givenName": ""}, ENTERPRISE: {}},
        {"userName": "a"},
    ),
    "so is what is the server's": (
        {"userName": "a", "id": "mine", "groups": [{"value": "g"}], "meta": {"created": "x"}},
        {"userName": "a"},
    ),
    "so is a password": ({"userName": "a", "password": "secret"}, {"userName": "a"}),
    "Booleans as text": ({"userName": "a", "active": "False"}, {"userName": "a", "active": False}),
    "manager as text": (
        {"userName": "a", ENTERPRISE: {"manager": "B2"}},
        {"userName": "a", ENTERPRISE: {"manager": {"value": "B2"}}},
    ),
    "text as it came": (
        {"userName": " Ä@b ", "phoneNumbers": [{"type": "work", "value": "+47 (0) 12-34"}]},
        {"userName": " Ä@b ", "phoneNumbers": [{"type": "work", "value": "+47 (0) 12-34"}]},
    ),
    "an unknown extension": (
        {"userName": "a", CONTOSO: {"badge": "X-1", "keys": [1, {"a": None}], "gone": None}},
        {"userName": "a", CONTOSO: {"badge": "X-1", "keys": [1, {"a": None}]}},
    ),
    "an extension with its schemas": (
        {"userName": "a", ENTERPRISE: {"schemas": [ENTERPRISE], "department": "Tax"}},
        {"userName": "a", ENTERPRISE: {"department": "Tax"}},
    ),
    "an extension in another case": (
        {"userName": "a", ENTERPRISE.lower(): {"DEPARTMENT": "Tax"}},
        {"userName": "a", ENTERPRISE: {"department": "Tax"}},
    ),
}


@pytest.mark.parametrize(("sent", "stored"), STORED.values(), ids=STORED.keys())
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_what_is_stored(scim: Any, method: str, sent: Any, stored: Any):
    path = "/Users"
    if method == "PUT":
        path = f"/Users/{scim.create('Users', userName='b', nickName='gone after PUT')}"
    answer = scim.request(method, path, sent)
    assert answer.status == (201 if method == "POST" else 200), answer.body
    assert scim.attributes(f"/Users/{answer.json['id']}") == stored
    extensions = [name for name in stored if name.startswith("urn:")]
    assert answer.json["schemas"] == [CORE_USER, *extensions]


REFUSED = {
    "no userName": ({"displayName": "Ana"}, 400, "invalidValue", "a User needs userName"),
    "an empty userName": ({"userName": ""}, 400, "invalidValue", "a User needs userName"),
    "userName is a number": (
        {"userName": 5},
        400,
        "invalidValue",
        "userName is text, not a number",
    ),
    "unknown attribute": (
        {"userName": "a", "nick": 1},
        400,
        "invalidSyntax",
        "a User has no attribute nick",
    ),
    "unknown part": (
        {"userName": "a", "name": {"nick": 1}},
        400,
        "invalidSyntax",
        "name has no part nick",
    ),
    "unknown attribute of an extension": (
        {"userName": "a", ENTERPRISE: {"nick": 1}},
        400,
        "invalidSyntax",
        f"{ENTERPRISE} has no attribute nick",
    ),
    "an extension as text": (
        {"userName": "a", CONTOSO: "x"},
        400,
        "invalidSyntax",
        f"{CONTOSO} is an object with the attributes of the extension",
    ),
    "a list where one value stands": (
        {"userName": ["a"]},
        400,
        "invalidValue",
        "userName is text, not a list",
    ),
    "one value where a list stands": (
        {"userName": "a", "emails": {"value": "x"}},
        400,
        "invalidValue",
        "emails is a list",
    ),
    "null in a list": (
        {"userName": "a", "emails": [None]},
        400,
        "invalidValue",
        "emails is an object, not null",
    ),
    "text for an object": (
        {"userName": "a", "name": True},
        400,
        "invalidValue",
        "name is an object, not true or false",
    ),
    "an object for text": (
        {"userName": "a", "title": {}},
        400,
        "invalidValue",
        "title is text, not an object",
    ),
    "two primaries": (
        {
            "userName": "a",
            "roles": [{"value": "1", "primary": True}, {"value": "2", "primary": True}],
        },
        400,
        "invalidValue",
        "only one of roles can be primary",
    ),
    "two of a type": (
        {
            "userName": "a",
            "emails": [{"type": "work", "value": "1"}, {"type": "WORK", "value": "2"}],
        },
        400,
        "invalidValue",
        "emails has two elements of one type",
    ),
    "schemas of something else": (
        {"schemas": [CORE_GROUP], "userName": "a"},
        400,
        "invalidSyntax",
        f"schemas lacks {CORE_USER}",
    ),
    "schemas as text": (
        {"schemas": CORE_USER, "userName": "a"},
        400,
        "invalidSyntax",
        f"schemas lacks {CORE_USER}",
    ),
    "a userName that is taken": (
        {"userName": "TAKEN"},
        409,
        "uniqueness",
        "another User has the same userName",
    ),
    "members of a user": (
        {"userName": "a", "members": []},
        400,
        "invalidSyntax",
        "a User has no attribute members",
    ),
}


@pytest.mark.parametrize(
    ("sent", "status", "scim_type", "detail"), REFUSED.values(), ids=REFUSED.keys()
)
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_what_does_not_fit_is_refused(
    scim: Any, method: str, sent: Any, status: int, scim_type: str, detail: str
):
    scim.create("Users", userName="taken")
    other = scim.create("Users", userName="b")
    answer = scim.request(method, "/Users" if method == "POST" else f"/Users/{other}", sent)
    assert answer.status == status
    assert answer.json == {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"],
        "status": str(status),
        "scimType": scim_type,
        "detail": detail,
    }
    Error.model_validate(answer.json)
    assert scim.request("GET", "/Users").json["totalResults"] == 2
    assert scim.attributes(f"/Users/{other}") == {"userName": "b"}


def test_group_names_are_unique_whatever_their_case(scim: Any):
    scim.create("Groups", displayName="Legal")
    answer = scim.request("POST", "/Groups", {"displayName": "LEGAL"})
    assert (answer.status, answer.json["scimType"]) == (409, "uniqueness")
    assert answer.json["detail"] == "another Group has the same displayName"
    assert scim.request("POST", "/Groups", {"displayName": "Tax"}).status == 201


def test_put_keeps_id_and_creation_and_changes_the_rest(scim: Any, clock: Any):
    path = f"/Users/{scim.create('Users', **ANA)}"
    clock.now = clock.now.replace(hour=10)
    seen = scim.request("PUT", path, {"userName": "ana@contoso.example"}).json
    assert seen.pop("meta") == {
        "resourceType": "User",
        "created": "2026-01-05T09:00:00.000Z",
        "lastModified": "2026-01-05T10:00:00.000Z",
        "location": f"https://scim.example/scim/v2{path}",
        "version": 'W/"2"',
    }
    assert seen == {"schemas": [CORE_USER], "id": path[7:], "userName": "ana@contoso.example"}


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(("endpoint", "kind"), [("Users", "User"), ("Groups", "Group")])
def test_an_unknown_id_is_not_found(scim: Any, method: str, endpoint: str, kind: str):
    answer = scim.request(method, f"/{endpoint}/nobody", {"userName": "a", "Operations": []})
    assert (answer.status, answer.json["detail"]) == (404, f"no {kind} has the id nobody")


def test_a_user_is_no_group(scim: Any):
    user = scim.create("Users", userName="ana@contoso.example")
    assert scim.request("GET", f"/Groups/{user}").status == 404


def test_what_is_deleted_is_gone_and_its_name_is_free(scim: Any):
    user = scim.create("Users", userName="ana@contoso.example")
    answer = scim.request("DELETE", f"/Users/{user}")
    assert (answer.status, answer.body) == (204, b"")
    assert "content-type" not in answer.headers
    assert scim.request("GET", f"/Users/{user}").status == 404
    assert scim.request("DELETE", f"/Users/{user}").status == 404
    scim.create("Users", userName="ana@contoso.example")


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ('W/"1"', 304),
        ('"1"', 304),
        ('"7", W/"1"', 304),
        ("*", 304),
        ('W/"2"', 200),
        ('"11"', 200),
    ],
)
def test_a_version_that_the_client_has_is_not_sent_again(scim: Any, known: str, status: int):
    path = f"/Users/{scim.create('Users', userName='ana@contoso.example')}"
    answer = scim.request("GET", path, headers={"if-none-match": known})
    assert answer.status == status
    assert answer.headers["etag"] == 'W/"1"'
    assert (answer.body == b"") is (status == 304)


@pytest.mark.parametrize(("method", "success"), [("PUT", 200), ("PATCH", 200), ("DELETE", 204)])
@pytest.mark.parametrize(
    ("wanted", "matches"), [('W/"1"', True), ("*", True), ('W/"0"', False), ("", False)]
)
def test_only_the_version_that_the_client_knows_is_changed(
    *, scim: Any, method: str, success: int, wanted: str, matches: bool
):
    path = f"/Users/{scim.create('Users', userName='ana@contoso.example')}"
    body = {"userName": "b"} if method == "PUT" else {"Operations": []}
    answer = scim.request(method, path, body, headers={"if-match": wanted})
    assert answer.status == (success if matches else 412)
    if not matches:
        assert answer.json["detail"] == 'the resource has the version W/"1" by now'


def test_ids_follow_from_the_seed_and_begin_anew_after_a_reset(scim: Any):
    first = [scim.create("Users", userName=name) for name in "ab"]
    scim.app.reset("/scim/v2")
    assert scim.request("GET", "/Users").json["totalResults"] == 0
    assert [scim.create("Users", userName=name) for name in "cd"] == first
