"""`--load FILE`: every form of the file, and what is wrong with one."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from entrasim_kit.scim_server.config import ServerError

CORE_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
LIST_RESPONSE = "urn:ietf:params:scim:api:messages:2.0:ListResponse"

LEGAL = {"schemas": [CORE_GROUP], "id": "g", "displayName": "Legal",
         "members": [{"value": "h"}, {"value": "ana"}]}  # fmt: skip
TAX = {"schemas": [CORE_GROUP], "id": "h", "displayName": "Tax"}
ANA = {"id": "ana", "userName": "ana@contoso.example", "meta": {"created": "2020-01-01T00:00:00Z"}}
ALL = [LEGAL, ANA, TAX]  # members come before and after the group that names them


@pytest.mark.parametrize(
    "content",
    [
        orjson.dumps(ALL),
        orjson.dumps({"schemas": [LIST_RESPONSE], "totalResults": 3, "Resources": ALL}),
        b"\n".join(map(orjson.dumps, ALL)),
        b"\r\n\r\n".join(map(orjson.dumps, ALL)) + b"\n",
    ],
    ids=["list", "ListResponse", "JSON lines", "JSON lines with empty ones"],
)
def test_resources_are_loaded_with_their_ids(serve_in_process: Any, tmp_path: Path, content: bytes):
    file = tmp_path / "people.json"
    file.write_bytes(content)
    scim = serve_in_process(load=file)
    assert scim.request("GET", "/Users").json["totalResults"] == 1
    assert scim.request("GET", "/Users/ana").json["meta"]["created"] == "2026-01-05T09:00:00.000Z"
    members = scim.request("GET", "/Groups/g").json["members"]
    assert [(each["value"], each["type"]) for each in members] == [("h", "Group"), ("ana", "User")]


def test_one_resource_alone_is_loaded_too(serve_in_process: Any, tmp_path: Path):
    file = tmp_path / "ana.json"
    file.write_bytes(orjson.dumps(ANA))
    assert serve_in_process(load=file).request("GET", "/Users/ana").status == 200


def test_an_empty_file_loads_nothing(serve_in_process: Any, tmp_path: Path):
    file = tmp_path / "empty.json"
    file.write_bytes(b"")
    assert serve_in_process(load=file).request("GET", "/Users").json["totalResults"] == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'[{"userName": "a"}, {"displayName": "b"}]', "resource 2: a User needs userName"),
        (b'{"userName": "a"}\n{"displayName": "b"}', "line 2: a User needs userName"),
        (b'[{"userName": "a", "nick": "b"}]', "resource 1: a User has no attribute nick"),
        (b'[{"userName": "a"}, {"userName": "A"}]',
         "resource 2: another User has the same userName"),
        (b'[{"userName": "a", "id": "1"}, {"userName": "b", "id": "1"}]',
         "resource 2: another resource has the id 1"),
        (b'[{"userName": "a", "id": 5}]',
         "resource 1: an id has letters, digits and - . _ ~ @ : + = only"),
        (b'[{"userName": "a", "id": "a/b"}]',
         "resource 1: an id has letters, digits and - . _ ~ @ : + = only"),
        (b"[5]", "resource 1: a resource is a JSON object"),
        (b'{"userName": "a"}\n\n5', "line 3: a resource is a JSON object"),
        (
            orjson.dumps([{**LEGAL, "members": [{"value": "nobody"}]}]),
            "resource 1: members: no User or Group has the id nobody",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(
    serve_in_process: Any, tmp_path: Path, content: bytes, message: str
):
    file = tmp_path / "people.json"
    file.write_bytes(content)
    with pytest.raises(ServerError) as caught:
        serve_in_process(load=file)
    assert str(caught.value) == f"{file}, {message}"


def test_a_line_that_is_no_json_is_said(serve_in_process: Any, tmp_path: Path):
    file = tmp_path / "people.json"
    file.write_bytes(b'{"userName": "a"}\n{"userName":')
    with pytest.raises(ServerError) as caught:
        serve_in_process(load=file)
    assert str(caught.value).startswith(f"{file}, line 2: not JSON: ")


def test_a_file_that_cannot_be_read_is_said(serve_in_process: Any, tmp_path: Path):
    with pytest.raises(ServerError) as caught:
        serve_in_process(load=tmp_path)
    assert str(caught.value) == f"{tmp_path} cannot be read: Is a directory"
