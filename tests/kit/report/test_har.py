"""`traffic.har`: valid HAR 1.2, in wire order, without a token in it."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.kit.cli.conftest import ROOT, Tool

from entrasim.scim.messages import Fault, Purpose, ScimRequest, ScimResponse
from entrasim.wire.recording import Exchange
from entrasim_kit.report.har import HarFile, har_entry

URL = "http://127.0.0.1:8880/scim/v2/Users"
JSON = {"content-type": "application/scim+json"}


def exchange(number: int = 1, **changed: Any) -> Exchange:
    """An exchange; what is not said is a creation that was answered well."""
    values: dict[str, Any] = {
        "number": number,
        "started": datetime(2026, 1, 5, 9, 0, 0, 1500, tzinfo=UTC),
        "seconds": 0.0125,
        "url": URL,
        "request": ScimRequest(method="POST", path="/Users", purpose=Purpose.CREATE),
        "body": b'{"userName":"ana@contoso.example"}',
        "response": ScimResponse(status=201, headers=JSON, body={"id": "1"}),
        "content": b'{"id":"1"}',
    }
    return Exchange(**values | changed)


def test_an_entry() -> None:
    headers = [
        {"name": "Authorization", "value": "Bearer ***"},
        {"name": "Content-Type", "value": "application/scim+json; charset=utf-8"},
    ]
    assert har_entry(exchange()) == {
        "startedDateTime": "2026-01-05T09:00:00.001+00:00",
        "time": 12.5,
        "request": {
            "method": "POST",
            "url": URL,
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": headers,
            "queryString": [],
            "headersSize": -1,
            "bodySize": 34,
            "postData": {
                "mimeType": "application/scim+json; charset=utf-8",
                "text": '{"userName":"ana@contoso.example"}',
            },
        },
        "response": {
            "status": 201,
            "statusText": "Created",
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": [{"name": "content-type", "value": "application/scim+json"}],
            "content": {"size": 10, "mimeType": "application/scim+json", "text": '{"id":"1"}'},
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": 10,
        },
        "cache": {},
        "timings": {"send": 0, "wait": 12.5, "receive": 0},
        "comment": "create",
    }


def test_a_query_is_told_in_parts() -> None:
    found = exchange(url=f"{URL}?aadOptscim062020&filter=userName+eq+%22a%26b%22", body=b"")
    request = har_entry(found)["request"]
    assert request["queryString"] == [
        {"name": "aadOptscim062020", "value": ""},
        {"name": "filter", "value": 'userName eq "a&b"'},
    ]
    assert "postData" not in request


ANSWERS: Mapping[str, tuple[ScimResponse, bytes, dict[str, Any]]] = {
    "a fault": (
        ScimResponse(fault=Fault.TIMEOUT),
        b"",
        {"status": 0, "statusText": "", "_error": "no answer came in time"},
    ),
    "a redirect": (
        ScimResponse(status=302, headers={"location": "https://login.example/"}),
        b"",
        {"redirectURL": "https://login.example/", "statusText": "Found"},
    ),
    "the location of what was created is no redirect": (
        ScimResponse(status=201, headers=JSON | {"location": f"{URL}/1"}),
        b"{}",
        {"redirectURL": ""},
    ),
    "a status that nobody knows": (ScimResponse(status=599), b"", {"statusText": ""}),
    "a body that is no text": (
        ScimResponse(status=200, headers={"content-type": "image/png"}),
        b"\x89PNG\xff",
        {"content": {"size": 5, "mimeType": "image/png", "text": "\ufffdPNG\ufffd"}},
    ),
    "a cookie": (
        ScimResponse(status=200, headers={"set-cookie": "session=hunter2; Secure"}),
        b"",
        {"headers": [{"name": "set-cookie", "value": "***"}]},
    ),
}


@pytest.mark.parametrize(("response", "content", "shown"), ANSWERS.values(), ids=ANSWERS.keys())
def test_answers(response: ScimResponse, content: bytes, shown: dict[str, Any]) -> None:
    told = har_entry(exchange(response=response, content=content))["response"]
    assert {key: told.get(key) for key in shown} == shown


ORDERS = {
    "as they were sent": ([1, 2, 3], [1, 2, 3]),
    "a late answer": ([2, 3, 1, 4], [1, 2, 3, 4]),
    "one that was never answered": ([1, 4, 3], [1, 3, 4]),
    "none": ([], []),
}


@pytest.mark.parametrize(("came", "written"), ORDERS.values(), ids=ORDERS.keys())
def test_entries_stand_in_wire_order(tmp_path: Path, came: list[int], written: list[int]) -> None:
    file = HarFile(tmp_path / "traffic.har", "1.0")
    for number in came:
        file.exchange(exchange(number, url=f"{URL}/{number}"))
    file.close()
    log = json.loads((tmp_path / "traffic.har").read_text())["log"]
    assert [each["request"]["url"] for each in log["entries"]] == [f"{URL}/{n}" for n in written]
    assert log["creator"] == {"name": "entrasim", "version": "1.0"}


def test_what_has_been_answered_is_written_at_once(tmp_path: Path) -> None:
    """An array that is cut off, after a kill, has all entries but what the buffer held."""
    file = HarFile(tmp_path / "traffic.har", "1.0")
    for number in range(1, 501):
        file.exchange(exchange(number))
    assert (tmp_path / "traffic.har").stat().st_size > 100_000
    file.close()


REQUIRED: Mapping[str, Mapping[str, type | tuple[type, ...]]] = {
    "": {
        "startedDateTime": str,
        "time": (int, float),
        "request": dict,
        "response": dict,
        "cache": dict,
        "timings": dict,
    },
    "request": {
        "method": str,
        "url": str,
        "httpVersion": str,
        "cookies": list,
        "headers": list,
        "queryString": list,
        "headersSize": int,
        "bodySize": int,
    },
    "response": {
        "status": int,
        "statusText": str,
        "httpVersion": str,
        "cookies": list,
        "headers": list,
        "content": dict,
        "redirectURL": str,
        "headersSize": int,
        "bodySize": int,
    },
    "timings": {"send": (int, float), "wait": (int, float), "receive": (int, float)},
}
"""What an entry must have: http://www.softwareishard.com/blog/har-12-spec/"""


def test_a_run_writes_valid_har(tool: Tool, tmp_path: Path) -> None:
    tool("run", ROOT / "scenarios/qualytics-directory-sync.yaml", "--report", tmp_path)
    log = json.loads((tmp_path / "traffic.har").read_text())["log"]
    assert log["version"] == "1.2"
    assert len(log["entries"]) == 25
    for entry in log["entries"]:
        for part, fields in REQUIRED.items():
            found = entry[part] if part else entry
            assert {
                each for each in fields if not isinstance(found.get(each), fields[each])
            } == set()
            optional = {"postData", "comment", "pageref", "serverIPAddress", "connection"}
            assert {each for each in found if not each.startswith("_")} <= {*fields, *optional}
        assert datetime.fromisoformat(entry["startedDateTime"]).tzinfo is not None
        assert sum(entry["timings"].values()) == entry["time"]
