"""Lists: filters, pages, order, and the same by POST to `.search`."""

from typing import Any

import pytest

LIST_RESPONSE = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
SEARCH_REQUEST = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"


@pytest.fixture
def eleven(scim: Any) -> Any:
    for number in range(11):
        scim.create("Users", userName=f"user{number:02}@contoso.example")
    return scim


@pytest.mark.parametrize(
    ("parameters", "start_index", "names"),
    [
        ({}, 1, range(11)),
        ({"startIndex": 1, "count": 5}, 1, range(5)),
        ({"startIndex": 6, "count": 5}, 6, range(5, 10)),
        ({"startIndex": 11, "count": 5}, 11, range(10, 11)),
        ({"startIndex": 12, "count": 5}, 12, range(0)),
        ({"startIndex": 0, "count": 2}, 1, range(2)),
        ({"startIndex": -5, "count": 2}, 1, range(2)),
        ({"count": 0}, 1, range(0)),
        ({"count": -1}, 1, range(0)),
        ({"count": 100_000}, 1, range(11)),
    ],
    ids=str,
)
@pytest.mark.parametrize("by_post", [False, True])
def test_pages(*, eleven: Any, by_post: bool, parameters: Any, start_index: int, names: range):
    if by_post:
        listed = eleven.request("POST", "/Users/.search", parameters).json
    else:
        listed = eleven.request("GET", "/Users", **parameters).json
    shown = listed.pop("Resources")
    assert [each["userName"] for each in shown] == [
        f"user{number:02}@contoso.example" for number in names
    ]
    assert listed == {
        "schemas": [LIST_RESPONSE],
        "totalResults": 11,
        "startIndex": start_index,
        "itemsPerPage": len(names),
    }


def test_pages_of_a_filtered_list(eleven: Any):
    answer = eleven.request("GET", "/Users", filter='userName sw "user0"', startIndex=9, count=5)
    assert answer.json["totalResults"] == 10
    assert [each["userName"][:6] for each in answer.json["Resources"]] == ["user08", "user09"]


@pytest.mark.parametrize(
    "text",
    [
        'userName eq "8d6f3c1e-9f57-4a7c-8f7e-6f1d7e0c9d55"',
        'externalId eq "x"',
        'id eq "x"',
        'emails[type eq "work"].value eq "x"',
        'userName eq "a" and active eq true',
        'urn:ietf:params:scim:schemas:extension:Contoso:2.0:User:badge eq "x"',
    ],
)
def test_no_hits_are_an_empty_list(eleven: Any, text: str):
    answer = eleven.request("GET", "/Users", filter=text)
    assert (answer.status, answer.json) == (
        200,
        {
            "schemas": [LIST_RESPONSE],
            "totalResults": 0,
            "startIndex": 1,
            "itemsPerPage": 0,
            "Resources": [],
        },
    )


def test_one_hit_is_a_list_too_and_inactive_users_are_found(scim: Any):
    user = scim.create("Users", userName="Ana@contoso.example", active=False)
    answer = scim.request("GET", "/Users", filter='userName eq "ana@CONTOSO.example"')
    assert answer.json["totalResults"] == 1
    assert answer.json["Resources"] == [scim.request("GET", f"/Users/{user}").json]


def test_several_users_may_share_an_external_id(scim: Any):
    for number in range(3):
        scim.create("Users", userName=f"u{number}@contoso.example", externalId="same")

    def found() -> int:
        total: int = scim.request("GET", "/Users", filter='externalId eq "same"').json[
            "totalResults"
        ]
        return total

    assert found() == 3
    first = scim.request("GET", "/Users").json["Resources"][0]["id"]
    scim.request("DELETE", f"/Users/{first}")
    assert found() == 2


PEOPLE = [
    {"userName": "b", "title": "Zoo", "active": True, "emails": [{"value": "2"}]},
    {"userName": "A", "emails": [{"value": "9"}, {"value": "1", "primary": True}]},
    {"userName": "c", "title": "abc", "active": False, "name": {"familyName": "X"}},
]


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ({"sortBy": "userName"}, "Abc"),
        ({"sortBy": "userName", "sortOrder": "ascending"}, "Abc"),
        ({"sortBy": "USERNAME", "sortOrder": "Descending"}, "cbA"),
        ({"sortBy": "title"}, "cbA"),
        ({"sortBy": "title", "sortOrder": "descending"}, "Abc"),
        ({"sortBy": "emails.value"}, "bAc"),
        ({"sortBy": "emails"}, "Abc"),
        ({"sortBy": "active"}, "cbA"),
        ({"sortBy": "name.familyName"}, "cbA"),
        ({"sortBy": "meta.created"}, "bAc"),
        ({"sortBy": "urn:example:x:y"}, "bAc"),
        ({"sortBy": "userName", "count": "1", "startIndex": "2"}, "b"),
        ({"sortBy": "userName", "filter": "title pr"}, "bc"),
    ],
    ids=str,
)
def test_order(scim: Any, parameters: Any, names: str):
    for person in PEOPLE:
        scim.create("Users", **person)
    listed = scim.request("GET", "/Users", **parameters).json
    assert "".join(each["userName"] for each in listed["Resources"]) == names


@pytest.mark.parametrize(
    ("parameters", "scim_type", "detail"),
    [
        ({"count": "many"}, "invalidValue", "count is a whole number"),
        ({"startIndex": "1.5"}, "invalidValue", "startIndex is a whole number"),
        ({"sortBy": "nick"}, "invalidPath", "sortBy: there is no attribute nick"),
        (
            {"filter": "userName"},
            "invalidFilter",
            (
                "the filter cannot be used: character 9: "
                "expected eq, ne, co, sw, ew, gt, ge, lt, le or pr, found the end"
            ),
        ),
        (
            {"filter": ""},
            "invalidFilter",
            (
                "the filter cannot be used: character 1: "
                "expected the name of an attribute, found the end"
            ),
        ),
        (
            {"filter": 'id eq "x" and nick pr'},
            "invalidFilter",
            "the filter cannot be used: character 15: a User has no attribute nick",
        ),
    ],
    ids=str,
)
def test_what_cannot_be_asked(scim: Any, parameters: Any, scim_type: str, detail: str):
    answer = scim.request("GET", "/Users", **parameters)
    assert (answer.status, answer.json["scimType"]) == (400, scim_type)
    assert answer.json["detail"] == detail


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"schemas": ["x"]}, f"schemas lacks {SEARCH_REQUEST}"),
        ({"attributes": "userName"}, "attributes is a list of attribute names"),
        ({"attributes": [5]}, "attributes is a list of attribute names"),
        ({"filter": 5}, "filter is text"),
        ({"sortBy": ["userName"]}, "sortBy is text"),
        ({"count": "many"}, "count is a whole number"),
        ({"count": [1]}, "count is a whole number"),
    ],
    ids=str,
)
def test_a_search_request_that_cannot_be_read(scim: Any, body: Any, detail: str):
    answer = scim.request("POST", "/.search", body)
    assert (answer.status, answer.json["detail"]) == (400, detail)


def test_a_search_at_the_base_covers_users_and_groups(scim: Any):
    ana = scim.create("Users", userName="ana@contoso.example", displayName="Ana")
    group = scim.create("Groups", displayName="Analysts", members=[{"value": ana}])

    def found(**query: Any) -> list[str]:
        answer = scim.request("POST", "/.search", {"schemas": [SEARCH_REQUEST], **query})
        assert answer.status == 200, answer.body
        return [each["id"] for each in answer.json["Resources"]]

    assert found() == [ana, group]
    assert found(sortBy="displayName", sortOrder="descending") == [group, ana]
    assert found(sortBy="userName") == [ana, group]
    assert found(filter='displayName sw "ana"') == [ana, group]
    assert found(filter='displayName sw "ana"', startIndex=2) == [group]
    assert found(filter="userName pr") == [ana]
    assert found(filter="members pr") == [group]
    answer = scim.request("POST", "/.search", {"filter": "nick pr"})
    assert answer.json["scimType"] == "invalidFilter"
