"""docs/cycle.md shows what is really sent."""

import json
import re
from pathlib import Path
from typing import Any

from tests.docs.test_blocks import BLOCK
from tests.kit.cli.conftest import ROOT

from entrasim_kit.cli.main import invoke

PAGE = ROOT / "docs/cycle.md"
GUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
Request = tuple[str, Any]


def shown() -> list[Request]:
    """The requests of the page: method and path, and the body."""
    found: list[Request] = []
    for block in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        if block[1] != "http":
            continue
        for part in re.split(r"^(?=(?:GET|POST|PATCH|DELETE) )", block[2], flags=re.MULTILINE):
            line, _, body = part.partition("\n")
            if line:
                found.append((line, json.loads(body) if body.strip() else None))
    return found


def sent(har: Path) -> list[Request]:
    """The requests of a run, with the ids of the page in place of the server's."""
    names: dict[str, str] = {}
    found: list[Request] = []
    for entry in json.loads(har.read_text())["log"]["entries"]:
        request, answer = entry["request"], entry["response"]["content"].get("text") or "{}"
        path = re.sub(r"^.*/scim/v2", "", request["url"])
        text = request.get("postData", {}).get("text", "")
        if request["method"] == "POST":
            created = json.loads(answer)
            names[created["id"]] = created.get("userName", "group@").partition("@")[0]
        line = f"{request['method']} {path}"
        for target_id, name in names.items():
            line, text = (
                line.replace(target_id, f"{{{name}}}"),
                text.replace(target_id, f"{{{name}}}"),
            )
        text = re.sub(rf'"externalId":"{GUID}"', '"externalId":"{objectId}"', text)
        line = re.sub(rf"%22{GUID}%22", "%22{guid}%22", line)
        found.append((line, json.loads(text) if text else None))
    return found


def test_the_page_shows_every_request_in_its_order(tmp_path: Path) -> None:
    blocks = BLOCK.finditer(PAGE.read_text(encoding="utf-8"))
    scenario = tmp_path / "cycle.yaml"
    scenario.write_text(next(each[2] for each in blocks if each[1] == "yaml"), encoding="utf-8")

    assert invoke(["run", str(scenario), "--report", str(tmp_path / "report")]) == 0

    assert sent(tmp_path / "report/traffic.har") == shown()
