"""PATCH of single attributes: before, the operations, after."""

from typing import Any

import pytest

CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ANA = {"userName": "ana@contoso.example"}
WORK = {"type": "work", "value": "ana@contoso.example"}

SIMPLE = {
    "add": ({}, [("add", "title", "Analyst")], {"title": "Analyst"}),
    "replace": ({"title": "A"}, [("replace", "title", "B")], {"title": "B"}),
    "replace what is absent": ({}, [("replace", "title", "B")], {"title": "B"}),
    "remove": ({"title": "A"}, [("remove", "title")], {}),
    "remove what is absent": ({}, [("remove", "title")], {}),
    "remove with a value": ({"title": "A"}, [("Remove", "title", "A")], {}),
    "op in capitals": ({}, [("Add", "title", "A"), ("REPLACE", "title", "B")], {"title": "B"}),
    "attribute in another case": ({}, [("Add", "TITLE", "A")], {"title": "A"}),
    "core URN": ({}, [("add", f"{CORE_USER}:title", "A")], {"title": "A"}),
    "userName": (
        {},
        [("Replace", "userName", "x@contoso.example")],
        {"userName": "x@contoso.example"},
    ),
    "clear by an empty string": ({"title": "A"}, [("Replace", "title", "")], {}),
    "clear by null": ({"title": "A"}, [("Replace", "title", None)], {}),
    "clear by add": ({"title": "A"}, [("Add", "title", "")], {}),
    "clear twice": ({"title": "A"}, [("Replace", "title", ""), ("Replace", "title", None)], {}),
    "as it came": ({}, [("Add", "title", "  Dr. Ä  ")], {"title": "  Dr. Ä  "}),
    "a password is forgotten": ({}, [("Add", "password", "secret")], {}),
}


BOOLEANS = {
    f"{value!r}": ({}, [("Replace", "active", value)], {"active": stored})
    for value, stored in [
        ("True", True),
        ("False", False),
        ("true", True),
        ("false", False),
        ("FALSE", False),
        (True, True),
        (False, False),
    ]
} | {
    "Add on active": ({"active": True}, [("Add", "active", "False")], {"active": False}),
    "without path": ({"active": True}, [("replace", None, {"active": "False"})], {"active": False}),
    "of an element": (
        {"emails": [WORK]},
        [("Replace", 'emails[type eq "work"].primary', "True")],
        {"emails": [{**WORK, "primary": True}]},
    ),
}


COMPLEX = {
    "a part": ({}, [("Add", "name.givenName", "Ana")], {"name": {"givenName": "Ana"}}),
    "another part": (
        {"name": {"givenName": "Ana"}},
        [("Add", "name.familyName", "Silva")],
        {"name": {"givenName": "Ana", "familyName": "Silva"}},
    ),
    "parts join": (
        {"name": {"givenName": "Ana", "familyName": "S"}},
        [("replace", "name", {"familyName": "Silva"})],
        {"name": {"givenName": "Ana", "familyName": "Silva"}},
    ),
    "parts are cleared": (
        {"name": {"givenName": "Ana", "familyName": "S"}},
        [("replace", "name", {"GIVENNAME": ""})],
        {"name": {"familyName": "S"}},
    ),
    "the last part": ({"name": {"givenName": "Ana"}}, [("Replace", "name.givenName", "")], {}),
    "remove a part": (
        {"name": {"givenName": "Ana", "familyName": "S"}},
        [("Remove", "name.givenName")],
        {"name": {"familyName": "S"}},
    ),
    "remove all": ({"name": {"givenName": "Ana"}}, [("remove", "name")], {}),
    "clear all": ({"name": {"givenName": "Ana"}}, [("replace", "name", None)], {}),
}

TABLES = {
    "simple": SIMPLE,
    "Boolean": BOOLEANS,
    "complex": COMPLEX,
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
