"""What a PATCH does to version, instants and indexes."""

from typing import Any

import pytest

ANA = {"userName": "ana@contoso.example"}
WORK = {"type": "work", "value": "ana@contoso.example"}


@pytest.mark.parametrize(
    "body",
    [
        {"Operations": []},
        {"Operations": [{"op": "Replace", "path": "title", "value": "A"}]},
        {"operations": [{"op": "Remove", "path": "nickName"}]},
        {
            "Operations": [
                {"op": "Add", "path": "emails", "value": [WORK]},
                {"op": "Remove", "path": "emails"},
            ]
        },
    ],
)
def test_a_patch_that_changes_nothing_succeeds_and_leaves_the_version(
    scim: Any, clock: Any, body: Any
):
    path = f"/Users/{scim.create('Users', **ANA, title='A')}"
    before = scim.request("GET", path).json
    clock.now = clock.now.replace(hour=10)
    answer = scim.request("PATCH", path, body)
    assert (answer.status, answer.json) == (200, before)


def test_a_patch_that_changes_something_moves_version_and_last_modified(
    scim: Any, patch_body: Any, clock: Any
):
    path = f"/Users/{scim.create('Users', **ANA)}"
    clock.now = clock.now.replace(hour=10)
    scim.request("PATCH", path, patch_body([("Add", "title", "A")]))
    meta = scim.request("GET", path).json["meta"]
    assert meta["version"] == 'W/"2"'
    assert meta["created"] == "2026-01-05T09:00:00.000Z"
    assert meta["lastModified"] == "2026-01-05T10:00:00.000Z"


def test_the_indexes_follow_a_patch(scim: Any, patch_body: Any):
    user = scim.create("Users", **ANA, externalId="E1")
    operations = [("Replace", "userName", "new@contoso.example"), ("Replace", "externalId", "E2")]
    scim.request("PATCH", f"/Users/{user}", patch_body(operations))

    def found(text: str) -> list[str]:
        listed = scim.request("GET", "/Users", filter=text).json
        return [each["id"] for each in listed["Resources"]]

    assert found('userName eq "NEW@contoso.example"') == [user]
    assert found('externalId eq "E2"') == [user]
    assert found('userName eq "ana@contoso.example"') == []
    assert found('externalId eq "E1"') == []
    scim.create("Users", **ANA)
