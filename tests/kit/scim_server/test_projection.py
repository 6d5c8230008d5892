"""`attributes` and `excludedAttributes`: what a response shows."""

from typing import Any

import pytest

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
CONTOSO = "urn:ietf:params:scim:schemas:extension:Contoso:2.0:User"

ANA = {
    "userName": "ana@contoso.example",
    "active": False,
    "name": {"givenName": "Ana", "familyName": "Silva"},
    "emails": [{"type": "work", "value": "a@b.example"}, {"type": "home"}],
    ENTERPRISE: {"department": "Tax", "manager": {"value": "B2"}},
    CONTOSO: {"Badge": "X-1", "floor": 3},
}


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in ANA.items() if name not in names}


@pytest.mark.parametrize(
    ("parameters", "shown"),
    [
        ({"attributes": "userName"}, {"userName": "ana@contoso.example"}),
        ({"attributes": "USERNAME, active"}, {"userName": "ana@contoso.example", "active": False}),
        ({"attributes": "name.givenName"}, {"name": {"givenName": "Ana"}}),
        ({"attributes": "name,name.givenName"}, {"name": ANA["name"]}),
        ({"attributes": "name.givenName,name"}, {"name": ANA["name"]}),
        (
            {"attributes": "emails.value,emails.type"},
            {"emails": [{"type": "work", "value": "a@b.example"}, {"type": "home"}]},
        ),
        ({"attributes": "emails.value"}, {"emails": [{"value": "a@b.example"}]}),
        ({"attributes": "emails.display"}, {}),
        ({"attributes": f"{ENTERPRISE}:department"}, {ENTERPRISE: {"department": "Tax"}}),
        ({"attributes": ENTERPRISE.upper()}, {ENTERPRISE: ANA[ENTERPRISE]}),
        ({"attributes": f"{ENTERPRISE}:manager.value"}, {ENTERPRISE: {"manager": {"value": "B2"}}}),
        ({"attributes": f"{CONTOSO}:badge"}, {CONTOSO: {"Badge": "X-1"}}),
        ({"attributes": "title,nick"}, {}),
        ({"attributes": "id"}, {}),
        ({"excludedAttributes": "name,emails"}, without("name", "emails")),
        ({"excludedAttributes": "ID,schemas,nick"}, ANA),
        ({"excludedAttributes": "name.givenName"}, ANA | {"name": {"familyName": "Silva"}}),
        ({"excludedAttributes": ENTERPRISE}, without(ENTERPRISE)),
        (
            {"excludedAttributes": f"{ENTERPRISE}:manager"},
            ANA | {ENTERPRISE: {"department": "Tax"}},
        ),
        ({"excludedAttributes": "emails.type"}, ANA | {"emails": [{"value": "a@b.example"}, {}]}),
        ({"excludedAttributes": ""}, ANA),
    ],
    ids=str,
)
@pytest.mark.parametrize("kind", ["by id", "in a list", "by search", "on PUT", "on PATCH"])
def test_a_response_shows_what_is_asked_for(scim: Any, parameters: Any, shown: Any, kind: str):
    path = f"/Users/{scim.create('Users', **ANA)}"
    listed = {name: value.split(",") for name, value in parameters.items() if value}
    match kind:
        case "by id":
            seen = scim.request("GET", path, **parameters).json
        case "in a list":
            (seen,) = scim.request("GET", "/Users", **parameters).json["Resources"]
        case "by search":
            (seen,) = scim.request("POST", "/Users/.search", listed).json["Resources"]
        case "on PUT":
            seen = scim.request("PUT", path, ANA, **parameters).json
        case _:
            seen = scim.request("PATCH", path, {"Operations": []}, **parameters).json
    assert {"schemas", "id"} <= seen.keys()
    assert ("meta" in seen) is ("attributes" not in parameters)
    assert {name: seen[name] for name in seen if name not in ("schemas", "id", "meta")} == shown


def test_create_shows_what_is_asked_for(scim: Any):
    answer = scim.request("POST", "/Users", ANA, attributes="userName")
    assert answer.status == 201
    assert answer.json.keys() == {"schemas", "id", "userName"}


@pytest.mark.parametrize("path", ["", "/.search"])
def test_members_are_left_out_of_groups(scim: Any, path: str):
    ana = scim.create("Users", userName="ana@contoso.example")
    group = scim.create("Groups", displayName="Legal", members=[{"value": ana}])
    excluded = scim.request("GET", f"/Groups/{group}", excludedAttributes="members")
    assert excluded.json.keys() == {"schemas", "id", "displayName", "meta"}
    assert excluded.headers["etag"] == scim.request("GET", f"/Groups/{group}").headers["etag"]
    named = scim.request("GET", f"/Groups/{group}", attributes="members.value")
    assert named.json["members"] == [{"value": ana}]
    types = scim.request("GET", f"/Groups/{group}", excludedAttributes="members.$ref")
    assert types.json["members"] == [{"value": ana, "type": "User"}]


def test_a_patch_of_a_group_is_answered_only_when_attributes_are_asked_for(scim: Any):
    path = f"/Groups/{scim.create('Groups', displayName='Legal')}"
    body = {"Operations": [{"op": "Replace", "path": "displayName", "value": "Tax"}]}
    assert scim.request("PATCH", path, body).status == 204
    answer = scim.request("PATCH", path, body, attributes="displayName")
    assert (answer.status, answer.json["displayName"]) == (200, "Tax")


def test_both_parameters_at_once_are_refused_and_nothing_is_done(scim: Any):
    both = {"attributes": "userName", "excludedAttributes": "name"}
    answer = scim.request("POST", "/Users", ANA, **both)
    assert (answer.status, answer.json["scimType"]) == (400, "invalidValue")
    assert answer.json["detail"] == "give either attributes or excludedAttributes, not both"
    assert scim.request("GET", "/Users").json["totalResults"] == 0
