"""`traffic.har`: every SCIM request and answer in wire order, as browsers' developer tools read it.

The format is HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/. Tokens are never in it.
"""

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson

from entrasim.provisioning.outcome import LogEntry
from entrasim.provisioning.provisioning_log import LogRenderer
from entrasim.wire.driver import SCIM_JSON
from entrasim.wire.recording import Exchange
from entrasim_kit.report.files import JsonArrayFile

SECRET_HEADERS = frozenset({"set-cookie"})
"""Headers of answers that may let somebody in."""


class HarFile:
    """Writes exchanges as they come, in the order in which they were sent."""

    def __init__(self, path: Path, version: str) -> None:
        creator = orjson.dumps({"name": "entrasim", "version": version}).decode()
        head = f'{{"log": {{"version": "1.2", "creator": {creator}, "entries": [\n'
        self._file = JsonArrayFile(path, head=head, tail="\n]}}\n")
        self._early: dict[int, Exchange] = {}
        self._next = 1

    def exchange(self, exchange: Exchange) -> None:
        """Write an exchange, once all that were sent before it have been answered."""
        self._early[exchange.number] = exchange
        while self._next in self._early:
            self._file.write(har_entry(self._early.pop(self._next)))
            self._next += 1

    def entry(self, renderer: LogRenderer, entry: LogEntry) -> None:
        """The log goes elsewhere."""

    def close(self) -> None:
        """Write what is left and close the file."""
        for number in sorted(self._early):
            self._file.write(har_entry(self._early[number]))
        self._file.close()


def har_entry(exchange: Exchange) -> dict[str, Any]:
    """One exchange as an entry of a HAR."""
    milliseconds = round(exchange.seconds * 1000, 3)
    return {
        "startedDateTime": exchange.started.isoformat(timespec="milliseconds"),
        "time": milliseconds,
        "request": _request(exchange),
        "response": _response(exchange),
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
        "comment": str(exchange.request.purpose),
    }


def _request(exchange: Exchange) -> dict[str, Any]:
    headers = {"Authorization": "Bearer ***"}  # an exchange does not hold the token
    if exchange.body:
        headers["Content-Type"] = SCIM_JSON
    request: dict[str, Any] = {
        "method": exchange.request.method,
        "url": exchange.url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(headers),
        "queryString": [
            {"name": name, "value": value}
            for name, value in parse_qsl(urlsplit(exchange.url).query, keep_blank_values=True)
        ],
        "headersSize": -1,
        "bodySize": len(exchange.body),
    }
    if exchange.body:
        request["postData"] = {"mimeType": SCIM_JSON, "text": _text(exchange.body)}
    return request


def _response(exchange: Exchange) -> dict[str, Any]:
    response = exchange.response
    told = {
        "status": response.status,
        "statusText": _phrase(response.status),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(response.headers),
        "content": {
            "size": len(exchange.content),
            "mimeType": response.headers.get("content-type", ""),
            "text": _text(exchange.content),
        },
        "redirectURL": response.headers.get("location", "") if not response.ok else "",
        "headersSize": -1,
        "bodySize": len(exchange.content),
    }
    return told | {"_error": str(response.fault)} if response.fault else told


def _pairs(headers: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"name": name, "value": "***" if name in SECRET_HEADERS else value}
        for name, value in headers.items()
    ]


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
