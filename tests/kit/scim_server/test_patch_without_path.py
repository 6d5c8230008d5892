"""PATCH whose paths are the keys of a value, as aadOptscim062020 has it."""

from typing import Any

import pytest

CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
CONTOSO = "urn:ietf:params:scim:schemas:extension:Contoso:2.0:User"
ANA = {"userName": "ana@contoso.example"}
WORK = {"type": "work", "value": "ana@contoso.example"}

WITHOUT_PATH = {
    "simple": (
        {"title": "A"},
        [("replace", None, {"title": "B", "displayName": "Ana"})],
        {"title": "B", "displayName": "Ana"},
    ),
    "dotted keys": (
        {"name": {"givenName": "Ana"}},
        [("replace", None, {"name.familyName": "Silva", "name.formatted": "Ana Silva"})],
        {"name": {"givenName": "Ana", "familyName": "Silva", "formatted": "Ana Silva"}},
    ),
    "URN keys": (
        {},
        [("add", None, {f"{ENTERPRISE}:department": "Tax", f"{CONTOSO}:badge": "X-1"})],
        {ENTERPRISE: {"department": "Tax"}, CONTOSO: {"badge": "X-1"}},
    ),
    "nested extension": (
        {ENTERPRISE: {"department": "Tax", "division": "EU"}},
        [("replace", None, {ENTERPRISE: {"department": "Legal"}})],
        {ENTERPRISE: {"department": "Legal", "division": "EU"}},
    ),
    "nested complex": (
        {},
        [("Add", None, {"name": {"givenName": "Ana"}})],
        {"name": {"givenName": "Ana"}},
    ),
    "typed path as a key": (
        {},
        [("add", None, {'emails[type eq "work"].value': "ana@contoso.example"})],
        {"emails": [WORK]},
    ),
    "keys in another case": ({}, [("add", None, {"NickName": "A"})], {"nickName": "A"}),
    "cleared": ({"title": "A"}, [("replace", None, {"title": ""})], {}),
    "an empty path is none": ({}, [("add", "", {"title": "A"})], {"title": "A"}),
    "copied from a resource": (
        {},
        [
            (
                "replace",
                None,
                {"schemas": [CORE_USER], "id": "1", "meta": {}, "groups": [], "title": "A"},
            )
        ],
        {"title": "A"},
    ),
    "core URN as a key": ({}, [("add", None, {CORE_USER: {"title": "A"}})], {"title": "A"}),
    "both dialects mixed": (
        {"displayName": "A", "active": True},
        [
            ("replace", 'emails[type eq "work"].value', "ana@contoso.example"),
            ("replace", None, {"displayName": "B", "name.familyName": "Lima", "active": False}),
            ("add", None, {f"{ENTERPRISE}:department": "Tax"}),
        ],
        {
            "displayName": "B",
            "active": False,
            "emails": [WORK],
            "name": {"familyName": "Lima"},
            ENTERPRISE: {"department": "Tax"},
        },
    ),
}

TABLES = {
    "without path": WITHOUT_PATH,
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
