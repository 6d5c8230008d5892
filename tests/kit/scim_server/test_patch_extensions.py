"""PATCH below the URN of an extension, the manager included."""

from typing import Any

import pytest

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
CONTOSO = "urn:ietf:params:scim:schemas:extension:Contoso:2.0:User"
ANA = {"userName": "ana@contoso.example"}

MANAGER = {
    "plain string": (
        {},
        [("Add", f"{ENTERPRISE}:manager", "B2")],
        {ENTERPRISE: {"manager": {"value": "B2"}}},
    ),
    "object": (
        {},
        [("Add", f"{ENTERPRISE}:manager", {"value": "B2"})],
        {ENTERPRISE: {"manager": {"value": "B2"}}},
    ),
    "value by path": (
        {},
        [("Add", f"{ENTERPRISE}:manager.value", "B2")],
        {ENTERPRISE: {"manager": {"value": "B2"}}},
    ),
    "without path": (
        {},
        [("add", None, {f"{ENTERPRISE}:manager": "B2"})],
        {ENTERPRISE: {"manager": {"value": "B2"}}},
    ),
    "inside the extension": (
        {},
        [("add", None, {ENTERPRISE: {"manager": "B2"}})],
        {ENTERPRISE: {"manager": {"value": "B2"}}},
    ),
    "without URN, in a list": (
        {},
        [("Add", "manager", [{"$ref": "https://scim.example/Users/B2", "value": "B2"}])],
        {ENTERPRISE: {"manager": {"$ref": "https://scim.example/Users/B2", "value": "B2"}}},
    ),
    "another one": (
        {ENTERPRISE: {"manager": {"value": "B2", "$ref": "https://scim.example/Users/B2"}}},
        [("Replace", f"{ENTERPRISE}:manager", "C3")],
        {ENTERPRISE: {"manager": {"value": "C3"}}},
    ),
    "cleared by an empty string": (
        {ENTERPRISE: {"manager": {"value": "B2"}}},
        [("Replace", f"{ENTERPRISE}:manager", "")],
        {},
    ),
    "cleared by null": (
        {ENTERPRISE: {"manager": {"value": "B2"}}},
        [("Replace", f"{ENTERPRISE}:manager", None)],
        {},
    ),
    "cleared by an empty value": (
        {ENTERPRISE: {"manager": {"value": "B2"}}},
        [("Replace", f"{ENTERPRISE}:manager", {"value": ""})],
        {},
    ),
    "removed": (
        {ENTERPRISE: {"manager": {"value": "B2"}, "department": "Tax"}},
        [("Remove", f"{ENTERPRISE}:manager")],
        {ENTERPRISE: {"department": "Tax"}},
    ),
    "removed by a condition": (
        {ENTERPRISE: {"manager": {"value": "B2"}}},
        [("remove", f'{ENTERPRISE}:manager[value eq "B2"]')],
        {},
    ),
    "not removed by another condition": (
        {ENTERPRISE: {"manager": {"value": "B2"}}},
        [("remove", f'{ENTERPRISE}:manager[value eq "C3"]')],
        {ENTERPRISE: {"manager": {"value": "B2"}}},
    ),
    "its name is not the client's": (
        {},
        [("Add", f"{ENTERPRISE}:manager", {"value": "B2", "displayName": "Bo"})],
        {ENTERPRISE: {"manager": {"value": "B2"}}},
    ),
}


EXTENSIONS = {
    "enterprise in another case": (
        {},
        [("Add", f"{ENTERPRISE.upper()}:Department", "Tax")],
        {ENTERPRISE: {"department": "Tax"}},
    ),
    "the whole extension": ({ENTERPRISE: {"department": "Tax"}}, [("remove", ENTERPRISE)], {}),
    "the last attribute": (
        {ENTERPRISE: {"department": "Tax"}},
        [("Remove", f"{ENTERPRISE}:department")],
        {},
    ),
    "unknown: an attribute": (
        {},
        [("Add", f"{CONTOSO}:badge", "X-1")],
        {CONTOSO: {"badge": "X-1"}},
    ),
    "unknown: in another case": (
        {CONTOSO: {"badge": "X-1"}},
        [("Replace", f"{CONTOSO.upper()}:BADGE", "X-2")],
        {CONTOSO: {"badge": "X-2"}},
    ),
    "unknown: a part": (
        {CONTOSO: {"desk": {"floor": 1}}},
        [("Add", f"{CONTOSO}:desk.room", "12")],
        {CONTOSO: {"desk": {"floor": 1, "room": "12"}}},
    ),
    "unknown: an object": (
        {CONTOSO: {"badge": "X-1"}},
        [("Add", f"{CONTOSO}:desk", {"floor": 1})],
        {CONTOSO: {"badge": "X-1", "desk": {"floor": 1}}},
    ),
    "unknown: an element": (
        {},
        [("Add", f'{CONTOSO}:keys[type eq "door"].value', "k1")],
        {CONTOSO: {"keys": [{"type": "door", "value": "k1"}]}},
    ),
    "unknown: a list": (
        {CONTOSO: {"keys": ["k1"]}},
        [("Add", f"{CONTOSO}:keys", ["k1", "k2"])],
        {CONTOSO: {"keys": ["k1", "k2"]}},
    ),
    "unknown: one of a list": (
        {CONTOSO: {"keys": ["k1", "k2"]}},
        [("Remove", f"{CONTOSO}:keys", ["k1"])],
        {CONTOSO: {"keys": ["k2"]}},
    ),
    "unknown: the whole": (
        {},
        [("Add", None, {CONTOSO: {"badge": "X-1", "desk": {"floor": 1}}})],
        {CONTOSO: {"badge": "X-1", "desk": {"floor": 1}}},
    ),
    "unknown: joined": (
        {CONTOSO: {"a": "1"}},
        [("Add", CONTOSO, {"b": {"c": 2}})],
        {CONTOSO: {"a": "1", "b": {"c": 2}}},
    ),
    "unknown: removed": ({CONTOSO: {"a": "1"}}, [("remove", CONTOSO)], {}),
    "unknown: cleared": ({CONTOSO: {"a": "1"}}, [("Replace", f"{CONTOSO}:a", "")], {}),
    "unknown: Booleans stay text": (
        {},
        [("Add", f"{CONTOSO}:remote", "True")],
        {CONTOSO: {"remote": "True"}},
    ),
}

TABLES = {
    "manager": MANAGER,
    "extension": EXTENSIONS,
}


@pytest.mark.parametrize(
    ("before", "operations", "after"),
    [
        pytest.param(*case, id=f"{table}: {name}")
        for table, cases in TABLES.items()
        for name, case in cases.items()
    ],
)
def test_operations_change_a_user(
    scim: Any, patch_body: Any, before: Any, operations: Any, after: Any
):
    path = f"/Users/{scim.create('Users', **ANA, **before)}"
    answer = scim.request("PATCH", path, patch_body(operations))
    assert answer.status == 200, answer.body
    assert scim.attributes(path) == {**ANA, **after}
    assert answer.json == scim.request("GET", path).json
