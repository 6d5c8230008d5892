"""PATCH of multi-valued attributes: before, the operations, after."""

from typing import Any

import pytest

ANA = {"userName": "ana@contoso.example"}
WORK = {"type": "work", "value": "ana@contoso.example"}
HOME = {"type": "home", "value": "ana@home.example"}

ELEMENTS = {
    "typed path on nothing": (
        {},
        [("Add", 'emails[type eq "work"].value', WORK["value"])],
        {"emails": [WORK]},
    ),
    "typed path on another type": (
        {"emails": [HOME]},
        [("Replace", 'emails[type eq "work"].value', WORK["value"])],
        {"emails": [HOME, WORK]},
    ),
    "typed path replaces": (
        {"emails": [WORK, HOME]},
        [("Replace", 'emails[type eq "WORK"].value', "a@b.example")],
        {"emails": [{**WORK, "value": "a@b.example"}, HOME]},
    ),
    "operator in capitals": (
        {},
        [("Add", 'emails[type EQ "work"].value', WORK["value"])],
        {"emails": [WORK]},
    ),
    "several parts of an address": (
        {},
        [
            ("Add", 'addresses[type eq "work"].streetAddress', "1 Main St"),
            ("Add", 'addresses[type eq "work"].locality', "Oslo"),
        ],
        {"addresses": [{"type": "work", "streetAddress": "1 Main St", "locality": "Oslo"}]},
    ),
    "primary makes the element": (
        {},
        [("Add", 'roles[primary eq "True"].value', "Admin")],
        {"roles": [{"primary": True, "value": "Admin"}]},
    ),
    "both conditions make the element": (
        {},
        [("add", 'phoneNumbers[type eq "mobile" and primary eq true].value', "+47 1")],
        {"phoneNumbers": [{"type": "mobile", "primary": True, "value": "+47 1"}]},
    ),
    "clear a typed path": (
        {"emails": [WORK, HOME]},
        [("Replace", 'emails[type eq "work"].value', "")],
        {"emails": [HOME]},
    ),
    "clear the only one": (
        {"emails": [WORK]},
        [("Replace", 'emails[type eq "work"].value', None)],
        {},
    ),
    "clear a part of an address": (
        {"addresses": [{"type": "work", "locality": "Oslo", "country": "NO"}]},
        [("Remove", 'addresses[type eq "work"].locality')],
        {"addresses": [{"type": "work", "country": "NO"}]},
    ),
    "clear what is absent": (
        {"emails": [HOME]},
        [("Replace", 'emails[type eq "work"].value', "")],
        {"emails": [HOME]},
    ),
    "remove an element": (
        {"emails": [WORK, HOME]},
        [("remove", 'emails[type eq "work"]')],
        {"emails": [HOME]},
    ),
    "remove what is absent": (
        {"emails": [HOME]},
        [("remove", 'emails[type eq "work"]')],
        {"emails": [HOME]},
    ),
    "replace an element": (
        {"emails": [{**WORK, "display": "Ana"}, HOME]},
        [("replace", 'emails[type eq "work"]', {"type": "work", "value": "x@b.example"})],
        {"emails": [{"type": "work", "value": "x@b.example"}, HOME]},
    ),
    "add to an element": (
        {"emails": [WORK]},
        [("add", 'emails[type eq "work"]', {"display": "Ana"})],
        {"emails": [{**WORK, "display": "Ana"}]},
    ),
    "a part of all": (
        {"emails": [WORK, HOME]},
        [("replace", "emails.display", "Ana")],
        {"emails": [{**WORK, "display": "Ana"}, {**HOME, "display": "Ana"}]},
    ),
    "a part of none": (
        {},
        [("add", "emails.value", "a@b.example")],
        {"emails": [{"value": "a@b.example"}]},
    ),
}


LISTS = {
    "add elements": ({"emails": [WORK]}, [("add", "emails", [HOME])], {"emails": [WORK, HOME]}),
    "add one as an object": (
        {"emails": [WORK]},
        [("add", "emails", HOME)],
        {"emails": [WORK, HOME]},
    ),
    "add the same again": ({"emails": [WORK]}, [("add", "emails", [WORK])], {"emails": [WORK]}),
    "add of a type that is there": (
        {"emails": [WORK]},
        [("add", "emails", [{"type": "Work", "value": "x@b.example"}])],
        {"emails": [{"type": "Work", "value": "x@b.example"}]},
    ),
    "add nothing": ({"emails": [WORK]}, [("add", "emails", [])], {"emails": [WORK]}),
    "replace all": ({"emails": [WORK]}, [("replace", "emails", [HOME])], {"emails": [HOME]}),
    "replace by an empty list": ({"emails": [WORK]}, [("replace", "emails", [])], {}),
    "remove all": ({"emails": [WORK, HOME]}, [("remove", "emails")], {}),
    "remove by a value list": (
        {"emails": [WORK, HOME]},
        [("Remove", "emails", [{"value": HOME["value"]}])],
        {"emails": [WORK]},
    ),
    "roles of one type": (
        {"roles": [{"type": "X", "value": "a"}]},
        [("add", "roles", [{"type": "X", "value": "b"}])],
        {"roles": [{"type": "X", "value": "a"}, {"type": "X", "value": "b"}]},
    ),
    "JSON in a role stays a string": (
        {},
        [("Add", "roles", [{"value": '{"id":"r-1","value":"Admin","displayName":"Admin"}'}])],
        {"roles": [{"value": '{"id":"r-1","value":"Admin","displayName":"Admin"}'}]},
    ),
    "a new primary ends the old": (
        {"emails": [{**WORK, "primary": True}, HOME]},
        [("Replace", 'emails[type eq "home"].primary', True)],
        {"emails": [{**WORK, "primary": False}, {**HOME, "primary": True}]},
    ),
    "an added primary ends the old": (
        {"emails": [{**WORK, "primary": True}]},
        [("add", "emails", [{**HOME, "primary": True}])],
        {"emails": [{**WORK, "primary": False}, {**HOME, "primary": True}]},
    ),
    "the same primary stays": (
        {"emails": [{**WORK, "primary": True}, HOME]},
        [("Replace", 'emails[type eq "work"].primary', True)],
        {"emails": [{**WORK, "primary": True}, HOME]},
    ),
}

TABLES = {
    "element": ELEMENTS,
    "list": LISTS,
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
